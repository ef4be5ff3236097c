import { isObject, type Json, type JsonObject, setField } from '../json/json.ts';
import { remember } from '../remember.ts';
import { follow } from './parts.ts';

const resolutions = new WeakMap<JsonObject, JsonObject>();
/** The schemas that one was put together from. */
const sources = new WeakMap<JsonObject, readonly JsonObject[]>();

/**
 * A schema with what its `$ref` and `allOf` lead to, as one without either. It is the schema that they lead to where
 * nothing else says anything.
 */
export function resolved(schema: JsonObject): JsonObject {
  if (schema.allOf === undefined && schema.$ref === undefined && !follow(schema)) return schema;
  return remember(resolutions, schema, () => {
    const parts = partsOf(schema, new Set()).filter((part) => Object.keys(wordsOf(part)).length > 0);
    const [only] = parts;
    if (only && parts.length === 1 && only.allOf === undefined && only.$ref === undefined) return only;
    const merged = parts.map(wordsOf).reduceRight(merge, {});
    sources.set(merged, parts);
    return merged;
  });
}

/** Whether a schema is another, or that is a part of it. */
export const isMadeOf = (schema: JsonObject, part: object): boolean =>
  schema === part || (sources.get(schema)?.some((one) => one === part) ?? false);

/** The schemas that hold together, the nearest first. */
function partsOf(schema: JsonObject, seen: Set<JsonObject>): JsonObject[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const target = follow(schema);
  const all = Array.isArray(schema.allOf) ? schema.allOf.filter(isObject) : [];
  return [schema, ...[...(target ? [target] : []), ...all].flatMap((part) => partsOf(part, seen))];
}

/** What a schema says itself, of values. */
function wordsOf({ $ref, allOf, $id, $defs, definitions, $comment, ...words }: JsonObject): JsonObject {
  return words;
}

/** Both schemas hold; where they cannot be one keyword, the nearer one counts. */
function merge(far: JsonObject, near: JsonObject): JsonObject {
  const merged: JsonObject = { ...far, ...near };
  const set = (keyword: string, value: Json | undefined) =>
    value !== undefined && setField(merged, keyword, value);
  set('properties', mergeFields(far.properties, near.properties));
  set('patternProperties', mergeFields(far.patternProperties, near.patternProperties));
  if (isObject(far.items) && isObject(near.items)) set('items', both(far.items, near.items));
  if (Array.isArray(far.required) && Array.isArray(near.required))
    set('required', [...new Set([...far.required, ...near.required])]);
  for (const flag of ['readOnly', 'writeOnly']) if (far[flag] === true) set(flag, true);
  return merged;
}

const both = (far: JsonObject, near: JsonObject): JsonObject => ({ allOf: [near, far] });

/** Fields in the order of the farther schema: what is added to it comes after. */
function mergeFields(far: Json | undefined, near: Json | undefined): Json | undefined {
  if (!isObject(far) || !isObject(near)) return undefined;
  const fields: JsonObject = { ...far };
  for (const [name, schema] of Object.entries(near)) {
    const other = Object.hasOwn(far, name) ? far[name] : undefined;
    setField(fields, name, isObject(other) && isObject(schema) ? both(other, schema) : schema);
  }
  return fields;
}
