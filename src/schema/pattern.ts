/** The pattern that is tested at this moment. A test that never ends leaves it here. */
let running: string | undefined;

export const runningPattern = (): string | undefined => running;

/** A pattern of a schema: read as Unicode, and where that refuses it, such as for `\@`, as browsers read it. */
export class Pattern {
  readonly #source: string;
  readonly #expression: RegExp;

  constructor(source: string) {
    this.#source = source;
    this.#expression = compile(source);
  }

  test(text: string): boolean {
    running = this.#source;
    const found = this.#expression.test(text);
    running = undefined;
    return found;
  }

  /** The validator keeps one of each text. */
  toString(): string {
    return this.#source;
  }
}

export function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
}
