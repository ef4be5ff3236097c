import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';

/** A parameter of the query, decoded, in the order it was sent. */
export type Param = readonly [name: string, value: string];

/** Splits a query into parameters; `+` is a space (WHATWG URL, form encoding). */
export function readParams(query: string): Param[] {
  return splitPairs(query)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at === -1 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
}

/** The brackets of an `_embed` may hold parameters of their own: an `&` in there does not end it. */
export function splitPairs(query: string): string[] {
  const parts = query.split('&');
  if (!query.includes('_embed=')) return parts;
  const pairs: string[][] = [];
  let open = 0;
  for (const part of parts) {
    if (open > 0) {
      pairs.at(-1)?.push(part);
      open += opened(part);
    } else {
      pairs.push([part]);
      open = part.startsWith('_embed=') ? opened(part) : 0;
    }
  }
  return pairs.map((pair) => pair.join('&'));
}

/** How many brackets a part of a query leaves open. */
const opened = (part: string): number => part.split(/\(|%28/).length - part.split(/\)|%29/).length;

/** The name of a pair as it was sent. */
export const nameOfPair = (pair: string): string => decode(pair.split('=')[0] as string);

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Problem('bad-parameter', `the query holds a malformed percent escape: ${text}`, {
      value: text,
    });
  }
}

/** Splits at a separator that stands outside round brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && depth > 0) depth--;
    else if (text[i] === separator && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

export function badParameter(parameter: string, value: unknown, message: string, hint?: string): Problem {
  return new Problem('bad-parameter', message, { parameter, value, ...(hint === undefined ? {} : { hint }) });
}

/** A whole number within bounds, or a 400 that says what the parameter takes. */
export function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw badParameter(name, text, `${name} takes a whole number from ${min} to ${max}, got '${text}'`);
}

export const didYouMean = (name: string, known: Iterable<string>): string | undefined => {
  const near = nearest(name, known);
  return near === undefined ? undefined : `Did you mean '${near}'?`;
};
