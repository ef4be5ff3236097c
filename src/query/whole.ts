import type { Scalar } from '../store/field.ts';

type Test = (value: unknown) => boolean;

/** JavaScript's own comparison: texts by their code units, anything else as numbers, and null as 0. */
const compare =
  (holds: (stored: number, wanted: number) => boolean) =>
  (wanted: readonly Scalar[]): Test =>
  (value) =>
    wanted.some((other) => holds(value as number, other as number));

const equal = (wanted: readonly Scalar[]): Test => {
  const set = new Set<unknown>(wanted);
  return (value) => set.has(value);
};

/** In texts alone; upper and lower case are one. */
const text =
  (holds: (stored: string, wanted: string) => boolean) =>
  (wanted: readonly Scalar[]): Test => {
    const texts = wanted.map((value) => String(value).toLowerCase());
    return (value) => typeof value === 'string' && texts.some((one) => holds(value.toLowerCase(), one));
  };

/**
 * Comparisons of what a path leads to as a whole: an array is none of its elements, and a text no number. What is not
 * there meets none of them.
 */
export const wholeOperators = {
  lt: compare((stored, wanted) => stored < wanted),
  lte: compare((stored, wanted) => stored <= wanted),
  gt: compare((stored, wanted) => stored > wanted),
  gte: compare((stored, wanted) => stored >= wanted),
  eq: equal,
  ne: (wanted) => {
    const isEqual = equal(wanted);
    return (value) => !isEqual(value);
  },
  in: equal,
  contains: text((stored, wanted) => stored.includes(wanted)),
  startsWith: text((stored, wanted) => stored.startsWith(wanted)),
  endsWith: text((stored, wanted) => stored.endsWith(wanted)),
} as const satisfies Record<string, (wanted: readonly Scalar[]) => Test>;

export type WholeOperatorName = keyof typeof wholeOperators;

export const isWholeOperator = (name: string): name is WholeOperatorName =>
  Object.hasOwn(wholeOperators, name);
