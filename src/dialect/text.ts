import { Cache, Room, type Sized } from '../cache.ts';
import type { Item } from '../json/json.ts';
import { limits } from '../limits.ts';

/** Items never change, so the text of each is made once. */
const compact = new WeakMap<object, string>();
const indented = new WeakMap<object, string>();

/** A longer text of an item is written each time: kept, it would double what large items take. */
const LONG_ITEM = 2 ** 16;

/** Longer lists are written in one go: keeping every text would double the memory. */
const CACHED_LIST = 1000;

export function itemText(item: Item, indent = 0): string {
  if (typeof item !== 'object' || item === null) return JSON.stringify(item, null, indent);
  const texts = indent === 0 ? compact : indented;
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item, null, indent);
  if (text.length <= LONG_ITEM) texts.set(item, text);
  return text;
}

interface Written extends Sized {
  readonly items: readonly Item[];
  readonly indent: number;
  readonly text: string;
}

/** A client that polls asks for the same page again: the last few are kept, by the item they begin with. */
const recent = new Cache<Item, Written>(limits.texts.most, new Room(limits.texts.bytes));
/** Longer texts are written each time. */
const LONG_TEXT = 2 ** 20;
/** What is made for one answer, as items with others embedded in them, is never asked for again. */
const seen = new WeakSet<Item>();

const isSame = (written: Written, items: readonly Item[], indent: number): boolean =>
  written.indent === indent &&
  (written.items === items ||
    (written.items.length === items.length && items.every((item, i) => item === written.items[i])));

export function listText(items: readonly Item[], indent = 0): string {
  const [first] = items;
  if (first === undefined || items.length > CACHED_LIST) return JSON.stringify(items, null, indent);
  const known = recent.get(first);
  if (known && isSame(known, items, indent)) return known.text;
  const text =
    indent > 0 ? JSON.stringify(items, null, indent) : `[${items.map((item) => itemText(item)).join(',')}]`;
  if (seen.has(first) && text.length <= LONG_TEXT)
    recent.set(first, { items, indent, text, bytes: text.length });
  seen.add(first);
  return text;
}

export const JSON_TYPE = 'application/json; charset=utf-8';
