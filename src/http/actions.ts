import type { ActionName, Reply } from '../dialects/dialect.ts';
import { type Item, isObject, kindOf } from '../model/json.ts';
import type { Collection, Relation, Singleton, Value } from '../model/model.ts';
import type { OnDelete } from '../options.ts';
import { Problem } from '../problem.ts';
import type { Budget } from '../query/embed.ts';
import { both, type Query } from '../query/query.ts';
import { dress, run } from '../query/run.ts';
import { SINGLE } from '../store/base.ts';
import { idsOf, removeItem } from '../store/remove.ts';
import type { Draft } from '../store/store.ts';
import { create, type Fixed, merge, putSingle, replace, update } from '../store/writes.ts';
import { readBody } from './body.ts';
import type { Call } from './call.ts';
import { checkPath, notFound } from './walk.ts';

export type Action = (call: Call) => Reply | Promise<Reply>;

const MAX_EMBEDDED = 100_000;

const newBudget = (call: Call): Budget => ({ left: MAX_EMBEDDED, show: call.live.show });

/** The condition that a nested path adds: `/events/23/guests` are the guests whose eventId is 23. */
function scoped(query: Query, fixed: Fixed): Query {
  let { where } = query;
  for (const [relation, key] of fixed)
    where = both({ path: relation.field, op: 'eq', values: idsOf(key) }, where);
  return where ? { ...query, where } : query;
}

/** The actions on a collection and its items. */
export const collectionActions = {
  list(call) {
    const collection = call.resource as Collection;
    const { dialect } = call.live;
    if (dialect.rules.first === 'item') checkPath(call);
    const query = scoped(dialect.listQuery(call, collection), call.fixed);
    checkPath(call);
    return dialect.list(run(call.shelves, collection, query, newBudget(call)), call);
  },

  read(call) {
    const collection = call.resource as Collection;
    const { dialect } = call.live;
    checkPath(call);
    const entry = call.shelves.shelf(collection.name).get(call.target?.key as string);
    if (!entry) throw notFound(call.shelves, collection, call.target?.key as string);
    if (call.query === '') return dialect.item(call.live.show(collection, entry.item), call);
    return dialect.item(
      dress(call.shelves, collection, entry, dialect.itemQuery(call, collection), newBudget(call)),
      call,
    );
  },

  async create(call) {
    const collection = call.resource as Collection;
    const { rules } = call.live.dialect;
    if (rules.first === 'item') checkPath(call);
    const body = await itemBody(call);
    checkPath(call);
    const item = write(call, (draft) => create(draft, collection, body, call.fixed, rules));
    call.location = `${call.path.replace(/\/$/, '')}/${encodeURIComponent(String(item[collection.idField]))}`;
    return call.live.dialect.item(call.live.show(collection, item), call);
  },

  replace: (call) => change(call, replace),
  update: (call) => change(call, update),

  remove(call) {
    const collection = call.resource as Collection;
    if (isPretended(call)) return call.live.dialect.removed({}, call);
    const key = requireItem(call);
    const before = write(call, (draft) => {
      const item = draft.get(collection.name, key)?.item as Item;
      removeItem(draft, collection.name, key, onDeleteOf(call));
      return item;
    });
    return call.live.dialect.removed(call.live.show(collection, before), call);
  },
} as const satisfies Partial<Record<ActionName, Action>>;

type ChangeItem = typeof replace;

async function change(call: Call, how: ChangeItem): Promise<Reply> {
  const collection = call.resource as Collection;
  const { dialect } = call.live;
  const pretended = call.action === 'update' && isPretended(call);
  if (dialect.rules.first === 'item' && !pretended) requireItem(call);
  const body = await itemBody(call);
  if (pretended) return dialect.item(body, call);
  const key = requireItem(call);
  const item = write(call, (draft) => how(draft, collection, key, body, call.fixed, dialect.rules));
  return dialect.item(call.live.show(collection, item), call);
}

/** Where no write is kept, a dialect may answer for items that are not there. */
function isPretended(call: Call): boolean {
  const { dialect, settings } = call.live;
  const missing = !call.shelves.shelf((call.resource as Collection).name).get(call.target?.key as string);
  return missing && settings.writes === 'fake' && dialect.rules.missingItem === 'pretend';
}

/** The key of the item that a write is about, which must be there. */
function requireItem(call: Call): string {
  checkPath(call);
  const collection = call.resource as Collection;
  const key = call.target?.key as string;
  if (!call.shelves.shelf(collection.name).get(key)) throw notFound(call.shelves, collection, key);
  return key;
}

/** The config decides, then the request where the dialect lets it, then the dialect. */
const onDeleteOf =
  (call: Call) =>
  (relation: Relation): OnDelete => {
    const { dialect } = call.live;
    return relation.onDelete ?? dialect.onDelete?.(relation, call) ?? dialect.rules.onDelete;
  };

const write = <T>(call: Call, work: (draft: Draft) => T): T =>
  call.live.state.write(work, call.live.settings.writes !== 'fake');

/** The object in the body, as the dialect makes it fit the schema. */
async function itemBody(call: Call): Promise<Item> {
  const { dialect, settings } = call.live;
  const { value } = await readBody(call.ctx, dialect.rules, settings.bodyLimit);
  call.checkCurrent();
  call.body = value;
  const body = isObject(value) ? value : dialect.wrap?.(value, call);
  if (!isObject(body)) {
    throw new Problem('bad-body', `expected a JSON object in the body, got ${kindOf(value)}`, { value });
  }
  const schema = call.resource && call.resource.kind !== 'value' ? call.resource.check?.schema : undefined;
  return dialect.coerce ? dialect.coerce(body, schema, call.action, call) : body;
}

const single = (call: Call): Item =>
  call.shelves.shelf((call.resource as Singleton).name).get(SINGLE)?.item as Item;

/** The actions on a singleton. */
export const singletonActions = {
  read: (call) => call.live.dialect.item(call.live.show(call.resource as Singleton, single(call)), call),
  replace: (call) => writeSingle(call, (body) => body),
  create: (call) => writeSingle(call, (body) => body),
  update: (call) =>
    writeSingle(call, (body, before) => merge(before, body, call.live.dialect.rules.patch === 'deep')),
} as const satisfies Partial<Record<ActionName, Action>>;

async function writeSingle(call: Call, make: (body: Item, before: Item) => Item): Promise<Reply> {
  const resource = call.resource as Singleton;
  const body = await itemBody(call);
  const item = write(call, (draft) =>
    putSingle(
      draft,
      resource,
      make(body, draft.get(resource.name, SINGLE)?.item as Item),
      call.live.dialect.rules,
    ),
  );
  return call.live.dialect.item(call.live.show(resource, item), call);
}

/** The actions on a plain value, such as an array of texts. */
export const valueActions = {
  read: (call) => call.live.dialect.item(single(call), call),
  async replace(call) {
    const { dialect, settings } = call.live;
    const { value } = await readBody(call.ctx, dialect.rules, settings.bodyLimit);
    call.checkCurrent();
    const item = write(call, (draft) => putSingle(draft, call.resource as Value, value, dialect.rules));
    return dialect.item(item, call);
  },
} as const satisfies Partial<Record<ActionName, Action>>;
