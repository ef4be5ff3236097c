import { type Item, sameJson } from '../json/json.ts';
import type { Contents } from '../model/build.ts';
import type { Model } from '../model/model.ts';
import { remember } from '../remember.ts';
import { SINGLE } from '../store/base.ts';
import { isLive } from '../store/entry.ts';
import type { Settled } from '../store/rebase.ts';
import type { Session } from '../store/session.ts';
import type { Shelf } from '../store/shelf.ts';

export interface Behind {
  readonly contents: Map<string, Contents>;
  readonly settled: Settled;
}

/**
 * What files say that clients' writes were saved to, without those writes: an item that is as it was saved is the
 * client's, any other is the file's own. So a reset leads back to the fixtures, and what others wrote into the file
 * meanwhile is told from what we did.
 */
export function contentsBehind(
  model: Model,
  read: ReadonlyMap<string, Contents>,
  { store }: Session,
): Behind {
  const behind = new Map(read);
  const settled = new Map<string, ReadonlySet<string>>();
  for (const [name, shelf] of store.opened()) {
    const resource = model.resources.get(name);
    const contents = read.get(name);
    if (!resource || !contents || !shelf.touched || resource.kind !== shelf.base.kind) continue;
    if (resource.kind !== 'collection') {
      const fixture = shelf.base.get(SINGLE)?.item;
      const isSaved = sameJson(shelf.get(SINGLE)?.item, contents.value);
      if (isSaved) behind.set(name, { ...contents, value: fixture });
      else if (sameJson(fixture, contents.value)) settled.set(name, new Set([SINGLE]));
      continue;
    }
    const { idField } = resource;
    const items = new Map(contents.items.map((item) => [String(item[idField]), item]));
    behind.set(name, { ...contents, items: itemsBehind(shelf, items) });
    settled.set(name, takenBack(shelf, items));
  }
  return { contents: behind, settled };
}

/** Writes that were saved, where the file is now as if they had never been: then that is how it is. */
function takenBack(shelf: Shelf, items: ReadonlyMap<string, Item>): Set<string> {
  const written = [...shelf.written()].filter((entry) => {
    const [now, fixture] = [items.get(entry.key), shelf.base.get(entry.key)?.item];
    return !sameJson(now, entry.item) && sameJson(now, fixture);
  });
  return new Set(written.map(({ key }) => key));
}

function itemsBehind(shelf: Shelf, items: ReadonlyMap<string, Item>): Item[] {
  const written = new Map([...shelf.written()].map((entry) => [entry.key, entry]));
  const behind = new Map<string, Item>();
  for (const [key, item] of items) {
    const entry = written.get(key);
    const isOurs = isLive(entry) && sameJson(entry.item, item);
    const own = isOurs ? shelf.base.get(key)?.item : item;
    if (own !== undefined) behind.set(key, own);
  }
  const deleted = [...written.values()].filter(({ key, item }) => item === undefined && !items.has(key));
  return withDeleted(behind, new Set(deleted.map(({ key }) => key)), shelf);
}

/** Fixtures that a client deleted stand where they stood: after the one that was before them. */
function withDeleted(items: ReadonlyMap<string, Item>, deleted: ReadonlySet<string>, shelf: Shelf): Item[] {
  if (deleted.size === 0) return [...items.values()];
  const after = new Map<string | undefined, Item[]>();
  let last: string | undefined;
  for (const { key, item } of shelf.base.entries) {
    if (deleted.has(key)) remember(after, last, () => [] as Item[]).push(item);
    else if (items.has(key)) last = key;
  }
  const first = after.get(undefined) ?? [];
  return [...first, ...[...items].flatMap(([key, item]) => [item, ...(after.get(key) ?? [])])];
}
