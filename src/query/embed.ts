import { type Item, setField } from '../json/json.ts';
import type { Collection } from '../model/model.ts';
import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';
import { remember } from '../remember.ts';
import type { LiveEntry } from '../store/entry.ts';
import type { Shelves } from '../store/store.ts';
import { project } from './fields.ts';
import { narrow } from './find.ts';
import { findLink, linkNames, MAX_LINKS } from './link.ts';
import type { Embed, Query } from './query.ts';

/** What one answer may still embed, and how each item is shown. */
export interface Budget {
  items: number;
  /** In characters of JSON. */
  size: number;
  show(collection: Collection, item: Item): Item;
}

type Shape = Pick<Query, 'embed' | 'fields'>;

/**
 * Each entry's item as it is shown, with its relations put in, and with the fields that were asked for. Costs what it
 * returns: children come from an index. `level` says how many embeds lead here.
 */
export function dressAll(
  shelves: Shelves,
  collection: Collection,
  entries: readonly LiveEntry[],
  { embed = [], fields }: Shape,
  budget: Budget,
  level = 0,
): readonly Item[] {
  if (level > MAX_LINKS)
    throw new Problem('too-much', `relations are embedded at most ${MAX_LINKS} levels deep`);
  const items =
    level === 0 ? showAll(collection, entries, budget.show) : showSome(collection, entries, budget);
  if (level > 0) for (const item of items) charge(item, fields, budget);
  const fillers = embed.map((one) => filler(shelves, collection, one, budget, level));
  const filled =
    fillers.length === 0
      ? items
      : items.map((item, i) => {
          const copy = { ...item };
          for (const fill of fillers) fill(copy, entries[i] as LiveEntry);
          return copy;
        });
  return fields ? filled.map((item) => project(item, fields)) : filled;
}

const showSome = (collection: Collection, entries: readonly LiveEntry[], { show }: Budget): Item[] =>
  entries.map(({ item }) => show(collection, item));

/** A page that is asked for again is the same list of entries, and shown as it was. */
const shown = new WeakMap<Budget['show'], WeakMap<readonly LiveEntry[], readonly Item[]>>();

function showAll(
  collection: Collection,
  entries: readonly LiveEntry[],
  show: Budget['show'],
): readonly Item[] {
  const pages = remember(shown, show, () => new WeakMap<readonly LiveEntry[], readonly Item[]>());
  return remember(pages, entries, () => entries.map(({ item }) => show(collection, item)));
}

/** Items never change, so each is measured once. */
const sizes = new WeakMap<Item, number>();
const sizeOf = (item: Item): number => JSON.stringify(item).length;

/** What is smaller than this is bounded by the number of items. */
const SMALL = 512;

function charge(item: Item, fields: readonly string[] | undefined, budget: Budget): void {
  const size = remember(sizes, item, () => sizeOf(item));
  if (size > SMALL) spend(budget, fields ? sizeOf(project(item, fields)) : size);
}

function spend(budget: Budget, size: number, items = 0): void {
  budget.items -= items;
  budget.size -= size;
  if (budget.items >= 0 && budget.size >= 0) return;
  const what = budget.items < 0 ? 'too many items' : 'too much text';
  throw new Problem('too-much', `the answer would embed ${what}`, {
    hint: 'Ask for a shorter page, or embed less.',
  });
}

type Fill = (target: Item, entry: LiveEntry) => unknown;

function filler(shelves: Shelves, collection: Collection, embed: Embed, budget: Budget, level: number): Fill {
  const { absent = 'refuse', query, as: name = embed.name, single } = embed;
  const any = findLink(shelves, collection, embed.name);
  const link = single === undefined || single === any?.single ? any : undefined;
  if (!link && absent === 'refuse') throw unknownRelation(shelves, collection, embed.name);
  if (!link && absent === 'omit') return () => {};
  if (!link) {
    return (target) => {
      spend(budget, name.length);
      setField(target, name, []);
    };
  }
  const choose = narrow(shelves, link.to, query);
  return (target, entry) => {
    const found = choose(link.follow(entry.item, entry.key));
    spend(budget, 0, found.length);
    if (link.single && found.length === 0 && absent === 'omit') return;
    const items = dressAll(shelves, link.to, found, query, budget, level + 1);
    setField(target, name, link.single ? (items[0] ?? null) : items);
  };
}

function unknownRelation(shelves: Shelves, collection: Collection, name: string): Problem {
  const names = linkNames(shelves.model, collection.name);
  const near = nearest(name, names);
  const known = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has no relations.';
  return new Problem('bad-parameter', `${collection.name} has no relation '${name}' to embed`, {
    parameter: 'embed',
    value: name,
    hint: near ? `Did you mean '${near}'? ${known}` : known,
  });
}
