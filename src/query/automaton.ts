import { remember } from '../remember.ts';

/** What a place in a text must be for a pattern to go on there without reading a letter. */
export type Edge = 'start' | 'end' | 'word' | 'inside';

/** One step of a pattern: reads a letter that fits and goes on to the next step, or goes on where it says. */
export type Step =
  | { readonly fits: (code: number) => boolean }
  | { to: readonly number[] }
  | { readonly edge: Edge }
  | { readonly found: true };

type Before = 'nothing' | 'word' | 'other';

/** Where a pattern may be after some letters, and the state that each next letter led to from here. */
interface State {
  readonly steps: Int32Array;
  readonly before: Before;
  readonly next: Map<number, State | 'found'>;
}

/** How many transitions are remembered. Hardly any pattern that people write has more. */
const REMEMBERED = 5000;
const ROWS = 1000;
const END = -1;

/**
 * Looks for a pattern anywhere in a text, in one pass and without ever going back: a letter costs at most one visit
 * to each step, and next to nothing where the same letter came to the same state before.
 */
export class Automaton {
  readonly #steps: readonly Step[];
  readonly #states = new Map<string, State>();
  /** By letter, which steps it fits. */
  readonly #rows = new Map<number, Uint8Array>();
  /** The round in which a step was last reached. */
  readonly #reached: Int32Array;
  readonly #isLetter: Uint8Array;
  readonly #open: Int32Array;
  readonly #next: Int32Array;
  #count = 0;
  #round = 0;
  #remembered = 0;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#reached = new Int32Array(steps.length);
    this.#isLetter = Uint8Array.from(steps, (step) => Number('fits' in step));
    this.#open = new Int32Array(steps.length);
    this.#next = new Int32Array(steps.length);
  }

  find(text: string): boolean {
    let state: State = this.#state(new Int32Array(), 'nothing');
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const next = state.next.get(code) ?? this.#advance(state, code);
      if (next === 'found') return true;
      if (this.#remembered > REMEMBERED) return this.#walk(text, i + 1, next);
      state = next;
    }
    return this.#read(state.steps, state.steps.length, state.before, END);
  }

  #advance(state: State, code: number): State | 'found' {
    this.#remembered++;
    const found = this.#read(state.steps, state.steps.length, state.before, code);
    const next = found ? 'found' : this.#state(this.#next.slice(0, this.#count).sort(), kindOf(code));
    state.next.set(code, next);
    return next;
  }

  #state(steps: Int32Array, before: Before): State {
    return remember(this.#states, `${before} ${steps.join(' ')}`, () => ({ steps, before, next: new Map() }));
  }

  /** The rest of a text, for a pattern with more states than are worth remembering. */
  #walk(text: string, from: number, state: State): boolean {
    const now = new Int32Array(this.#steps.length);
    now.set(state.steps);
    let [count, before] = [state.steps.length, state.before];
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#read(now, count, before, code)) return true;
      now.set(this.#next);
      [count, before] = [this.#count, kindOf(code)];
    }
    return this.#read(now, count, before, END);
  }

  /** Reads one letter, or the end, from these steps and from a new beginning. What is next is left in `#next`. */
  #read(now: Int32Array, count: number, before: Before, code: number): boolean {
    const row = code === END ? undefined : this.#row(code);
    this.#round++;
    this.#count = 0;
    if (this.#visit(0, before, code, row)) return true;
    const [reached, round, isLetter] = [this.#reached, this.#round, this.#isLetter];
    for (let i = 0; i < count; i++) {
      const at = now[i] as number;
      if (isLetter[at] === 0) {
        if (this.#visit(at, before, code, row)) return true;
      } else if (reached[at] !== round) {
        reached[at] = round;
        if (row?.[at] === 1) this.#next[this.#count++] = at + 1;
      }
    }
    return false;
  }

  /** Follows everything that a step leads to without a letter. */
  #visit(first: number, before: Before, code: number, row: Uint8Array | undefined): boolean {
    const [steps, open, reached, round] = [this.#steps, this.#open, this.#reached, this.#round];
    if (reached[first] === round) return false;
    reached[first] = round;
    open[0] = first;
    for (let left = 1; left > 0; ) {
      const at = open[--left] as number;
      if (row?.[at] === 1) this.#next[this.#count++] = at + 1;
      const step = steps[at] as Step;
      if ('found' in step) return true;
      if ('fits' in step) continue;
      for (const to of 'to' in step ? step.to : isAt(step.edge, before, code) ? [at + 1] : []) {
        if (reached[to] === round) continue;
        reached[to] = round;
        open[left++] = to;
      }
    }
    return false;
  }

  #row(code: number): Uint8Array {
    const make = () => Uint8Array.from(this.#steps, (step) => Number('fits' in step && step.fits(code)));
    return this.#rows.size < ROWS ? remember(this.#rows, code, make) : (this.#rows.get(code) ?? make());
  }
}

const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);

const kindOf = (code: number): Before => (isWord(code) ? 'word' : 'other');

function isAt(edge: Edge, before: Before, code: number): boolean {
  if (edge === 'start') return before === 'nothing';
  if (edge === 'end') return code === END;
  return ((before === 'word') !== (code !== END && isWord(code))) === (edge === 'word');
}
