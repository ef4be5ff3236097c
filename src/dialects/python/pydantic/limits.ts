import type { Shape } from '../../../dialect/index.ts';
import { readDigits } from './decimal.ts';
import { type Fault, fault, type Limit } from './fault.ts';

const size = (text: unknown): number => [...String(text)].length;

/** A limit that is a number under the keyword of its name. */
const limit =
  (keyword: keyof Shape['bounds'], isBroken: (value: unknown, limit: number) => boolean): Limit =>
  (value, { bounds }) => {
    const wanted = bounds[keyword];
    return typeof wanted === 'number' && isBroken(value, wanted)
      ? fault(keyword, { limit: wanted })
      : undefined;
  };

export const minLength = limit('minLength', (text, n) => size(text) < n);
export const maxLength = limit('maxLength', (text, n) => size(text) > n);
export const minimum = limit('minimum', (value, n) => Number(value) < n);
export const maximum = limit('maximum', (value, n) => Number(value) > n);
export const exclusiveMinimum = limit('exclusiveMinimum', (value, n) => Number(value) <= n);
export const exclusiveMaximum = limit('exclusiveMaximum', (value, n) => Number(value) >= n);

export const multipleOf = limit('multipleOf', (value, n) => {
  const number = Number(value);
  if (Number.isInteger(number) && Number.isInteger(n)) return number % n !== 0;
  // 0.3 is a multiple of 0.1, though not in binary.
  const times = number / n;
  return Math.abs(times - Math.round(times)) > 1e-9;
});

const ofList =
  (keyword: 'minItems' | 'maxItems', isBroken: (length: number, limit: number) => boolean): Limit =>
  (value, { bounds }) => {
    const wanted = bounds[keyword];
    const { length } = value as readonly unknown[];
    return typeof wanted === 'number' && isBroken(length, wanted)
      ? fault(keyword, { limit: wanted, length })
      : undefined;
  };

export const minItems = ofList('minItems', (length, n) => length < n);
export const maxItems = ofList('maxItems', (length, n) => length > n);

export const uniqueItems: Limit = (value, { bounds }) => {
  const texts = (value as readonly unknown[]).map((one) => JSON.stringify(one));
  return bounds.uniqueItems === true && new Set(texts).size < texts.length ? fault('uniqueItems') : undefined;
};

const patterns = new Map<string, RegExp | undefined>();

function compile(source: string): RegExp | undefined {
  if (!patterns.has(source)) patterns.set(source, tryPattern(source, 'u') ?? tryPattern(source, ''));
  return patterns.get(source);
}

function tryPattern(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

const matcher =
  (test: (text: string, pattern: string) => boolean): Limit =>
  (value, { bounds: { pattern } }) =>
    pattern !== undefined && !test(String(value), pattern) ? fault('pattern', { pattern }) : undefined;

/** Anywhere in the text. A pattern that cannot be read here refuses nothing. */
export const searched = matcher((text, pattern) => compile(pattern)?.test(text) ?? true);

/** Python's `re.match`: from the beginning, and `$` stands before a last line break too. */
export const matched = matcher((text, pattern) => {
  const test = compile(`^(?:${pattern})`);
  const lastBreak = pattern.endsWith('$') && text.endsWith('\n');
  return test === undefined || test.test(text) || (lastBreak && test.test(text.slice(0, -1)));
});

/** Digits of a decimal, counted as Python counts them. */
export const digits: Limit = (value, shape): Fault | undefined => {
  const most = shape.says('x-maxDigits');
  const places = shape.says('x-decimalPlaces');
  if (typeof most !== 'number' && typeof places !== 'number') return undefined;
  const count = readDigits(String(value));
  if (typeof most === 'number' && count.total > most) return fault('maxDigits', { limit: most });
  if (typeof places === 'number' && count.places > places) return fault('decimalPlaces', { limit: places });
  if (typeof most === 'number' && typeof places === 'number' && count.total - count.places > most - places)
    return fault('wholeDigits', { limit: most - places });
  return undefined;
};
