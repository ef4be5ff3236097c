import { type Item, isObject, kindOf } from '../model/json.ts';
import { Problem } from '../problem.ts';
import { type Body, readBody } from './body.ts';
import type { Call } from './call.ts';

/** The body of a write. The request starts again where the model changed while it was read. */
export async function bodyOf(call: Call): Promise<Body> {
  const { dialect, settings } = call.live;
  const body = await readBody(call.ctx, dialect.rules, settings.bodyLimit);
  call.checkCurrent();
  call.body = body.value;
  return body;
}

/** An object, as the dialect makes it fit the schema. */
export function asItem(call: Call, value: unknown): Item {
  const { dialect } = call.live;
  const body = isObject(value) ? value : dialect.wrap?.(value, call);
  if (!isObject(body)) {
    throw new Problem('bad-body', `expected a JSON object in the body, got ${kindOf(value)}`, { value });
  }
  const schema = call.resource && call.resource.kind !== 'value' ? call.resource.check?.schema : undefined;
  return dialect.coerce ? dialect.coerce(body, schema, call.action, call) : body;
}

export const itemBody = async (call: Call): Promise<Item> => asItem(call, (await bodyOf(call)).value);
