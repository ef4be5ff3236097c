import type { Item } from '../json/json.ts';

/** One item in its place. `item` is undefined where a client deleted it. */
export interface Entry {
  readonly key: string;
  readonly item: Item | undefined;
  /** The order of a list: fixtures by position, then what was added, as it was added. */
  readonly place: number;
  /** About as much memory as it takes; 0 where that is the fixtures'. */
  readonly bytes: number;
}

export type LiveEntry = Entry & { readonly item: Item };

/** Where the places of added items begin, beyond any fixture's. */
export const ADDED = 2 ** 40;

export const isLive = (entry: Entry | undefined): entry is LiveEntry => entry?.item !== undefined;
export const byPlace = (a: Entry, b: Entry): number => a.place - b.place;
