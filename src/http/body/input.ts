import type { ActionName } from '../../dialect/dialect.ts';
import { type Item, isObject, kindOf } from '../../json/json.ts';
import { checkLevels } from '../../json/levels.ts';
import type { Resource } from '../../model/model.ts';
import { Problem, type Violation } from '../../problem.ts';
import { withReadOnly } from '../../schema/access.ts';
import type { Writing } from '../../store/writes.ts';
import type { Call } from '../call.ts';
import { type Body, readBody } from './body.ts';
import { type Patch, patchFormats } from './patches.ts';

/** What a client sent for an item. */
export interface Input {
  readonly item: Item;
  readonly writing: Writing;
}

/** What a client sent. The request starts again where the model changed while it was read. */
export async function sentBody(call: Call): Promise<Body> {
  const { dialect, settings } = call.live;
  const body = await readBody(call.ctx, dialect.conventions.bodies, settings.bodyLimit);
  call.checkCurrent();
  call.body = body.value;
  return body;
}

/** The body of a write, out of its envelope. */
export async function bodyOf(call: Call): Promise<Body> {
  const { dialect } = call.live;
  const body = await sentBody(call);
  if (!dialect.readBody || patchFormats.has(body.mediaType)) return body;
  return { ...body, value: unwrapped(body.value, dialect.readBody, call) };
}

/** Each object that was sent, as the dialect reads it. What is none is left for a refusal. */
function unwrapped(value: unknown, read: (body: Item, asked: Call) => unknown, call: Call): unknown {
  if (Array.isArray(value)) return value.map((one) => (isObject(one) ? read(one, call) : one));
  return isObject(value) ? read(value, call) : value;
}

/** What a patch makes of an item, read by the dialect like any body that replaces it. */
export function readPatched(call: Call, before: Item, patch: Patch): Input {
  const { dialect } = call.live;
  const patched = patch(before);
  if (!dialect.coerce) return { item: patched, writing: dialect.conventions.writes };
  const written = writable(patched, call.resource);
  call.body = written;
  const read = asItem(call, written, 'replace');
  if (call.resource?.kind !== 'collection') return read;
  // The id is no client's to change; put back, it stands where it stood.
  const { idField } = call.resource;
  const isFirst = Object.keys(before)[0] === idField;
  if (!isFirst || Object.hasOwn(read.item, idField)) return read;
  return { ...read, item: { [idField]: before[idField] as string, ...read.item } };
}

/** Less what was in the item before and no client writes: the server's own id, and readOnly fields. */
function writable(item: Item, resource: Resource | undefined): Item {
  if (!resource || resource.kind === 'value' || !resource.check) return item;
  const { shape } = resource.check;
  const input = withReadOnly(item, undefined, shape);
  if (resource.kind === 'singleton' || shape.names.has(resource.idField)) return input;
  const { [resource.idField]: _, ...rest } = input;
  return rest;
}

/** An object, as the dialect makes it fit its shape, and how it is written with the faults that the dialect found in it. */
export function asItem(call: Call, value: unknown, action: ActionName = call.action): Input {
  const { dialect } = call.live;
  checkLevels(value);
  const body = isObject(value) ? value : dialect.wrap?.(value, call);
  if (!isObject(body)) {
    throw new Problem('bad-body', `expected a JSON object in the body, got ${kindOf(value)}`, { value });
  }
  const { writes } = dialect.conventions;
  if (!dialect.coerce) return { item: body, writing: writes };
  const shape = call.resource && call.resource.kind !== 'value' ? call.resource.check?.shape : undefined;
  const faults: Violation[] = [];
  const report = (fault: Violation) => void faults.push(fault);
  const item = dialect.coerce(body, shape, action, call.with({ report }));
  return { item, writing: faults.length > 0 ? { ...writes, faults } : writes };
}
