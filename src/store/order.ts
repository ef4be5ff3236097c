import { byPlace, type Entry, type LiveEntry } from './entry.ts';
import { type Field, valuesAt } from './field.ts';

/** One key of a sort order. */
export interface SortKey {
  readonly field: Field;
  readonly descending: boolean;
  /** Where items stand that have no value, or null, in the field. */
  readonly missing: 'first' | 'last';
  /** Text by code unit, or as people read it: without regard to case. */
  readonly text?: 'binary' | 'natural';
}

export type Compare = (a: LiveEntry, b: LiveEntry) => number;

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
const sortValue = (entry: LiveEntry, field: Field): unknown => valuesAt(entry.item, field)[0] ?? undefined;

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
  return entries
    .map((entry) => ({ entry, keys: read(entry) }))
    .sort((a, b) => compareKeys(a.keys, b.keys, sort) || byPlace(a.entry, b.entry))
    .map(({ entry }) => entry);
}

export const keyReader =
  (sort: readonly SortKey[]): ReadKeys =>
  (entry) =>
    sort.map(({ field }) => sortValue(entry, field));

export const nameOf = (sort: readonly SortKey[]): string =>
  JSON.stringify(
    sort.map(({ field, descending, missing, text }) => [field, descending, missing, text ?? 'binary']),
  );

/** The fixtures in one order, and the rank of each. */
export interface BaseOrder {
  readonly entries: readonly LiveEntry[];
  /** By place, which in a base is the position in the file. */
  readonly ranks: Uint32Array | undefined;
}

export function orderBase(entries: readonly LiveEntry[], sort: readonly SortKey[]): BaseOrder {
  if (sort.length === 0) return { entries, ranks: undefined };
  const sorted = sortEntries(entries, sort);
  const ranks = new Uint32Array(sorted.length);
  sorted.forEach((entry, rank) => {
    ranks[entry.place] = rank;
  });
  return { entries: sorted, ranks };
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

/** A stretch of the base, or one written entry, and where it begins in the whole. */
interface Run {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly entry?: LiveEntry;
}

/**
 * Base and delta in one order: the base's stretches between the written entries, so that a page costs what it holds
 * however long the list is, and building it costs what was written.
 */
export class OrderView {
  readonly total: number;
  readonly #base: readonly LiveEntry[];
  readonly #runs: readonly Run[];
  /** A client that polls asks for the same stretch again. */
  #last: { readonly offset: number; readonly limit: number; readonly page: readonly LiveEntry[] } | undefined;

  constructor(
    base: BaseOrder,
    written: Iterable<Entry>,
    inBase: (key: string) => LiveEntry | undefined,
    sort: readonly SortKey[],
  ) {
    const read = keyReader(sort);
    const hidden: number[] = [];
    const live: LiveEntry[] = [];
    for (const entry of written) {
      const below = inBase(entry.key);
      if (below) hidden.push(base.ranks?.[below.place] ?? below.place);
      if (entry.item !== undefined) live.push(entry as LiveEntry);
    }
    const events = [
      ...hidden.map((rank) => ({ rank, entry: undefined as LiveEntry | undefined })),
      ...sortEntries(live, sort, read).map((entry) => ({
        rank: rankIn(base.entries, entry, sort, read),
        entry,
      })),
      // At one rank the written entry goes first; hidden ranks follow.
    ].sort((a, b) => a.rank - b.rank || Number(!a.entry) - Number(!b.entry));
    const runs: Run[] = [];
    let [start, from] = [0, 0];
    const stretch = (to: number) => {
      if (to > from) runs.push({ start, from, to });
      start += Math.max(0, to - from);
      from = Math.max(from, to);
    };
    for (const { rank, entry } of events) {
      stretch(rank);
      if (entry) runs.push({ start: start++, from: 0, to: 1, entry });
      else from = rank + 1;
    }
    stretch(base.entries.length);
    this.#base = base.entries;
    this.#runs = runs;
    this.total = start;
  }

  at(position: number): LiveEntry {
    return this.#read(position, 1)[0] as LiveEntry;
  }

  slice(offset: number, limit: number): readonly LiveEntry[] {
    if (this.#last?.offset !== offset || this.#last.limit !== limit)
      this.#last = { offset, limit, page: this.#read(offset, limit) };
    return this.#last.page;
  }

  #read(offset: number, limit: number): LiveEntry[] {
    const page: LiveEntry[] = [];
    const end = Math.min(this.total, offset + limit);
    let i = lowerBound(this.#runs.length, (at) => (this.#runs[at] as Run).start <= offset) - 1;
    for (let position = offset; position < end; i++) {
      const run = this.#runs[i] as Run;
      if (run.entry) {
        page.push(run.entry);
        position++;
        continue;
      }
      const first = run.from + position - run.start;
      const last = Math.min(run.to, first + end - position);
      for (let at = first; at < last; at++) page.push(this.#base[at] as LiveEntry);
      position += last - first;
    }
    return page;
  }
}

function rankIn(
  base: readonly LiveEntry[],
  entry: LiveEntry,
  sort: readonly SortKey[],
  read: ReadKeys,
): number {
  const keys = read(entry);
  return lowerBound(base.length, (at) => {
    const other = base[at] as LiveEntry;
    return (compareKeys(read(other), keys, sort) || byPlace(other, entry)) < 0;
  });
}
