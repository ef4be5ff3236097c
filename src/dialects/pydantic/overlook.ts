import { fromPointer, isObject, type JsonObject } from '../../model/json.ts';
import type { Violation } from '../../problem.ts';
import { kindOf, resolve } from './kind.ts';

/** The keywords that the model's own reading judges. */
const JUDGED = new Set([
  ...['type', 'format', 'enum', 'const', 'anyOf', 'oneOf', 'required', 'additionalProperties'],
  ...['minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
]);

/** The schema that a reading follows to a place in a value; undefined where it does not go. */
function schemaAt(root: JsonObject, steps: readonly string[]): JsonObject | undefined {
  let schema: JsonObject | undefined = resolve(root, root);
  for (const step of steps) {
    const next: unknown = below(schema, step);
    if (!isObject(next)) return undefined;
    schema = resolve(root, next);
  }
  return schema;
}

function below(schema: JsonObject, step: string): unknown {
  const { properties, additionalProperties, items } = schema;
  if (kindOf(schema) === 'list') return items;
  return isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
}

/** The root schema is compiled as a copy; what it holds is not. */
const same = (a: JsonObject | undefined, b: object): boolean =>
  a === b || (isObject(a?.properties) && a.properties === (b as JsonObject).properties);

/** Whether the reading of the model has judged what a fault is about, in its own way. */
export function overlooks({ keyword, path, schema }: Violation, root: JsonObject): boolean {
  if (!JUDGED.has(keyword)) return false;
  const steps = fromPointer(path);
  return same(schemaAt(root, steps), schema) || same(schemaAt(root, steps.slice(0, -1)), schema);
}
