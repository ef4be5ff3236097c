import type { Collection } from '../model/model.ts';
import { findLink, linkNames, MAX_LINKS } from '../query/link.ts';
import { isField } from '../query/where.ts';
import type { Shelves } from '../store/store.ts';

/** Whether a path leads to something: a field, a field inside one, or a field of a relation. */
export function isPath(
  shelves: Shelves,
  collection: Collection,
  path: string,
  levels: number = MAX_LINKS,
): boolean {
  if (isField(shelves, collection, path)) return true;
  // An empty collection without a schema says nothing about its fields.
  if (shelves.shelf(collection.name).size === 0 && !collection.check) return true;
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return false;
  if (isField(shelves, collection, first)) return shelves.shelf(collection.name).hasPath(path);
  const link = levels > 0 ? findLink(shelves, collection, first) : undefined;
  return link !== undefined && isPath(shelves, link.to, rest.join('.'), levels - 1);
}

/** Whether a path would lead somewhere if it followed fewer relations. */
export function leadsTooFar(
  shelves: Shelves,
  collection: Collection,
  path: string,
  levels: number = MAX_LINKS,
): boolean {
  const [first = '', ...rest] = path.split('.', levels + 2);
  const link = rest.length > 0 ? findLink(shelves, collection, first) : undefined;
  if (!link) return false;
  return levels === 0 || leadsTooFar(shelves, link.to, rest.join('.'), levels - 1);
}

/** Names that a mistyped path may have meant. */
export const pathNames = (shelves: Shelves, collection: Collection): string[] => [
  ...collection.fields,
  ...linkNames(shelves.model, collection.name),
];
