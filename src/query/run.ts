import type { Item } from '../json/json.ts';
import type { Collection } from '../model/model.ts';
import type { LiveEntry } from '../store/entry.ts';
import type { Shelves } from '../store/store.ts';
import { type Budget, dressAll } from './embed.ts';
import { find } from './find.ts';
import type { Page, Query } from './query.ts';

/** Answers a query: where, search, sort, total, window, embed, fields, in that order. */
export function run(shelves: Shelves, collection: Collection, query: Query, budget: Budget): Page {
  const { entries, ...page } = find(shelves, collection, query);
  return { ...page, items: dressAll(shelves, collection, entries, query, budget) };
}

/** One item with what is embedded in it. */
export function dress(
  shelves: Shelves,
  collection: Collection,
  entry: LiveEntry,
  query: Query,
  budget: Budget,
): Item {
  return dressAll(shelves, collection, [entry], query, budget)[0] as Item;
}
