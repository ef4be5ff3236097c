import { fromPointer, type Shape, type Violation } from '../../../dialect/index.ts';
import { hasKind, type Kind, kindOf } from './kind.ts';

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

function judges(shape: Shape, keyword: string): boolean {
  if (keyword === 'format') return hasKind(shape);
  // A choice between one form and null was read as that form.
  if ((keyword === 'anyOf' || keyword === 'oneOf') && shape.alternatives.length === 0) return true;
  return (judged[kindOf(shape)] ?? ofScalars).includes(keyword);
}

/** The shape that a reading follows to a place in a value; undefined where it does not go. */
function shapeAt(root: Shape, steps: readonly string[]): Shape | undefined {
  // A body is read as a model or as it is.
  let shape = kindOf(root) === 'model' ? root : undefined;
  for (const step of steps) shape = shape && below(shape, step);
  return shape;
}

function below(shape: Shape, step: string): Shape | undefined {
  if (kindOf(shape) === 'list') return shape.element(Number(step));
  const { others } = shape;
  return shape.fields.get(step) ?? (typeof others === 'object' ? others : undefined);
}

/** Whether a reading of a shape has asked about the keyword of one of its schemas. */
const asks = (shape: Shape, { schema, keyword }: Violation): boolean =>
  shape.holds(schema) &&
  (shape.says(keyword) === schema[keyword] || keyword === 'required') &&
  judges(shape, keyword);

/** Whether the reading of the model has judged what a fault is about, in its own way. */
export function overlooks(violation: Violation, root: Shape): boolean {
  const steps = fromPointer(violation.path);
  return [shapeAt(root, steps), shapeAt(root, steps.slice(0, -1))].some(
    (shape) => shape !== undefined && asks(shape, violation),
  );
}
