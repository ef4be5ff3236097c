import { createHash, randomBytes } from 'node:crypto';
import { itemText } from '../dialect/text.ts';
import type { Item } from '../json/json.ts';
import { remember } from '../remember.ts';
import { lastModified } from '../store/session.ts';
import type { Call } from './call.ts';

/** Tells the states of this process from those of another. */
const PROCESS = randomBytes(4).toString('base64url');

export const hash = (text: string | Uint8Array): string =>
  `"${createHash('sha1').update(text).digest('base64url')}"`;
const tags = new WeakMap<Item, string>();

/** A strong validator (RFC 9110, 8.8.3): the same for the same item, another for any other. */
export const itemTag = (item: Item): string =>
  typeof item === 'object' && item !== null
    ? remember(tags, item, () => hash(itemText(item)))
    : hash(JSON.stringify(item));

/** Whether a list of entity tags names one. `*` names any. Weakly compared, where that is enough. */
export function names(header: string, tag: string, weakly: boolean): boolean {
  if (header.trim() === '*') return true;
  const listed = header.match(/(W\/)?"[^"]*"/g) ?? [];
  return listed.some((one) => (weakly ? one.replace(/^W\//, '') === tag.replace(/^W\//, '') : one === tag));
}

/** A date header in whole seconds; undefined where it is absent or no date, as RFC 9110 asks. */
export function seconds(header: string): number | undefined {
  const moment = Date.parse(header);
  return header === '' || Number.isNaN(moment) ? undefined : Math.floor(moment / 1000);
}

export const modifiedSeconds = (item: Item): number | undefined => {
  const date = lastModified(item);
  return date && Math.floor(date.getTime() / 1000);
};

/** A list changes with anything in its session. */
export const listTag = ({ session }: Call): string => `"${PROCESS}-${session.version}"`;
