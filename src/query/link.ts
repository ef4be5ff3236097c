import type { Item } from '../json/json.ts';
import type { Collection, Model, Relation } from '../model/model.ts';
import { isLive, type LiveEntry } from '../store/entry.ts';
import { fieldOf, isScalar } from '../store/field.ts';
import { children } from '../store/remove.ts';
import type { Shelves } from '../store/store.ts';

/** How many relations lead on from one another: in a path, and from what is embedded to what is embedded in it. */
export const MAX_LINKS = 5;

/** A way from the items of one collection to those of another. */
export interface Link {
  readonly to: Collection;
  /** One item, or none; else a list. */
  readonly single: boolean;
  follow(item: Item, key: string): LiveEntry[];
  /** The items from which one of these is reached. */
  back(targets: readonly LiveEntry[]): LiveEntry[];
}

/** What a name such as `author`, `comments` or `tags` leads to from a collection. */
export function findLink(shelves: Shelves, from: Collection, name: string): Link | undefined {
  const { model } = shelves;
  const up = model
    .parentsOf(from.name)
    .find((relation) => (relation.many ? relation.parent : relation.name) === name);
  if (up) return toParent(shelves, up);
  const down = pick(model.childrenOf(from.name).filter((relation) => relation.child === name));
  if (down) return toChildren(shelves, down);
  return through(shelves, model, from, name);
}

/** Every name that leads somewhere from a collection. */
export function linkNames(model: Model, from: string): string[] {
  const up = model.parentsOf(from).map((relation) => (relation.many ? relation.parent : relation.name));
  const down = model.childrenOf(from).map((relation) => relation.child);
  const across = down.flatMap((child) => model.parentsOf(child).map((relation) => relation.parent));
  return [...new Set([...up, ...down, ...across.filter((name) => name !== from)])];
}

/** Two keys to one parent: the first declared, else the first in the items. */
const pick = (relations: readonly Relation[]): Relation | undefined =>
  relations.find((relation) => relation.declared) ?? relations[0];

const collectionOf = (model: Model, name: string): Collection => model.resources.get(name) as Collection;

function toParent(shelves: Shelves, relation: Relation): Link {
  const parents = shelves.shelf(relation.parent);
  return {
    to: collectionOf(shelves.model, relation.parent),
    single: !relation.many,
    follow: (item) => {
      const value = Object.hasOwn(item, relation.field) ? item[relation.field] : undefined;
      const keys = (Array.isArray(value) ? value : [value]).filter((key) => isScalar(key) && key !== null);
      return keys.map((key) => parents.get(String(key))).filter(isLive);
    },
    back: (targets) => unique(targets.flatMap(({ key }) => children(shelves, relation, key))),
  };
}

function toChildren(shelves: Shelves, relation: Relation): Link {
  const parents = shelves.shelf(relation.parent);
  const field = fieldOf(collectionOf(shelves.model, relation.child), relation.field);
  return {
    to: collectionOf(shelves.model, relation.child),
    single: false,
    follow: (_item, key) => children(shelves, relation, key),
    back: (targets) => {
      const keys = targets.flatMap(({ item }) => [item[field.path]].flat()).filter(isScalar);
      return unique(keys.map((key) => parents.get(String(key))).filter(isLive));
    },
  };
}

/** Many to many, through a collection that holds both keys. */
function through(shelves: Shelves, model: Model, from: Collection, name: string): Link | undefined {
  for (const near of model.childrenOf(from.name)) {
    const far = model.parentsOf(near.child).find((relation) => relation !== near && relation.parent === name);
    if (!far) continue;
    const [toMiddle, toFar] = [toChildren(shelves, near), toParent(shelves, far)];
    return {
      to: toFar.to,
      single: false,
      follow: (item, key) =>
        unique(toMiddle.follow(item, key).flatMap((middle) => toFar.follow(middle.item, middle.key))),
      back: (targets) => toMiddle.back(toFar.back(targets)),
    };
  }
  return undefined;
}

const unique = (entries: readonly LiveEntry[]): LiveEntry[] => [...new Set(entries)];
