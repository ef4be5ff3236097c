import { Problem } from '../problem.ts';
import type { LiveEntry } from '../store/entry.ts';

/** The last item of a page: what it was sorted by, its place, and its key. */
export interface Mark {
  readonly keys: readonly unknown[];
  readonly place: number;
  readonly key: string;
  /** The order it was taken in; a cursor means nothing in another. */
  readonly order: string;
}

/** Opaque to clients: base64url of JSON. */
export function writeCursor(entry: LiveEntry, keys: readonly unknown[], order: string): string {
  const fields = [keys.map((key) => key ?? null), entry.place, entry.key, order];
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

export function readCursor(cursor: string, order: string): Mark {
  let fields: unknown;
  try {
    fields = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    fields = undefined;
  }
  if (
    Array.isArray(fields) &&
    Array.isArray(fields[0]) &&
    typeof fields[1] === 'number' &&
    fields[3] === order
  ) {
    return { keys: fields[0], place: fields[1], key: String(fields[2]), order };
  }
  throw new Problem('bad-parameter', 'the cursor is not one of this list in this order', {
    parameter: 'cursor',
    value: cursor,
    hint: 'Take it from the link to the next page; an empty cursor starts at the beginning.',
  });
}
