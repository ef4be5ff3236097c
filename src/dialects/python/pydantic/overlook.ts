import { fromPointer, isMadeOf, isObject, type JsonObject, type Violation } from '../../../dialect/index.ts';
import { hasKind, type Kind, kindOf, resolve } from './kind.ts';

/** The keywords that a reading of each kind judges; all others are for the JSON Schema check. */
const judged: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  any: [],
  union: ['type', 'anyOf', 'oneOf'],
  model: ['type', 'required', 'additionalProperties'],
  dict: ['type'],
  list: ['type', 'minItems', 'maxItems', 'uniqueItems'],
};

const ofScalars: readonly string[] = [
  ...['type', 'enum', 'const', 'minLength', 'maxLength', 'pattern'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
];

function judges(schema: JsonObject, keyword: string): boolean {
  if (keyword === 'format') return hasKind(schema);
  return (judged[kindOf(schema)] ?? ofScalars).includes(keyword);
}

/** The schema that a reading follows to a place in a value; undefined where it does not go. */
function schemaAt(root: JsonObject, steps: readonly string[]): JsonObject | undefined {
  let schema: JsonObject | undefined = resolve(root);
  // A body is read as a model or as it is.
  if (kindOf(schema) !== 'model') return undefined;
  for (const step of steps) {
    const next: unknown = below(schema, step);
    if (!isObject(next)) return undefined;
    schema = resolve(next);
  }
  return schema;
}

function below(schema: JsonObject, step: string): unknown {
  const { properties, additionalProperties, items } = schema;
  if (kindOf(schema) === 'list') return items;
  return isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : additionalProperties;
}

/** Whether a reading of a schema has asked about the keyword of one of its parts. */
const asks = (node: JsonObject, part: JsonObject, keyword: string): boolean =>
  isMadeOf(node, part) &&
  (node[keyword] === part[keyword] || keyword === 'required') &&
  judges(node, keyword);

/** Whether the reading of the model has judged what a fault is about, in its own way. */
export function overlooks({ keyword, path, schema }: Violation, root: JsonObject): boolean {
  const steps = fromPointer(path);
  return [schemaAt(root, steps), schemaAt(root, steps.slice(0, -1))].some(
    (node) => node !== undefined && asks(node, schema as JsonObject, keyword),
  );
}
