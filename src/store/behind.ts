import type { Contents } from '../model/build.ts';
import { type Item, sameJson } from '../model/json.ts';
import type { Model } from '../model/model.ts';
import { remember } from '../remember.ts';
import { SINGLE } from './base.ts';
import { isLive } from './entry.ts';
import type { Session } from './session.ts';
import type { Shelf } from './shelf.ts';

/**
 * What files say that clients' writes were saved to, without those writes: an item that is as it was saved is the
 * client's, any other is the file's own. So a reset leads back to the fixtures, and what others wrote into the file
 * meanwhile is told from what we did.
 */
export function contentsBehind(
  model: Model,
  read: ReadonlyMap<string, Contents>,
  session: Session,
): Map<string, Contents> {
  const { store } = session;
  const draft = store.draft();
  const behind = new Map(read);
  for (const [name, shelf] of store.opened()) {
    const resource = model.resources.get(name);
    const contents = read.get(name);
    if (!resource || !contents || !shelf.touched) continue;
    if (resource.kind !== 'collection') {
      const isSaved = sameJson(shelf.get(SINGLE)?.item, contents.value);
      if (isSaved) behind.set(name, { ...contents, value: shelf.base.get(SINGLE)?.item });
      continue;
    }
    const { idField } = resource;
    const keys = new Set(contents.items.map((item) => String(item[idField])));
    behind.set(name, { ...contents, items: itemsBehind(shelf, contents.items, idField, keys) });
    for (const { key, item } of shelf.written()) {
      // Gone from the file, or back in it, since we saved it: then that is how it is.
      if (item !== undefined && !keys.has(key) && !shelf.base.get(key)) draft.delete(name, key);
      const back =
        item === undefined && keys.has(key) && contents.items.find((one) => String(one[idField]) === key);
      if (back) draft.put(name, key, back);
    }
  }
  if (draft.changes.length > 0) session.commit(draft);
  return behind;
}

function itemsBehind(
  shelf: Shelf,
  items: readonly Item[],
  idField: string,
  keys: ReadonlySet<string>,
): Item[] {
  const written = new Map([...shelf.written()].map((entry) => [entry.key, entry]));
  const fixture = (key: string): Item[] => {
    const entry = shelf.base.get(key);
    return entry ? [entry.item] : [];
  };
  const behind = items.flatMap((item) => {
    const key = String(item[idField]);
    const entry = written.get(key);
    if (!isLive(entry) || !sameJson(entry.item, item)) return [item];
    return fixture(key);
  });
  const deleted = [...written.values()].filter(({ key, item }) => item === undefined && !keys.has(key));
  return withDeleted(behind, new Set(deleted.map(({ key }) => key)), shelf, idField);
}

/** Fixtures that a client deleted stand where they stood: after the one that was before them. */
function withDeleted(items: Item[], deleted: ReadonlySet<string>, shelf: Shelf, idField: string): Item[] {
  if (deleted.size === 0) return items;
  const present = new Set(items.map((item) => String(item[idField])));
  const after = new Map<string | undefined, Item[]>();
  let last: string | undefined;
  for (const { key, item } of shelf.base.entries) {
    if (deleted.has(key)) remember(after, last, () => [] as Item[]).push(item);
    else if (present.has(key)) last = key;
  }
  return [
    ...(after.get(undefined) ?? []),
    ...items.flatMap((item) => [item, ...(after.get(String(item[idField])) ?? [])]),
  ];
}
