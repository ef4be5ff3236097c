import type { Item } from '../model/json.ts';
import type { Collection } from '../model/model.ts';
import type { LiveEntry } from '../store/entry.ts';
import type { Shelves } from '../store/store.ts';
import { type Budget, embedAll } from './embed.ts';
import { project } from './fields.ts';
import { find } from './find.ts';
import type { Page, Query } from './query.ts';

/** Answers a query: where, search, sort, total, window, embed, fields, in that order. */
export function run(shelves: Shelves, collection: Collection, query: Query, budget: Budget): Page {
  const { entries, ...page } = find(shelves, collection, query);
  const embedded = embedAll(shelves, collection, entries, query.embed ?? [], budget);
  return {
    ...page,
    items: query.fields ? embedded.map((item) => project(item, query.fields ?? [])) : embedded,
  };
}

/** One item with what is embedded in it. */
export function dress(
  shelves: Shelves,
  collection: Collection,
  entry: LiveEntry,
  query: Query,
  budget: Budget,
): Item {
  const [item] = embedAll(shelves, collection, [entry], query.embed ?? [], budget);
  return query.fields ? project(item as Item, query.fields) : (item as Item);
}
