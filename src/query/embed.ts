import { type Item, setField } from '../model/json.ts';
import type { Collection } from '../model/model.ts';
import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';
import { remember } from '../remember.ts';
import type { LiveEntry } from '../store/entry.ts';
import type { Shelves } from '../store/store.ts';
import { project } from './fields.ts';
import { narrow } from './find.ts';
import { findLink, linkNames } from './link.ts';
import type { Embed } from './query.ts';

export const MAX_EMBED_DEPTH = 5;

/** How many items one answer may embed, and how each item is shown. */
export interface Budget {
  left: number;
  show(collection: Collection, item: Item): Item;
}

/** Each entry's item with its relations put in. Costs what it returns: children come from an index. */
export function embedAll(
  shelves: Shelves,
  collection: Collection,
  entries: readonly LiveEntry[],
  embeds: readonly Embed[],
  budget: Budget,
  depth = 1,
): readonly Item[] {
  if (embeds.length === 0 && depth === 1) return showAll(collection, entries, budget.show);
  if (depth > MAX_EMBED_DEPTH) {
    throw new Problem('too-much', `relations are embedded at most ${MAX_EMBED_DEPTH} levels deep`);
  }
  const fillers = embeds.map((embed) => filler(shelves, collection, embed, budget, depth));
  return entries.map((entry) => {
    const item = { ...budget.show(collection, entry.item) };
    for (const fill of fillers) fill(item, entry);
    return item;
  });
}

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

type Fill = (target: Item, entry: LiveEntry) => unknown;

function filler(shelves: Shelves, collection: Collection, embed: Embed, budget: Budget, depth: number): Fill {
  const link = findLink(shelves, collection, embed.name);
  const { absent = 'refuse' } = embed;
  if (!link && absent === 'refuse') throw unknownRelation(shelves, collection, embed.name);
  if (!link) return (target) => absent === 'empty' && setField(target, embed.as ?? embed.name, []);
  const { fields } = embed.query;
  const choose = narrow(shelves, link.to, embed.query);
  return (target, entry) => {
    const found = choose(link.follow(entry.item, entry.key));
    budget.left -= found.length;
    if (budget.left < 0) {
      throw new Problem('too-much', 'the answer would embed too many items', {
        hint: 'Ask for a shorter page, or embed less.',
      });
    }
    let items = embedAll(shelves, link.to, found, embed.query.embed ?? [], budget, depth + 1);
    if (fields) items = items.map((item) => project(item, fields));
    if (link.single && items.length === 0 && absent === 'omit') return;
    setField(target, embed.as ?? embed.name, link.single ? (items[0] ?? null) : items);
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
