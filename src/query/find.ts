import type { Collection } from '../model/model.ts';
import type { LiveEntry } from '../store/entry.ts';
import { compareKeys, lowerBound, nameOf, sortEntries } from '../store/order.ts';
import type { Shelves } from '../store/store.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Page, Query, Window } from './query.ts';
import { searcher } from './search.ts';
import { type Order, readOrder } from './sort.ts';
import { type Plan, plan } from './where.ts';

/** The items that match, in their order: a list, or a view that reads only what a page holds. */
interface Matches {
  readonly total: number;
  at(position: number): LiveEntry;
  slice(offset: number, limit: number): readonly LiveEntry[];
}

export type Found = Omit<Page, 'items'> & { readonly entries: readonly LiveEntry[] };

/** The entries of a page, before anything is embedded: where, search, sort, total, window. */
export function find(shelves: Shelves, collection: Collection, query: Query): Found {
  const order = readOrder(shelves, collection, query.sort ?? []);
  const matches = match(shelves, collection, query, order);
  return cut(matches, query.window, order);
}

/** The same question asked of a few entries, such as the children of an item: planned once, asked of many. */
export function narrow(
  shelves: Shelves,
  collection: Collection,
  query: Query,
): (entries: readonly LiveEntry[]) => readonly LiveEntry[] {
  const order = readOrder(shelves, collection, query.sort ?? []);
  const plans = plansOf(shelves, collection, query);
  return (entries) => {
    const found =
      plans.length === 0 ? entries : entries.filter((entry) => plans.every((one) => one.test(entry)));
    const sorted = order.sort.length > 0 ? sortEntries(found, order.sort, order.read) : found;
    return cut(listed(sorted), query.window, order).entries;
  };
}

function plansOf(shelves: Shelves, collection: Collection, { where, search }: Query): Plan[] {
  const plans = where ? [plan(shelves, collection, where)] : [];
  return search && search.text !== '' ? [...plans, { test: searcher(search) }] : plans;
}

/** Whether one item meets the conditions of a query. */
export const meets = (shelves: Shelves, collection: Collection, query: Query, entry: LiveEntry): boolean =>
  plansOf(shelves, collection, query).every(({ test }) => test(entry));

function match(shelves: Shelves, collection: Collection, query: Query, order: Order): Matches {
  const shelf = shelves.shelf(collection.name);
  const plans = plansOf(shelves, collection, query);
  if (plans.length === 0 && order.own) return shelf.order(order.sort);
  const [first, ...more] = plans;
  if (first?.ordered && more.length === 0 && order.own) return first.ordered(order.sort);
  const candidates = first?.candidates?.();
  const passes = (entry: LiveEntry) => plans.every((one) => one.test(entry));
  // What an index found is sorted; what must be looked at one by one is looked at in order.
  if (!candidates && order.own) {
    const view = shelf.order(order.sort);
    return listed(view.slice(0, view.total).filter(passes));
  }
  const found = (candidates ?? shelf.entries()).filter(passes);
  return listed(order.sort.length > 0 ? sortEntries(found, order.sort, order.read) : found);
}

const listed = (entries: readonly LiveEntry[]): Matches => ({
  total: entries.length,
  at: (position) => entries[position] as LiveEntry,
  slice: (offset, limit) => entries.slice(offset, offset + limit),
});

function cut(matches: Matches, window: Window | undefined, order: Order): Found {
  const { total } = matches;
  if (!window) return { entries: matches.slice(0, total), total, offset: 0 };
  if ('slice' in window) {
    const from = (at: number) => (at < 0 ? Math.max(0, total + at) : Math.min(at, total));
    const [offset, end] = [from(window.slice[0]), from(window.slice[1] ?? total)];
    const limit = Math.max(0, end - offset);
    return { entries: matches.slice(offset, limit), total, offset, limit };
  }
  const { limit } = window;
  if (!('cursor' in window)) {
    const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
    const offset = 'clamp' in window ? Math.min(window.offset, last) : window.offset;
    return { entries: matches.slice(offset, limit), total, offset, limit };
  }
  const name = nameOf(order.sort);
  const offset = window.cursor === '' ? 0 : after(matches, window.cursor, name, order);
  const entries = matches.slice(offset, limit);
  const last = entries.at(-1);
  const more =
    last && offset + entries.length < total ? { next: writeCursor(last, order.read(last), name) } : {};
  return { entries, total, offset, limit, ...more };
}

/** The position behind the item a cursor names, though that item may have gone or others come before it. */
function after(matches: Matches, cursor: string, name: string, order: Order): number {
  const mark = readCursor(cursor, name);
  return lowerBound(matches.total, (position) => {
    const entry = matches.at(position);
    return (compareKeys(order.read(entry), mark.keys, order.sort) || entry.place - mark.place) <= 0;
  });
}
