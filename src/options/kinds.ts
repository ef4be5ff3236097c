import { readOrigin } from './origin.ts';
import type { Kind } from './row.ts';

/** One kind of value: what to call it, and how to know it. */
interface KindRow {
  readonly wanted: string;
  readonly ok: (value: unknown) => boolean;
  /** What to do about a value that is something else. */
  readonly hint?: (value: unknown) => string | undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** An object of keys and values: no list, no Map, no Date and no promise, of which nothing would be read. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && /^\[object (Object|Module)\]$/.test(Object.prototype.toString.call(value));

const express = (value: unknown): string | undefined =>
  typeof value === 'function'
    ? 'A function of Express, (req, res, next), does not run here: write (ctx, next) => …, or wrap it with koa-connect.'
    : undefined;

export const kinds: Readonly<Record<Kind, KindRow>> = {
  text: { wanted: 'text', ok: isText },
  number: { wanted: 'a whole number', ok: Number.isInteger },
  endless: { wanted: 'Infinity', ok: (value) => value === Number.POSITIVE_INFINITY },
  flag: { wanted: 'true or false', ok: (value) => typeof value === 'boolean' },
  texts: {
    wanted: 'a list of texts',
    ok: (value) => Array.isArray(value) && value.every((one) => isText(one) && one !== ''),
  },
  origins: {
    wanted: 'a list of origins such as https://app.example:8080, without paths and without *',
    ok: (value) => Array.isArray(value) && value.every((one) => isText(one) && readOrigin(one)),
  },
  object: { wanted: 'an object', ok: isPlain },
  map: { wanted: 'a Map', ok: (value) => value instanceof Map },
  list: { wanted: 'a list', ok: Array.isArray },
  function: { wanted: 'a function', ok: (value) => typeof value === 'function' },
  middleware: {
    wanted: 'Koa middleware, a function (ctx, next)',
    ok: (value) => typeof value === 'function' && value.length <= 2,
    hint: express,
  },
  null: { wanted: 'null', ok: (value) => value === null },
  any: { wanted: 'a value', ok: () => true },
};

const LONGEST = 100;

/** A value as a message quotes it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') {
    const name = value.name === '' ? 'a function' : `the function '${value.name}'`;
    return `${name} of ${value.length} parameter${value.length === 1 ? '' : 's'}`;
  }
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (typeof value === 'object' && value !== null && !/^(Object|Array)$/.test(tag)) return `a ${tag}`;
  const text = asText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function asText(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return 'an object';
  }
}
