import type { ActionName, Reply } from '../dialects/dialect.ts';
import type { Item } from '../model/json.ts';
import type { Singleton, Value } from '../model/model.ts';
import { SINGLE } from '../store/base.ts';
import type { Draft } from '../store/store.ts';
import { merge, putSingle } from '../store/writes.ts';
import type { Action } from './actions.ts';
import type { Call } from './call.ts';
import { checkPreconditions } from './conditions.ts';
import { asItem, bodyOf, readPatched } from './input.ts';
import { type Patch, patchFormats } from './patches.ts';
import { write } from './write.ts';

type Single = Singleton | Value;

const stored = (call: Call, draft: Pick<Draft, 'shelf'>): Item =>
  draft.shelf((call.resource as Single).name).get(SINGLE)?.item as Item;

function show(call: Call, item: Item): Reply {
  call.item = call.live.show(call.resource as Single, item);
  return call.live.dialect.item(call.item, call);
}

const read: Action = (call) => show(call, stored(call, call.shelves));

const change = (call: Call, make: Patch): Promise<Reply> =>
  write(call, (draft) => {
    const before = stored(call, draft);
    checkPreconditions(call, before);
    return show(call, putSingle(draft, call.resource as Single, make(before), call.rules));
  });

const replace: Action = async (call) => {
  const body = asItem(call, (await bodyOf(call)).value);
  return change(call, () => body);
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
    const schema = (call.resource as Singleton).check?.schema;
    return change(call, (before) => merge(before, body, call.rules.patch === 'deep' ? schema : undefined));
  },
} as const satisfies Partial<Record<ActionName, Action>>;

/** The actions on a plain value, such as an array of texts. */
export const valueActions = {
  read,
  async replace(call) {
    const { value } = await bodyOf(call);
    return change(call, () => value as Item);
  },
} as const satisfies Partial<Record<ActionName, Action>>;
