import type { Collection } from '../model/model.ts';
import type { LiveEntry } from '../store/entry.ts';
import { fieldOf } from '../store/field.ts';
import { keyReader, type ReadKeys, type SortKey } from '../store/order.ts';
import type { Shelves } from '../store/store.ts';
import { findLink, MAX_LINKS } from './link.ts';
import type { Sort } from './query.ts';
import { leadsOn } from './where.ts';

export interface Order {
  readonly sort: readonly SortKey[];
  readonly read: ReadKeys;
  /** Sorted by fields of the collection itself, so that an index knows the order. */
  readonly own: boolean;
}

/** How items are ordered by the paths of a query, each of which may lead through relations. */
export function readOrder(shelves: Shelves, collection: Collection, sort: readonly Sort[]): Order {
  const paths = sort.map(({ path }) => readPath(shelves, collection, path));
  const keys = sort.map(({ path, ...key }): SortKey => ({ ...key, field: fieldOf(collection, path) }));
  if (paths.every((one) => one === undefined)) return { sort: keys, read: keyReader(keys), own: true };
  const readers = keys.map((key, i) => paths[i] ?? firstOf(keyReader([key])));
  return { sort: keys, read: (entry) => readers.map((read) => read(entry)), own: false };
}

type ReadKey = (entry: LiveEntry) => unknown;

const firstOf =
  (read: ReadKeys): ReadKey =>
  (entry) =>
    read(entry)[0];

/** Reads `author.name` by way of the relation; undefined for a path of the item's own. */
function readPath(
  shelves: Shelves,
  collection: Collection,
  path: string,
  levels: number = MAX_LINKS,
): ReadKey | undefined {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0 || levels === 0 || !leadsOn(shelves, collection, first)) return undefined;
  const link = findLink(shelves, collection, first);
  if (!link) return undefined;
  const below = rest.join('.');
  const field = fieldOf(link.to, below);
  const read =
    readPath(shelves, link.to, below, levels - 1) ??
    firstOf(keyReader([{ field, descending: false, missing: 'last' }]));
  return (entry) => {
    const target = link.follow(entry.item, entry.key)[0];
    return target && read(target);
  };
}
