import { type Item, isObject, type Json, type JsonObject, setField } from '../json/json.ts';
import type { SchemaSource, Source } from '../json/source.ts';
import { Documents } from './documents.ts';
import { type Shape, shapeOf } from './shape.ts';

/** The schema that the existing items suggest: their types, and as required what every one of them has. */
export function inferSchema(items: readonly Item[], idField: string): JsonObject {
  const { required, ...schema } = describe(items);
  const others = (required as string[]).filter((field) => field !== idField);
  return { ...schema, required: others, additionalProperties: false };
}

const typeOf = (value: Json): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'integer'
          : 'number'
        : typeof value;

function describe(objects: readonly JsonObject[]): JsonObject {
  const values = new Map<string, Json[]>();
  for (const object of objects) {
    for (const [field, value] of Object.entries(object)) {
      const seen = values.get(field);
      if (seen) seen.push(value as Json);
      else values.set(field, [value as Json]);
    }
  }
  const properties = {};
  const required: string[] = [];
  for (const [field, seen] of values) {
    setField(properties, field, union(seen));
    if (seen.length === objects.length) required.push(field);
  }
  return { type: 'object', properties, required };
}

function union(values: readonly Json[]): JsonObject {
  const types = new Set(values.map(typeOf));
  if (types.has('number')) types.delete('integer');
  // Whole numbers in a few items do not say that the field takes no other.
  if (types.delete('integer')) types.add('number');
  // A field that is null everywhere has not shown its type yet.
  if (types.size === 1 && types.has('null')) return {};
  const objects = values.filter(isObject);
  const elements = values.filter((value): value is readonly Json[] => Array.isArray(value)).flat();
  return {
    ...(types.size === 0 ? {} : { type: types.size === 1 ? ([...types][0] as string) : [...types] }),
    ...(objects.length > 0 ? describe(objects) : {}),
    ...(types.size > 1 ? { type: [...types] } : {}),
    ...(elements.length > 0 ? { items: union(elements) } : {}),
  };
}

/** The schema that a value suggests which is served as it is. */
export const inferValue = (value: unknown): JsonObject => union([value as Json]);

/** A schema that was read off items stands in their file. */
export const asSource = (source: Source, value: JsonObject): SchemaSource => ({
  ...source,
  value,
  uri: `standin:inferred/${encodeURIComponent(source.name)}`,
  inferred: true,
  locate: () => source.locate([]),
});

/** The shape that was read off items. */
export const inferredShape = (source: Source, value: JsonObject): Shape =>
  shapeOf(new Documents([asSource(source, value)]).all[0]?.schema ?? value);
