import type { Collection } from '../model/model.ts';
import type { LiveEntry } from '../store/entry.ts';
import { fieldOf } from '../store/field.ts';
import { sortEntries } from '../store/order.ts';
import type { Sort } from './query.ts';

/** Sorts a few entries by fields of their own. */
export const sortEntriesBy = (
  collection: Collection,
  entries: readonly LiveEntry[],
  sort: readonly Sort[],
): LiveEntry[] =>
  sortEntries(
    entries,
    sort.map(({ path, ...key }) => ({ ...key, field: fieldOf(collection, path) })),
  );
