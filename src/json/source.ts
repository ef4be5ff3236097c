import type { Place } from '../problem.ts';

/** A value under a name, and the place it came from. */
export interface Source {
  readonly name: string;
  readonly value: unknown;
  /** How messages name the origin: a file's path, or `data` for data passed in code. */
  readonly file: string;
  /** Where a part of the value stands in its file, as exactly as the format tells. */
  locate(path: readonly (string | number)[]): Place;
}

export interface SchemaSource extends Source {
  /** An absolute URI, so that `$ref` between schema files works. */
  readonly uri: string;
  /** No schema that somebody wrote: it says what the items have. */
  readonly inferred?: boolean;
}

/** What the sources say, before anyone makes sense of it. */
export interface Data {
  readonly resources: ReadonlyMap<string, Source>;
  readonly schemas: ReadonlyMap<string, SchemaSource>;
  /** Files that schemas refer to, and that are no schema of a resource. */
  readonly referenced?: readonly SchemaSource[];
}
