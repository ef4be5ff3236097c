import type { ActionName, Reply } from '../../dialect/dialect.ts';
import { type Item, isObject } from '../../json/json.ts';
import type { Collection, Singleton, Value } from '../../model/model.ts';
import { project } from '../../query/fields.ts';
import { SINGLE } from '../../store/base.ts';
import type { Draft } from '../../store/store.ts';
import { merge, putSingle } from '../../store/writes.ts';
import { asItem, bodyOf, readPatched } from '../body/input.ts';
import { type Patch, patchFormats } from '../body/patches.ts';
import type { Call } from '../call.ts';
import { checkPreconditions } from '../stages/conditions.ts';
import type { Action } from './actions.ts';
import { write } from './write.ts';

type Single = Singleton | Value;

const stored = (call: Call, draft: Pick<Draft, 'shelf'>): Item =>
  draft.shelf((call.resource as Single).name).get(SINGLE)?.item as Item;

function show(call: Call, item: Item): Reply {
  call.item = call.live.show(call.resource as Single, item);
  return call.live.dialect.item(call.item, call);
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
  ...('check' in resource ? { check: resource.check } : {}),
});

const read: Action = (call) => {
  const item = stored(call, call.shelves);
  if (call.query === '') return show(call, item);
  const { dialect } = call.live;
  call.item = call.live.show(call.resource as Single, item);
  const { fields } = dialect.itemQuery(call, asCollection(call.resource as Single, call.item));
  return dialect.item(fields && isObject(call.item) ? project(call.item, fields) : call.item, call);
};

const change = (call: Call, make: Patch, how: 'replaced' | 'changed' = 'changed'): Promise<Reply> =>
  write(call, (draft) => {
    const before = stored(call, draft);
    checkPreconditions(call, before);
    return show(call, putSingle(draft, call.resource as Single, make(before), call.writing, how));
  });

const replace: Action = async (call) => {
  const body = asItem(call, (await bodyOf(call)).value);
  return change(call, () => body, 'replaced');
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
    const body = asItem(call, value);
    const shape = (call.resource as Singleton).check?.shape;
    return change(call, (before) => merge(before, body, call.writing.patch === 'deep' ? shape : undefined));
  },
} as const satisfies Partial<Record<ActionName, Action>>;

/** The actions on a plain value, such as an array of texts. */
export const valueActions = {
  read,
  async replace(call) {
    const { value } = await bodyOf(call);
    return change(call, () => value as Item, 'replaced');
  },
} as const satisfies Partial<Record<ActionName, Action>>;
