import type { Asked, Param } from '../../dialect/index.ts';

/** The parameters of a query by their names, each with its values in the order they were sent. */
export class Params {
  readonly #values = new Map<string, string[]>();

  constructor(params: Iterable<Param>) {
    for (const [name, value] of params) {
      const values = this.#values.get(name);
      if (values) values.push(value);
      else this.#values.set(name, [value]);
    }
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  first(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  last(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  every(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

/** A broken escape is the text it is; nothing in a query is an error. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

const INDEX = /\[\d*\]$/;

/** As json-server 0.17 reads a query: `id[]=1` and `id[0]=1` are `id=1`. */
export const readParams = (query: string): readonly Param[] =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): Param => {
      const [name = ''] = pair.split('=', 1);
      return [decode(name).replace(INDEX, ''), decode(pair.slice(name.length + 1))];
    });

export const paramsOf = ({ query }: Asked): Params => new Params(readParams(query));
