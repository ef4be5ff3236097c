import type { Item } from '../model/json.ts';
import { remember } from '../remember.ts';

/** Items never change, so the text of each is made once. */
const compact = new WeakMap<object, string>();
const indented = new WeakMap<object, string>();

/** Longer lists are written in one go: keeping every text would double the memory. */
const CACHED_LIST = 1000;

export function itemText(item: Item, indent = 0): string {
  if (typeof item !== 'object' || item === null) return JSON.stringify(item, null, indent);
  const texts = indent === 0 ? compact : indented;
  return remember(texts, item, () => JSON.stringify(item, null, indent));
}

export function listText(items: readonly Item[], indent = 0): string {
  if (indent > 0 || items.length > CACHED_LIST) return JSON.stringify(items, null, indent);
  return `[${items.map((item) => itemText(item)).join(',')}]`;
}

export const JSON_TYPE = 'application/json; charset=utf-8';
