import { isObject } from '../json/json.ts';
import type { Scalar } from '../store/field.ts';
import { compareValues } from '../store/order.ts';
import { readPattern } from './pattern.ts';

type Test = (stored: readonly unknown[]) => boolean;

/** Turns the wanted values into a test of what an item holds at a path, once per query. */
type Operator = (wanted: readonly Scalar[]) => Test;

const compare =
  (holds: (order: number) => boolean): Operator =>
  (wanted) =>
  (stored) =>
    stored.some((value) =>
      wanted.some(
        (other) =>
          other !== null && typeof other === typeof value && holds(compareValues(value, other, 'binary')),
      ),
    );

/** Literal, never a regular expression; upper and lower case are one. */
const text =
  (holds: (stored: string, wanted: string) => boolean): Operator =>
  (wanted) => {
    const texts = wanted.filter((value) => typeof value === 'string').map((value) => value.toLowerCase());
    return (stored) =>
      stored.some((value) => {
        if (typeof value !== 'string' && typeof value !== 'number') return false;
        const lower = String(value).toLowerCase();
        return texts.some((wantedText) => holds(lower, wantedText));
      });
  };

const equal: Operator = (wanted) => {
  const set = new Set<unknown>(wanted);
  return (stored) => stored.some((value) => set.has(value));
};

/** Has a value, and none of those: an item without the field matches neither `eq` nor `ne`. */
const different: Operator = (wanted) => {
  const isEqual = equal(wanted);
  return (stored) => stored.length > 0 && !isEqual(stored);
};

/**
 * The comparisons of the neutral query. `is`, `isNot` and `like` look at the whole value in its text form, an array as
 * its texts joined by commas, and `object` at what it is; all others look at each element.
 * A dialect maps its own spellings to these rows.
 */
export const operators = {
  eq: equal,
  ne: different,
  in: equal,
  nin: different,
  lt: compare((order) => order < 0),
  lte: compare((order) => order <= 0),
  gt: compare((order) => order > 0),
  gte: compare((order) => order >= 0),
  contains: text((stored, wanted) => stored.includes(wanted)),
  startsWith: text((stored, wanted) => stored.startsWith(wanted)),
  endsWith: text((stored, wanted) => stored.endsWith(wanted)),
  same: text((stored, wanted) => stored === wanted),
  is: (wanted) => {
    const texts = new Set(wanted.map(String));
    return ([value]) => value !== undefined && value !== null && texts.has(String(value));
  },
  isNot: (wanted) => {
    const texts = new Set(wanted.map(String));
    return ([value]) => value !== undefined && value !== null && !texts.has(String(value));
  },
  like: (wanted) => {
    const patterns = wanted.filter((value) => typeof value === 'string').map(readPattern);
    return ([value]) =>
      value !== undefined && value !== null && patterns.some(({ find }) => find(String(value)));
  },
  object:
    () =>
    ([value]) =>
      isObject(value),
  exists: (wanted) => (stored) => wanted.includes(stored.length > 0),
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export const isOperator = (name: string): name is OperatorName => Object.hasOwn(operators, name);
