import { createHash } from 'node:crypto';
import { remember } from '../../dialect/index.ts';

const HASH_LENGTH = 27;

/** The weak validator that Express gives a text: its length in bytes, and the beginning of its SHA-1. */
export function weakTag(text: string): string {
  const hash = createHash('sha1').update(text).digest('base64').slice(0, HASH_LENGTH);
  return `W/"${Buffer.byteLength(text).toString(16)}-${hash}"`;
}

const tags = new WeakMap<object, string>();

/** The same for the text of something that never changes, made once: an item, or a page of them. */
export const weakTagOf = (shown: unknown, text: string): string =>
  typeof shown === 'object' && shown !== null ? remember(tags, shown, () => weakTag(text)) : weakTag(text);
