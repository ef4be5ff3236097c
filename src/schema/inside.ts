import { isObject, type JsonObject } from '../json/json.ts';
import { remember } from '../remember.ts';
import { compile } from './pattern.ts';

const patterns = new WeakMap<JsonObject, readonly (readonly [RegExp, unknown])[]>();

const patternsOf = (part: JsonObject): readonly (readonly [RegExp, unknown])[] =>
  isObject(part.patternProperties)
    ? remember(patterns, part, () =>
        Object.entries(part.patternProperties as JsonObject).map(([source, schema]) => [
          compile(source),
          schema,
        ]),
      )
    : [];

/** The names of the fields that a schema describes one by one. */
export const namesIn = ({ properties }: JsonObject): string[] =>
  isObject(properties) ? Object.keys(properties) : [];

/** Whether a schema has a pattern for fields of such a name. */
export const hasPattern = (part: JsonObject, name: string): boolean =>
  patternsOf(part).some(([pattern]) => pattern.test(name));

/** What a schema says of a field: under its name, by a pattern, or of fields without a name. */
export function ofField(part: JsonObject, name: string): readonly JsonObject[] {
  const { properties, additionalProperties, unevaluatedProperties } = part;
  const named = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
  const matching = patternsOf(part).filter(([pattern]) => pattern.test(name));
  const found = [...named, ...matching.map(([, schema]) => schema)];
  return (found.length > 0 ? found : [additionalProperties ?? unevaluatedProperties]).filter(isObject);
}

/** What a schema says of the element at a place in a list; without a place, of any. */
export function ofElement(part: JsonObject, place?: number): readonly JsonObject[] {
  const { items, prefixItems, additionalItems } = part;
  const first: readonly unknown[] = Array.isArray(prefixItems)
    ? prefixItems
    : Array.isArray(items)
      ? items
      : [];
  const rest = first === items ? additionalItems : items;
  const found = place === undefined ? [...first, rest] : [place < first.length ? first[place] : rest];
  return found.filter(isObject);
}

/** Whether a schema names a field in any way. */
export const isNamed = (schema: JsonObject, name: string): boolean =>
  (isObject(schema.properties) && Object.hasOwn(schema.properties, name)) ||
  (Array.isArray(schema.required) && schema.required.includes(name)) ||
  hasPattern(schema, name);
