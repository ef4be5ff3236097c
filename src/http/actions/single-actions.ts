import type { ActionName } from '../../dialect/dialect.ts';
import { type Item, isObject } from '../../json/json.ts';
import type { Collection, Singleton, Value } from '../../model/model.ts';
import { project } from '../../query/fields.ts';
import type { Query } from '../../query/query.ts';
import { SINGLE } from '../../store/base.ts';
import type { Draft } from '../../store/store.ts';
import { merge, putSingle } from '../../store/writes.ts';
import { asItem, bodyOf, type Input, readPatched } from '../body/input.ts';
import { patchFormats } from '../body/patches.ts';
import type { Action, Call } from '../call.ts';
import type { Outcome } from '../outcome.ts';
import { checkPreconditions } from './preconditions.ts';
import { write } from './write.ts';

type Single = Singleton | Value;

const stored = (call: Call, draft: Pick<Draft, 'shelf'>): Item =>
  draft.shelf((call.resource as Single).name).get(SINGLE)?.item as Item;

function show(call: Call, before: Item, fields?: Query['fields']): Outcome {
  const item = call.live.show(call.resource as Single, before);
  const seen = fields && isObject(item) ? project(item, fields) : item;
  return { ...call.live.dialect.item(seen, call), item };
}

/** It is asked as an item is: as the one of a collection without relations. */
const asCollection = (resource: Single, item: Item): Collection => ({
  kind: 'collection',
  name: resource.name,
  idField: '',
  idKind: 'text',
  fields: new Set(isObject(item) ? Object.keys(item) : []),
  dates: new Set(),
  decimals: new Set(),
  unique: [],
  settings: {},
  get shape() {
    return resource.shape;
  },
  ...('check' in resource ? { check: resource.check } : {}),
});

const read: Action = (call) => {
  const item = stored(call, call.shelves);
  if (call.query === '') return show(call, item);
  const seen = call.live.show(call.resource as Single, item);
  const { fields } = call.live.dialect.itemQuery(call, asCollection(call.resource as Single, seen));
  return show(call, item, fields);
};

const change = (call: Call, make: (before: Item) => Input, how: 'replaced' | 'changed' = 'changed') =>
  write(call, (inside, draft) => {
    const before = stored(call, draft);
    checkPreconditions(inside, before);
    const { item, writing } = make(before);
    return show(inside, putSingle(draft, call.resource as Single, item, writing, how));
  });

const replace: Action = async (call) => {
  const input = asItem(call, (await bodyOf(call)).value);
  return change(call, () => input, 'replaced');
};

/** The actions on a singleton. */
export const singletonActions = {
  read,
  replace,
  create: replace,
  async update(call) {
    const { mediaType, value } = await bodyOf(call);
    const patch = await patchFormats.get(mediaType)?.(value);
    if (patch) return change(call, (before) => readPatched(call, before, patch));
    const { item, writing } = asItem(call, value);
    const shape = writing.patch === 'deep' ? (call.resource as Singleton).check?.shape : undefined;
    return change(call, (before) => ({ item: merge(before, item, shape), writing }));
  },
} as const satisfies Partial<Record<ActionName, Action>>;

/** The actions on a plain value, such as an array of texts. */
export const valueActions = {
  read,
  async replace(call) {
    const { value } = await bodyOf(call);
    const { writes: writing } = call.live.dialect.conventions;
    return change(call, () => ({ item: value as Item, writing }), 'replaced');
  },
} as const satisfies Partial<Record<ActionName, Action>>;
