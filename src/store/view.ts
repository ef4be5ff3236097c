import { byPlace, type Entry, isLive, type LiveEntry } from './entry.ts';
import {
  type BaseOrder,
  compareKeys,
  keyReader,
  lowerBound,
  type ReadKeys,
  type SortKey,
  sortEntries,
} from './order.ts';

/** A stretch of the base, or one written entry, and where it begins in the whole. */
const RUN_BYTES = 80;

/** Longer pages are read again each time. */
const LONG_PAGE = 1000;

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
    passes: (entry: LiveEntry) => boolean = () => true,
  ) {
    const read = keyReader(sort);
    const hidden: number[] = [];
    const live: LiveEntry[] = [];
    for (const entry of written) {
      const below = inBase(entry.key);
      const rank = below && base.rankOf(below);
      if (rank !== undefined) hidden.push(rank);
      if (isLive(entry) && passes(entry)) live.push(entry);
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

  /** About as much memory as it takes besides the base. */
  get bytes(): number {
    return RUN_BYTES * this.#runs.length + 8 * Math.min(this.total, LONG_PAGE);
  }

  at(position: number): LiveEntry {
    return this.#read(position, 1)[0] as LiveEntry;
  }

  slice(offset: number, limit: number): readonly LiveEntry[] {
    if (limit > LONG_PAGE && this.total > LONG_PAGE) return this.#read(offset, limit);
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
