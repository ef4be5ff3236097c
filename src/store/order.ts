import { byPlace, type LiveEntry } from './entry.ts';
import { type Field, isScalar, valuesAt } from './field.ts';

/** One key of a sort order. */
export interface SortKey {
  readonly field: Field;
  readonly descending: boolean;
  /** Where items stand that have no value, or null, in the field. */
  readonly missing: 'first' | 'last';
  /** Text by code unit, or as people read it: without regard to case. */
  readonly text?: 'binary' | 'natural';
}

const collator = new Intl.Collator('en');
const RANK: Record<string, number> = { boolean: 0, number: 1, string: 2, object: 3 };

/** Total over mixed values: booleans, numbers, texts, then objects by their JSON. */
export function compareValues(a: unknown, b: unknown, text: SortKey['text']): number {
  const rank = (RANK[typeof a] ?? 4) - (RANK[typeof b] ?? 4);
  if (rank !== 0) return rank;
  if (typeof a === 'string' && text === 'natural') return collator.compare(a, b as string);
  if (typeof a === 'object') return compareValues(JSON.stringify(a), JSON.stringify(b), text);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

/** What an item is sorted by: the value at the path, the first one where an array stands on the way. */
function sortValue({ item }: LiveEntry, field: Field): unknown {
  const value = Object.hasOwn(item, field.path) ? item[field.path] : undefined;
  // Most fields hold one plain value.
  if (isScalar(value) && !field.date && !field.decimal) return value ?? undefined;
  return valuesAt(item, field)[0] ?? undefined;
}

export type ReadKeys = (entry: LiveEntry) => readonly unknown[];

export function compareKeys(a: readonly unknown[], b: readonly unknown[], sort: readonly SortKey[]): number {
  for (const [i, key] of sort.entries()) {
    const [x, y] = [a[i] ?? undefined, b[i] ?? undefined];
    if (x === undefined || y === undefined) {
      if (x === y) continue;
      return (x === undefined) === (key.missing === 'first') ? -1 : 1;
    }
    const order = compareValues(x, y, key.text);
    if (order !== 0) return key.descending ? -order : order;
  }
  return 0;
}

/** A stable sort, by keys that are read once per entry. */
export function sortEntries(
  entries: readonly LiveEntry[],
  sort: readonly SortKey[],
  read: ReadKeys = keyReader(sort),
): LiveEntry[] {
  if (sort.length === 0) return [...entries].sort(byPlace);
  const keys = entries.map(read);
  const at = Uint32Array.from(entries.keys());
  const compare = plainComparer(keys, sort) ?? ((a, b) => compareKeys(keys[a] ?? [], keys[b] ?? [], sort));
  // The sort is stable: entries that stand in their places stay so where nothing tells them apart.
  const inPlace = entries.every(({ place }, i) => i === 0 || place > (entries[i - 1] as LiveEntry).place);
  const tie: CompareAt = (a, b) => byPlace(entries[a] as LiveEntry, entries[b] as LiveEntry);
  at.sort(inPlace ? compare : (a, b) => compare(a, b) || tie(a, b));
  return Array.from(at, (position) => entries[position] as LiveEntry);
}

type CompareAt = (a: number, b: number) => number;

/** One key of one type, as most lists are sorted, needs no look at types in each comparison. */
function plainComparer(
  keys: readonly (readonly unknown[])[],
  sort: readonly SortKey[],
): CompareAt | undefined {
  const [key, more] = sort;
  if (!key || more) return undefined;
  const sign = key.descending ? -1 : 1;
  const values = keys.map(([value]) => value);
  if (values.every((value) => typeof value === 'number'))
    return (a, b) => sign * ((values[a] ?? 0) - (values[b] ?? 0));
  if (key.text === 'natural' || !values.every((value) => typeof value === 'string')) return undefined;
  return (a, b) => {
    const [x = '', y = ''] = [values[a], values[b]];
    return x < y ? -sign : x > y ? sign : 0;
  };
}

export const keyReader =
  (sort: readonly SortKey[]): ReadKeys =>
  (entry) =>
    sort.map(({ field }) => sortValue(entry, field));

export const nameOf = (sort: readonly SortKey[]): string =>
  JSON.stringify(
    sort.map(({ field, descending, missing, text }) => [field, descending, missing, text ?? 'binary']),
  );

/** Entries of a base in one order: all of them, or those that hold a value. */
export interface BaseOrder {
  readonly entries: readonly LiveEntry[];
  /** Where an entry of the base stands among them, if it does. */
  rankOf(entry: LiveEntry): number | undefined;
  readonly bytes: number;
}

/** All entries of a base in an order, and by place the rank of each. */
export interface WholeOrder extends BaseOrder {
  readonly ranks: Uint32Array | undefined;
}

export function orderBase(entries: readonly LiveEntry[], sort: readonly SortKey[]): WholeOrder {
  if (sort.length === 0) return { entries, ranks: undefined, rankOf: ({ place }) => place, bytes: 0 };
  const sorted = sortEntries(entries, sort);
  const ranks = new Uint32Array(sorted.length);
  sorted.forEach((entry, rank) => {
    ranks[entry.place] = rank;
  });
  return { entries: sorted, ranks, rankOf: ({ place }) => ranks[place], bytes: 12 * sorted.length };
}

/** Some of the entries in the order of all: their ranks there are sorted, which is cheaper than their keys. */
export function orderSome(groups: readonly (readonly LiveEntry[])[], whole: WholeOrder): BaseOrder {
  const rank = ({ place }: LiveEntry): number => whole.ranks?.[place] ?? place;
  const [only = [], ...others] = groups;
  const isOrdered = others.length === 0 && whole.ranks === undefined;
  const entries = isOrdered ? only : byRank(groups, rank, whole);
  return {
    entries,
    bytes: isOrdered ? 0 : 8 * entries.length,
    rankOf(entry) {
      const at = lowerBound(entries.length, (position) => rank(entries[position] as LiveEntry) < rank(entry));
      return entries[at] === entry ? at : undefined;
    },
  };
}

function byRank(
  groups: readonly (readonly LiveEntry[])[],
  rank: (entry: LiveEntry) => number,
  whole: WholeOrder,
): LiveEntry[] {
  const ranks = new Uint32Array(groups.reduce((sum, group) => sum + group.length, 0));
  let count = 0;
  for (const group of groups) for (const entry of group) ranks[count++] = rank(entry);
  // An entry that holds two of the values is one all the same.
  const sorted = ranks.sort().filter((one, i, all) => one !== all[i - 1]);
  return Array.from(sorted, (one) => whole.entries[one] as LiveEntry);
}

/** The first position in a sorted list at which `before` no longer holds. */
export function lowerBound(length: number, before: (position: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
