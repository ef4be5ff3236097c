import {
  fromPointer,
  type Item,
  isObject,
  type Json,
  type JsonObject,
  kindOf,
  setField,
} from '../../json/json.ts';
import { checkLevels } from '../../json/levels.ts';
import { Problem } from '../../problem.ts';

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

/** Where a pointer must lead for an operation (RFC 6902, 4): to something, or to where something can be put. */
const operations: Readonly<Record<string, readonly (readonly [member: 'path' | 'from', rule: Rule])[]>> = {
  add: [['path', canHold]],
  remove: [['path', holds]],
  replace: [['path', holds]],
  move: [
    ['from', holds],
    ['path', canHold],
  ],
  copy: [
    ['from', holds],
    ['path', canHold],
  ],
  test: [['path', holds]],
};

type Rule = (parent: unknown, token: string) => boolean;

const INDEX = /^(0|[1-9]\d*)$/;

function holds(parent: unknown, token: string): boolean {
  if (Array.isArray(parent)) return INDEX.test(token) && Number(token) < parent.length;
  return isObject(parent) && Object.hasOwn(parent, token);
}

function canHold(parent: unknown, token: string): boolean {
  if (!Array.isArray(parent)) return isObject(parent);
  return token === '-' || (INDEX.test(token) && Number(token) <= parent.length);
}

/** Own fields and indexes alone are followed. What the library ignores in a path is no way to anything. */
function leads(document: unknown, pointer: string, rule: Rule): boolean {
  const tokens = fromPointer(pointer);
  if (tokens.some((token) => ['__proto__', 'constructor', 'prototype'].includes(token))) return false;
  let at = document;
  for (const token of tokens.slice(0, -1)) {
    if (!holds(at, token)) return false;
    at = (at as JsonObject)[token];
  }
  return rule(at, tokens.at(-1) as string);
}

const isPointer = (value: unknown): value is string =>
  typeof value === 'string' && /^(\/([^~]|~[01])*)?$/.test(value);

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

function isOperation(one: unknown): boolean {
  if (!isObject(one)) return false;
  const { op, path, from } = one;
  if (typeof op !== 'string' || !Object.hasOwn(operations, op) || !isPointer(path)) return false;
  const needsValue = op === 'add' || op === 'replace' || op === 'test';
  return needsValue ? Object.hasOwn(one, 'value') : op === 'remove' || isPointer(from);
}

/** RFC 6902. A `test` that fails is a conflict; every other operation that cannot be done is a bad body. */
async function jsonPatch(value: unknown): Promise<Patch> {
  const bad = Array.isArray(value) ? value.findIndex((one) => !isOperation(one)) : 0;
  if (!Array.isArray(value) || bad !== -1) {
    const came = Array.isArray(value) ? JSON.stringify(value[bad]).slice(0, 100) : kindOf(value);
    throw new Problem('bad-body', `expected a JSON Patch: an array of {op, path}, got ${came}`, {
      hint: `op is one of ${Object.keys(operations).join(', ')}, and takes what RFC 6902 says.`,
    });
  }
  const { applyPatch } = await import('rfc6902');
  return (before) => {
    // One level deeper, so that the whole item has a place too.
    const document: { '': unknown } = { '': structuredClone(before) };
    let left = MAX_COPIED;
    for (const [at, { op, path, from, ...rest }] of (value as Operation[]).entries()) {
      const wrapped = { ...rest, op, path: `/${path}`, from: `/${from ?? ''}` };
      const cannot = operations[op]?.find(([member, rule]) => !leads(document, wrapped[member], rule));
      if (!cannot) left -= takenAlong(document, wrapped, left);
      const failed = cannot === undefined && applyPatch(document, [wrapped as never])[0];
      if (op === 'test' && (cannot || failed))
        throw new Problem('test-failed', `operation ${at} of the patch: the test of '${path}' failed`);
      if (cannot || failed)
        throw new Problem('bad-body', `operation ${at} of the patch: cannot ${op} '${path}'`);
    }
    return asObject(document['']);
  };
}

/** What `copy` and `move` of one patch may take along, in characters of JSON: doubling ends somewhere. */
const MAX_COPIED = 10_000_000;

/** How much an operation copies or moves, once it is known that there is room for it where it goes. */
function takenAlong(
  document: { '': unknown },
  { op, path, from = '', value }: Operation,
  left: number,
): number {
  const hasSource = op === 'copy' || op === 'move';
  const taken = hasSource ? valueAt(document, from) : value;
  if (op !== 'remove') checkLevels(taken, fromPointer(path).slice(1));
  const size = hasSource ? JSON.stringify(taken).length : 0;
  if (size <= left) return size;
  throw new Problem('too-much', `a patch may copy and move ${MAX_COPIED} characters of JSON`, {
    hint: 'Send what it makes as a replacement.',
  });
}

const valueAt = (document: unknown, pointer: string): unknown =>
  fromPointer(pointer).reduce((at, token) => (at as Record<string, unknown>)[token], document);

function asObject(value: unknown): Item {
  if (isObject(value)) return value;
  throw new Problem('bad-body', `the patch leaves ${value === undefined ? 'nothing' : kindOf(value)}`, {
    hint: 'An item is a JSON object.',
  });
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
