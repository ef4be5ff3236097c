import { Automaton, type Edge, type Step } from './automaton.ts';
import { DOT, LETTER, type Letters, readLetters } from './letters.ts';
import { add, alternatives, edge, letter, NotUnderstood, type Part, repeated, sequence } from './parts.ts';

/** A text that is looked for in others; upper and lower case are one. */
export interface Pattern {
  /** How much a letter of a text may cost. */
  readonly size: number;
  /** Why it is looked for as the text it is, and not as the pattern it may have been meant as. */
  readonly fault?: string;
  find(text: string): boolean;
}

const MAX_LENGTH = 1000;

/**
 * Reads what people write of JavaScript's regular expressions: `.` `[a-z]` `\d` `\w` `\s` `\b` `^` `$` `|`, groups, and
 * `*` `+` `?` `{2,3}`. Anything else, and what is no regular expression, is a text.
 */
export function readPattern(text: string): Pattern {
  if (!/[\\^$.|?*+()[{]/.test(text)) return plain(text);
  if (text.length > MAX_LENGTH) return plain(text, `is longer than ${MAX_LENGTH} letters`);
  const slip = slipOf(text);
  if (slip !== undefined) return plain(text, `is no regular expression: ${slip}`);
  try {
    const steps: Step[] = [];
    new Reader(text).read()(steps);
    add(steps, { found: true });
    const automaton = new Automaton(steps);
    return { size: steps.length, find: (other) => automaton.find(other) };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return plain(text, error.message);
  }
}

/** What is wrong with a regular expression. It is compiled, and never run. */
function slipOf(text: string): string | undefined {
  try {
    new RegExp(text);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: .*: /s, '');
  }
}

function plain(text: string, fault?: string): Pattern {
  const lower = text.toLowerCase();
  const find = (other: string): boolean => other.toLowerCase().includes(lower);
  return { size: 0, ...(fault === undefined ? {} : { fault }), find };
}

const EDGES: Readonly<Record<string, Edge>> = { '^': 'start', $: 'end', '\\b': 'word', '\\B': 'inside' };
const COUNTS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};

/** Reads a text that is known to be a regular expression. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Part {
    const parts = [this.#sequence()];
    while (this.#take(/\|/y)) parts.push(this.#sequence());
    return alternatives(parts);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at] as string)) {
      const part = this.#part();
      const [, sign, least, comma, most] = this.#take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y) ?? [];
      if (sign) parts.push(repeated(part, ...(COUNTS[sign] as [number, number])));
      else if (least === undefined) parts.push(part);
      else {
        const to = most ? Number(most) : comma ? Number.POSITIVE_INFINITY : Number(least);
        parts.push(repeated(part, Number(least), to));
      }
    }
    return sequence(parts);
  }

  #part(): Part {
    if (this.#take(/\((?:\?:|\?<[\w$]+>)?(?!\?)/y)) {
      const inner = this.read();
      this.#take(/\)/y);
      return inner;
    }
    const [token = ''] = this.#take(/\(\?(?:<?[=!]|.)|\\[bB1-9k]|\\0\d|[\^$]/sy) ?? [];
    const found = EDGES[token];
    if (found) return edge(found);
    if (token !== '') throw new NotUnderstood(`holds '${token}', which is not understood`);
    if (this.#take(/\[/y)) return this.#set();
    return letter(this.#take(/\./y) ? DOT : readLetters(this.#letter()));
  }

  #letter(): string {
    return this.#take(LETTER)?.[0] ?? '';
  }

  /** What stands in square brackets. */
  #set(): Part {
    const except = this.#take(/\^/y) !== undefined;
    const letters: Letters[number][] = [];
    while (!this.#take(/\]/y)) {
      const [token = ''] = this.#take(/\\(?:[1-9]|0\d)/y) ?? [];
      if (token !== '') throw new NotUnderstood(`holds '${token}', which is not understood`);
      const from = this.#inSet();
      const to = this.#take(/-(?!\])/y) ? this.#inSet() : undefined;
      if (to === undefined) letters.push(...from);
      else letters.push(...(range(from, to) ?? [...from, ...readLetters('-'), ...to]));
    }
    return letter(letters, except);
  }

  #inSet(): Letters {
    return this.#take(/\\b/y) ? readLetters('\\x08') : readLetters(this.#letter());
  }
}

/** `a-z`; undefined where one side is a class, as in `\d-z`, and so the hyphen is a letter. */
function range([from, more]: Letters, [to, others]: Letters): Letters | undefined {
  if (!from || !to || more || others || from[0] !== from[1] || to[0] !== to[1]) return undefined;
  return [[from[0], to[0]]];
}
