import type { Source } from '../json/source.ts';
import { inferredShape, inferSchema, inferValue } from '../schema/infer.ts';
import { type Shape, shapeOf } from '../schema/shape.ts';
import type { Reading } from './reading.ts';

/** What a resource holds at the start. */
export interface Fixture {
  readonly source: Source;
  readonly reading: Reading;
}

/** Gives a resource its shape: that of its schema, else what its fixture suggests, read when it is first asked for. */
export function withShape<T extends object>(
  resource: T,
  known: Shape | undefined,
  fixture: Fixture | undefined,
  idField: string,
): T & { readonly shape: Shape } {
  let shape = known;
  const get = (): Shape => {
    shape ??= fixture ? suggested(fixture, idField) : shapeOf({});
    return shape;
  };
  return Object.defineProperty(resource, 'shape', { get, enumerable: true }) as T & { readonly shape: Shape };
}

function suggested({ source, reading }: Fixture, idField: string): Shape {
  const { kind, items, value } = reading;
  return inferredShape(source, kind === 'collection' ? inferSchema(items, idField) : inferValue(value));
}
