import { deepEqual, ok } from 'node:assert/strict';
import type { Answer } from './ask.ts';

/** An object has these fields, whatever else it has. */
export function holds(actual: unknown, part: Readonly<Record<string, unknown>>): void {
  const object = (actual ?? {}) as Readonly<Record<string, unknown>>;
  deepEqual(Object.fromEntries(Object.keys(part).map((name) => [name, object[name]])), part);
}

/** A text holds another. */
export const includes = (text: string | undefined, part: string): void =>
  ok(text?.includes(part), `expected '${part}' in ${text}`);

export const succeeds = ({ status, body }: Answer): void =>
  ok(status >= 200 && status < 300, `expected a status from 200 to 299, got ${status}: ${body}`);
