export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };
/** One JSON object of a collection, or the object of a singleton. Never changed in place: a write replaces it. */
export type Item = JsonObject;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `null`, `array`, `object`, `text`, `number`, `boolean`: how messages name what came. */
export const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : typeof value === 'object'
        ? 'an object'
        : typeof value === 'string'
          ? 'text'
          : `a ${typeof value}`;

/** Deep equality of JSON values. The order of keys counts only where `ordered` says so: it shows in the text. */
export function sameJson(a: unknown, b: unknown, ordered = false): boolean {
  // Nought is nought, whatever its sign, which JSON does not write.
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, i) => sameJson(value, b[i], ordered));
  }
  if (Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  if (keys.length !== others.length) return false;
  const [left, right] = [a as JsonObject, b as JsonObject];
  return keys.every(
    (key, i) =>
      (ordered ? others[i] === key : Object.hasOwn(right, key)) && sameJson(left[key], right[key], ordered),
  );
}

/** What a field holds, whatever its name is: every object inherits a `constructor`. */
export const ownField = (object: Item, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** The value with one own field set; `__proto__` is a field like any other, never the prototype. */
export function setField<T extends object>(target: T, key: string, value: unknown): T {
  if (key !== '__proto__') (target as Record<string, unknown>)[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  return target;
}

/** RFC 6901: the pointer of a path of keys and indexes. */
export const toPointer = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const fromPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
