import { type Item, isObject, type Json, kindOf, setField } from '../model/json.ts';
import { Problem } from '../problem.ts';

/** Makes the item that a patch asks for out of the one there is. */
export type Patch = (before: Item) => Item;

/** RFC 7396: null deletes a field, an object is merged, anything else replaces. */
export function mergePatch(before: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = {};
  const old = isObject(before) ? before : {};
  for (const [field, value] of Object.entries(old))
    if (!Object.hasOwn(patch, field)) setField(merged, field, value);
    else if (patch[field] !== null) setField(merged, field, mergePatch(value, patch[field] as Json));
  for (const [field, value] of Object.entries(patch)) {
    if (!Object.hasOwn(old, field) && value !== null) setField(merged, field, mergePatch(undefined, value));
  }
  return merged;
}

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** RFC 6902. A `test` that fails is a conflict; every other operation that cannot be done is a bad body. */
async function jsonPatch(value: unknown): Promise<Patch> {
  if (
    !Array.isArray(value) ||
    !value.every(
      (one) => isObject(one) && OPERATIONS.includes(String(one.op)) && typeof one.path === 'string',
    )
  ) {
    throw new Problem('bad-body', `expected a JSON Patch: an array of {op, path}, got ${kindOf(value)}`, {
      hint: `op is one of ${OPERATIONS.join(', ')} (RFC 6902).`,
    });
  }
  const { applyPatch } = await import('rfc6902');
  return (before) => {
    const item = structuredClone(before);
    const results = applyPatch(item, value);
    const at = results.findIndex((result) => result !== null);
    if (at === -1) return item;
    const { op, path } = value[at];
    const failed = results[at];
    if (failed?.name === 'TestError')
      throw new Problem('test-failed', `operation ${at} of the patch: the test of ${path} failed`);
    throw new Problem('bad-body', `operation ${at} of the patch: cannot ${op} ${path}: ${failed?.message}`);
  };
}

async function merging(value: unknown): Promise<Patch> {
  if (!isObject(value))
    throw new Problem('bad-body', `expected a JSON object in the body, got ${kindOf(value)}`);
  return (before) => mergePatch(before, value) as Item;
}

/** The formats of a PATCH besides plain JSON, by media type. */
export const patchFormats: ReadonlyMap<string, (value: unknown) => Promise<Patch>> = new Map([
  ['application/merge-patch+json', merging],
  ['application/json-patch+json', jsonPatch],
]);
