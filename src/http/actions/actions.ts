import type { ActionName, Reply } from '../../dialect/dialect.ts';
import type { Item } from '../../json/json.ts';
import { limits } from '../../limits.ts';
import type { Collection } from '../../model/model.ts';
import type { Budget } from '../../query/embed.ts';
import { meets } from '../../query/find.ts';
import { dress, run } from '../../query/run.ts';
import type { LiveEntry } from '../../store/entry.ts';
import { removeItem } from '../../store/remove.ts';
import type { Draft, Shelves } from '../../store/store.ts';
import { create, put, replace, update } from '../../store/writes.ts';
import { asItem, bodyOf, readPatched } from '../body/input.ts';
import { type Patch, patchFormats } from '../body/patches.ts';
import type { Call } from '../call.ts';
import { checkPreconditions, checkRange } from '../stages/conditions.ts';
import { replayed } from '../stages/replay.ts';
import { createAll, removeAll, updateAll } from './bulk.ts';
import { onDeleteOf } from './on-delete.ts';
import { checkPath, notFound } from './parents.ts';
import { scoped } from './scope.ts';
import { write } from './write.ts';

export type Action = (call: Call) => Reply | Promise<Reply>;

const { most: items, bytes: size } = limits.embedded;
const newBudget = ({ live }: Call): Budget => ({ items, size, show: live.show });

/** The actions on a collection. */
export const listActions = {
  list(call) {
    const collection = call.resource as Collection;
    const { dialect } = call.live;
    if (dialect.conventions.bodies.first === 'item') checkPath(call, call.shelves);
    checkRange(call);
    const query = scoped(dialect.listQuery(call, collection), call.fixed);
    checkPath(call, call.shelves);
    return dialect.list(run(call.shelves, collection, query, newBudget(call)), call);
  },

  async create(call) {
    const { dialect } = call.live;
    if (dialect.conventions.bodies.first === 'item') checkPath(call, call.shelves);
    const { value } = await bodyOf(call);
    if (Array.isArray(value) && dialect.conventions.bodies.arrayBody === 'bulk')
      return replayed(call, value, () => createAll(call, value));
    const body = asItem(call, value);
    return replayed(call, value, () => createOne(call, body));
  },

  update: updateAll,
  remove: removeAll,
} as const satisfies Partial<Record<ActionName, Action>>;

async function createOne(call: Call, body: Item): Promise<Reply> {
  const collection = call.resource as Collection;
  return write(call, (draft) => {
    const item = create(draft, collection, body, call.fixed, call.writing);
    call.location = `${call.path.replace(/\/$/, '')}/${encodeURIComponent(String(item[collection.idField]))}`;
    return show(call, item);
  });
}

/** The actions on an item. */
export const itemActions = {
  read(call) {
    const collection = call.resource as Collection;
    const { dialect } = call.live;
    const { entry } = requireItem(call, call.shelves);
    if (call.query === '') return show(call, entry.item);
    call.item = entry.item;
    return dialect.item(
      dress(call.shelves, collection, entry, dialect.itemQuery(call, collection), newBudget(call)),
      call,
    );
  },

  async replace(call) {
    const { dialect, settings } = call.live;
    const once = call.header('if-none-match').trim() === '*';
    const creates = settings.putCreates || once;
    if (dialect.conventions.bodies.first === 'item') (creates ? checkPath : requireItem)(call, call.shelves);
    const body = asItem(call, (await bodyOf(call)).value);
    return write(call, (draft) => {
      const collection = call.resource as Collection;
      const key = call.target?.key as string;
      const before = draft.get(collection.name, key)?.item;
      if (before === undefined && !creates) throw notFound(draft, collection, key);
      checkPreconditions(call, before);
      call.action = before === undefined ? 'create' : 'replace';
      if (before !== undefined)
        return show(call, replace(draft, collection, key, body, call.fixed, call.writing));
      call.location = call.path;
      return show(call, create(draft, collection, body, call.fixed, call.writing, key));
    });
  },

  async update(call) {
    const { dialect } = call.live;
    const pretended = isPretended(call);
    if (dialect.conventions.bodies.first === 'item' && !pretended) requireItem(call, call.shelves);
    const { mediaType, value } = await bodyOf(call);
    const patch = await patchFormats.get(mediaType)?.(value);
    const body = patch ? {} : asItem(call, value);
    if (pretended) return dialect.item(body, call);
    return write(call, (draft) => show(call, changeItem(call, draft, patch, body)));
  },

  async remove(call) {
    if (isPretended(call)) return call.live.dialect.removed({}, call);
    requireItem(call, call.shelves);
    return write(call, (draft) => {
      const { collection, key, item } = requireItem(call, draft);
      checkPreconditions(call, item);
      removeItem(draft, collection.name, key, onDeleteOf(call));
      if (call.prefers('return') === 'representation') return show(call, item);
      return call.live.dialect.removed(call.live.show(collection, item), call);
    });
  },
} as const satisfies Partial<Record<ActionName, Action>>;

function changeItem(call: Call, draft: Draft, patch: Patch | undefined, body: Item): Item {
  const { writing } = call;
  const { collection, key, item } = requireItem(call, draft);
  checkPreconditions(call, item);
  if (patch) return put(draft, collection, key, readPatched(call, item, patch), call.fixed, writing);
  return update(draft, collection, key, body, call.fixed, writing);
}

/** Answers with an item as clients see it. */
function show(call: Call, item: Item): Reply {
  call.item = call.live.show(call.resource as Collection, item);
  return call.live.dialect.item(call.item, call);
}

/** Where no write is kept, a dialect may answer for items that are not there. */
function isPretended(call: Call): boolean {
  const { dialect, settings } = call.live;
  const missing = !call.shelves.shelf((call.resource as Collection).name).get(call.target?.key as string);
  return missing && settings.writes === 'fake' && dialect.conventions.answers.missingItem === 'pretend';
}

interface Present {
  readonly collection: Collection;
  readonly key: string;
  readonly entry: LiveEntry;
  readonly item: Item;
}

/** The item that a request is about: it must be there and, where the dialect says so, meet the query's conditions. */
function requireItem(call: Call, shelves: Shelves): Present {
  checkPath(call, shelves);
  const { dialect } = call.live;
  const collection = call.resource as Collection;
  const key = call.key as string;
  const entry = shelves.shelf(collection.name).get(key);
  const filter =
    dialect.conventions.paths.itemFilters && call.query !== '' ? dialect.itemQuery(call, collection) : {};
  if (!entry || !meets(shelves, collection, filter, entry)) throw notFound(shelves, collection, key);
  return { collection, key, entry, item: entry.item };
}
