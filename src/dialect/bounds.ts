import { Problem } from '../problem.ts';
import type { Asked } from './dialect.ts';

/** How much one query may ask for: what a client writes in a few bytes must not keep a server busy for minutes. */
export const bounds = {
  conditions: { most: 100, what: 'conditions' },
  values: { most: 5000, what: 'values of one condition' },
  sortKeys: { most: 20, what: 'sort keys' },
  fields: { most: 100, what: 'fields' },
  embeds: { most: 20, what: 'embeds' },
} as const;

export type Bound = keyof typeof bounds;

function beyond(bound: Bound): Problem {
  const { most, what } = bounds[bound];
  return new Problem('too-much', `a query takes at most ${most} ${what}`);
}

export function checkBound(bound: Bound, count: number): void {
  if (count > bounds[bound].most) throw beyond(bound);
}

/** Counts what comes bit by bit, and refuses what is one too many. */
export function countUpTo(bound: Bound): (more: number) => void {
  let count = 0;
  return (more) => {
    count += more;
    checkBound(bound, count);
  };
}

/** For a dialect that refuses nothing: what is within a bound. The rest is ignored, and named in the log. */
export function firstOf<T>(
  bound: Bound,
  all: readonly T[],
  asked: Asked,
  nameOf: (one: T) => string = String,
): readonly T[] {
  const { most, what } = bounds[bound];
  if (all.length <= most) return all;
  asked.note(`ignored beyond ${most} ${what}: ${all.slice(most).map(nameOf).join(', ')}`);
  return all.slice(0, most);
}

/** How deep the conditions of a `_where` stand in one another. */
export const MAX_WHERE_DEPTH = 10;
