import type { ActionName } from '../../dialect/dialect.ts';
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
import { asItem, bodyOf, type Input, readPatched } from '../body/input.ts';
import { type Patch, patchFormats } from '../body/patches.ts';
import type { Action, Call } from '../call.ts';
import type { Outcome } from '../outcome.ts';
import { createAll, removeAll, updateAll } from './bulk.ts';
import { onDeleteOf } from './on-delete.ts';
import { checkPath, notFound } from './parents.ts';
import { checkPreconditions } from './preconditions.ts';
import { scoped } from './scope.ts';
import { write } from './write.ts';

const { most: items, bytes: size } = limits.embedded;
const newBudget = ({ live }: Call): Budget => ({ items, size, show: live.show });

/** The actions on a collection. */
export const listActions = {
  list(call) {
    const collection = call.resource as Collection;
    const { dialect } = call.live;
    if (dialect.conventions.bodies.first === 'item') checkPath(call, call.shelves);
    const query = scoped(dialect.listQuery(call, collection), call.fixed);
    checkPath(call, call.shelves);
    return dialect.list(run(call.shelves, collection, query, newBudget(call)), call);
  },

  async create(call) {
    const { dialect } = call.live;
    if (dialect.conventions.bodies.first === 'item') checkPath(call, call.shelves);
    const { value } = await bodyOf(call);
    if (Array.isArray(value) && dialect.conventions.bodies.arrayBody === 'bulk')
      return createAll(call, value);
    return createOne(call, asItem(call, value));
  },

  update: updateAll,
  remove: removeAll,
} as const satisfies Partial<Record<ActionName, Action>>;

function createOne(call: Call, { item: body, writing }: Input): Promise<Outcome> {
  const collection = call.resource as Collection;
  return write(call, (inside, draft) => {
    const item = create(draft, collection, body, call.fixed, writing);
    const id = encodeURIComponent(String(item[collection.idField]));
    return show(inside.with({ location: `${call.path.replace(/\/$/, '')}/${id}` }), item);
  });
}

/** The actions on an item. */
export const itemActions = {
  read(call) {
    const collection = call.resource as Collection;
    const { dialect } = call.live;
    const { entry } = requireItem(call, call.shelves);
    if (call.query === '') return show(call, entry.item);
    const query = dialect.itemQuery(call, collection);
    const dressed = dress(call.shelves, collection, entry, query, newBudget(call));
    return { ...dialect.item(dressed, call), item: entry.item };
  },

  async replace(call) {
    const { dialect, settings } = call.live;
    const once = call.header('if-none-match').trim() === '*';
    const creates = settings.putCreates || once;
    if (dialect.conventions.bodies.first === 'item') (creates ? checkPath : requireItem)(call, call.shelves);
    const { item: body, writing } = asItem(call, (await bodyOf(call)).value);
    return write(call, (inside, draft) => {
      const collection = call.resource as Collection;
      const key = call.key as string;
      const before = draft.get(collection.name, key)?.item;
      if (before === undefined && !creates) throw notFound(draft, collection, key);
      checkPreconditions(inside, before);
      if (before !== undefined)
        return show(inside, replace(draft, collection, key, body, call.fixed, writing));
      const item = create(draft, collection, body, call.fixed, writing, key);
      return show(inside.with({ action: 'create', location: call.path }), item);
    });
  },

  async update(call) {
    const { dialect } = call.live;
    const pretended = isPretended(call);
    if (dialect.conventions.bodies.first === 'item' && !pretended) requireItem(call, call.shelves);
    const { mediaType, value } = await bodyOf(call);
    const patch = await patchFormats.get(mediaType)?.(value);
    const input = patch ?? asItem(call, value);
    if (pretended) return dialect.item(typeof input === 'function' ? {} : input.item, call);
    return write(call, (inside, draft) => show(inside, changeItem(inside, draft, input)));
  },

  async remove(call) {
    if (isPretended(call)) return call.live.dialect.removed({}, call);
    requireItem(call, call.shelves);
    return write(call, (inside, draft) => {
      const { collection, key, item } = requireItem(inside, draft);
      checkPreconditions(inside, item);
      removeItem(draft, collection.name, key, onDeleteOf(inside));
      if (call.prefers('return') === 'representation') return show(inside, item);
      return call.live.dialect.removed(call.live.show(collection, item), inside);
    });
  },
} as const satisfies Partial<Record<ActionName, Action>>;

function changeItem(call: Call, draft: Draft, input: Patch | Input): Item {
  const { collection, key, item } = requireItem(call, draft);
  checkPreconditions(call, item);
  const isPatch = typeof input === 'function';
  const { item: body, writing } = isPatch ? readPatched(call, item, input) : input;
  return (isPatch ? put : update)(draft, collection, key, body, call.fixed, writing);
}

/** Answers with an item as clients see it. */
function show(call: Call, stored: Item): Outcome {
  const item = call.live.show(call.resource as Collection, stored);
  return { ...call.live.dialect.item(item, call), item };
}

/** Where no write is kept, a dialect may answer for items that are not there. */
function isPretended(call: Call): boolean {
  const { dialect, settings } = call.live;
  const missing = !call.shelves.shelf((call.resource as Collection).name).get(call.key as string);
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
