import type { Collection, Model, Resource } from '../model/model.ts';
import { remember } from '../remember.ts';
import type { ActionName, Asked, Dialect, DialectParameter, Names } from './dialect.ts';
import { isPath, pathNames } from './known.ts';
import { findParameter, parameterTable } from './match.ts';

const NONE: readonly DialectParameter[] = [];

type Made = Map<string, readonly DialectParameter[]>;
const made = new WeakMap<Dialect, WeakMap<Model, Made>>();

/** The rows of an action on a resource, made once for each model. */
export function parametersOf(
  dialect: Dialect,
  resource: Resource | undefined,
  action: ActionName,
  model: Model,
): readonly DialectParameter[] {
  if (!dialect.parameters) return NONE;
  const ofDialect = remember(made, dialect, () => new WeakMap<Model, Made>());
  const ofModel = remember(ofDialect, model, (): Made => new Map());
  const key = `${action} ${resource?.name ?? ''}`;
  return remember(ofModel, key, () => dialect.parameters?.(resource, action, model) ?? NONE);
}

/** The names that rows understand; one of a family counts as long as the field in it leads somewhere. */
export function understoodNames(rows: readonly DialectParameter[], asked: Asked): Names {
  const table = parameterTable(rows);
  const { plain, families } = table;
  const { resource, shelves } = asked;
  const collection = resource?.kind === 'collection' && families.length > 0 ? resource : undefined;
  const hasField = (name: string): boolean => {
    const field = collection && findParameter(name, [], table, { asked, collection })?.field;
    return field !== undefined && isPath(shelves, collection as Collection, field);
  };
  return {
    has: (name) => plain.has(name) || hasField(name),
    [Symbol.iterator]: () =>
      [...(collection ? pathNames(shelves, collection) : []), ...plain.keys()].values(),
  };
}
