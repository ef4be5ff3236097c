import { isObject, type Json, type JsonObject } from '../../src/json/json.ts';

/** What a schema says of a value and of what is in it, without a `$ref` or an `allOf`. */
export interface Flat {
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly default: Json | undefined;
  readonly fields: ReadonlyMap<string, Flat>;
  readonly elements: Flat | undefined;
}

/** Finds what a `$ref` leads to. */
export type Find = (reference: string) => JsonObject;

/** Writes a schema out by hand; what is deeper than some levels is left out. */
export function flatten(schemas: readonly JsonObject[], find: Find, levels: number): Flat {
  const parts: JsonObject[] = [];
  const add = (schema: JsonObject) => {
    if (parts.includes(schema)) return;
    parts.push(schema);
    if (typeof schema.$ref === 'string') add(find(schema.$ref));
    for (const one of (schema.allOf ?? []) as JsonObject[]) add(one);
  };
  schemas.forEach(add);
  const properties = parts.flatMap((part) => (isObject(part.properties) ? [part.properties] : []));
  const inner = (found: readonly JsonObject[]) => flatten(found, find, levels - 1);
  const names = levels > 0 ? new Set(properties.flatMap(Object.keys)) : [];
  const items = levels > 0 ? parts.flatMap((part) => (isObject(part.items) ? [part.items] : [])) : [];
  return {
    readOnly: parts.some((part) => part.readOnly === true),
    writeOnly: parts.some((part) => part.writeOnly === true),
    default: parts.find((part) => part.default !== undefined)?.default,
    fields: new Map(
      [...names].map((name) => [
        name,
        inner(properties.flatMap((all) => (Object.hasOwn(all, name) ? [all[name] as JsonObject] : []))),
      ]),
    ),
    elements: items.length > 0 ? inner(items) : undefined,
  };
}

const entries = (value: JsonObject, change: (name: string, one: Json) => Json | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const changed = change(name, one);
      return changed === undefined ? [] : [[name, changed]];
    }),
  );

const elements = (value: readonly Json[], change: (one: Json) => Json | undefined): Json =>
  value.map(change).filter((one) => one !== undefined);

/** What clients see of a value. */
export function seen(value: Json, flat: Flat | undefined): Json {
  const show = (one: Json, inner: Flat | undefined) => (inner?.writeOnly ? undefined : seen(one, inner));
  if (Array.isArray(value)) return elements(value, (one) => show(one, flat?.elements));
  return isObject(value) ? entries(value, (name, one) => show(one, flat?.fields.get(name))) : value;
}

/** What of a value that is new is the client's to write. */
export function written(value: Json, flat: Flat | undefined): Json {
  if (Array.isArray(value))
    return elements(value, (one) => (flat?.elements?.readOnly ? undefined : written(one, flat?.elements)));
  if (!isObject(value)) return value;
  return entries(value, (name, one) => {
    const inner = flat?.fields.get(name);
    return inner?.readOnly || inner?.elements?.readOnly ? undefined : written(one, inner);
  });
}

/** A value with its defaults, inside what is there too. */
export function filled(value: Json, flat: Flat | undefined): Json {
  if (Array.isArray(value)) return value.map((one) => filled(one, flat?.elements));
  if (!isObject(value)) return value;
  const missing = [...(flat?.fields ?? [])].flatMap(([name, inner]) =>
    Object.hasOwn(value, name) || inner.default === undefined ? [] : [[name, inner.default]],
  );
  return {
    ...entries(value, (name, one) => filled(one, flat?.fields.get(name))),
    ...Object.fromEntries(missing),
  };
}
