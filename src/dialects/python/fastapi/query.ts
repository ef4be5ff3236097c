import {
  type Asked,
  type Collection,
  type Condition,
  type JsonObject,
  meanings,
  type OperatorName,
  Problem,
  type Query,
  readParams,
  type Scalar,
  type Violation,
  type Window,
} from '../../../dialect/index.ts';
import { Fault } from '../pydantic/fault.ts';
import { fieldOf, kindOf } from '../pydantic/kind.ts';
import { isScalarKind, readScalar } from '../pydantic/model.ts';
import type { Version } from '../pydantic/version.ts';

interface Lookup {
  readonly op: OperatorName;
  /** What an application would call its parameter. */
  readonly param: (field: string) => string;
}

/** The lookups that `filters` in the config may list. */
export const lookups: Readonly<Record<string, Lookup>> = {
  exact: { op: 'eq', param: (field) => field },
  gte: { op: 'gte', param: (field) => `min_${field}` },
  lte: { op: 'lte', param: (field) => `max_${field}` },
  gt: { op: 'gt', param: (field) => `${field}_gt` },
  lt: { op: 'lt', param: (field) => `${field}_lt` },
};

const DEFAULT_LIMIT = 100;

/** Reads the parameters that the config declares; FastAPI ignores all others. Each is read like a field. */
export function readQuery(version: Version, asked: Asked, collection: Collection): Query {
  // Of a parameter that is repeated the last one counts.
  const params = new Map(readParams(asked.query));
  const faults: Violation[] = [];

  const read = (name: string, schema: JsonObject): unknown => {
    const text = params.get(name);
    const kind = kindOf(schema);
    if (text === undefined || !isScalarKind(kind)) return text;
    const found = readScalar(version, kind, text, schema);
    if (!(found instanceof Fault)) return found;
    faults.push({
      in: 'query',
      path: `/${name}`,
      keyword: found.rule,
      params: found.params,
      value: text,
      schema,
      message: `${name} breaks ${found.rule}`,
    });
    return undefined;
  };

  const all = conditions(collection, (name, schema) => (params.has(name) ? read(name, schema) : undefined));
  const window = windowOf(collection, read);
  if (faults.length > 0)
    throw new Problem('invalid', faults.map(({ message }) => message).join('; '), {
      violations: [...asked.faults, ...faults],
    });
  return { ...(all.length > 0 ? { where: { all } } : {}), ...(window ? { window } : {}) };
}

type Read = (name: string, schema: JsonObject) => unknown;

/** The filters of the config: a field, with the lookups that it has. */
function listed({ settings }: Collection): [string, readonly string[]][] {
  const { filters = [] } = settings;
  return Array.isArray(filters) ? filters.map((field) => [field, ['exact']]) : Object.entries(filters);
}

const isPaged = ({ settings }: Collection): boolean => settings.pagination === 'skip-limit';

/** The parameters that an application with these settings would declare: all of them for lists. */
export function understands({ action, resource }: Asked): ReadonlySet<string> {
  if (resource?.kind !== 'collection' || action !== 'list') return new Set();
  const filters = listed(resource).flatMap(([field, names]) =>
    names.flatMap((name) => (Object.hasOwn(lookups, name) ? (lookups[name] as Lookup).param(field) : [])),
  );
  return new Set([...filters, ...(isPaged(resource) ? ['skip', 'limit'] : [])]);
}

function conditions(collection: Collection, read: Read): Condition[] {
  const { check } = collection;
  const found: Condition[] = [];
  for (const [path, names] of listed(collection)) {
    const schema = fieldOf(check?.schema, path) ?? {};
    for (const name of names) {
      const lookup = Object.hasOwn(lookups, name) ? lookups[name] : undefined;
      const value = lookup && read(lookup.param(path), unlimited(schema));
      if (!lookup || value === undefined) continue;
      const values =
        typeof value === 'string' && !isScalarKind(kindOf(schema)) ? meanings(value) : [value as Scalar];
      found.push({ path, op: lookup.op, values });
    }
  }
  return found;
}

/** A filter has the type of its field, not its limits: `min_age=5` asks for nothing wrong. */
const unlimited = ({ type, format, enum: values, ...rest }: JsonObject): JsonObject => ({
  ...(type === undefined ? {} : { type }),
  ...(format === undefined ? {} : { format }),
  ...(values === undefined ? {} : { enum: values }),
  ...('x-python' in rest ? { 'x-python': rest['x-python'] as string } : {}),
});

function windowOf(collection: Collection, read: Read): Window | undefined {
  if (!isPaged(collection)) return undefined;
  const { settings } = collection;
  const most = settings.maxPageSize;
  const offset = read('skip', { type: 'integer', minimum: 0 });
  const limit = read('limit', {
    type: 'integer',
    minimum: 1,
    ...(most === undefined ? {} : { maximum: most }),
  });
  return {
    offset: typeof offset === 'number' ? offset : 0,
    limit: typeof limit === 'number' ? limit : (settings.pageSize ?? most ?? DEFAULT_LIMIT),
  };
}
