import {
  type ActionName,
  type Asked,
  type Collection,
  type Condition,
  type DialectParameter,
  type JsonObject,
  meanings,
  type OperatorName,
  Problem,
  type Query,
  type Resource,
  remember,
  type Scalar,
  type Shape,
  shapeOf,
  type Violation,
  type Window,
} from '../../../dialect/index.ts';
import { Fault } from '../pydantic/fault.ts';
import { kindOf } from '../pydantic/kind.ts';
import { isScalarKind, readScalar } from '../pydantic/model.ts';
import type { Version } from '../pydantic/version.ts';
import { filter, sizeAndOffset, textsOf } from '../texts.ts';

interface Lookup {
  readonly op: OperatorName;
  /** What an application would call its parameter. */
  readonly param: (field: string) => string;
  readonly description: string;
}

/** The lookups that `filters` in the config may list. */
export const lookups: Readonly<Record<string, Lookup>> = {
  exact: { op: 'eq', param: (field) => field, description: 'equals the value' },
  gte: { op: 'gte', param: (field) => `min_${field}`, description: 'is not less' },
  lte: { op: 'lte', param: (field) => `max_${field}`, description: 'is not more' },
  gt: { op: 'gt', param: (field) => `${field}_gt`, description: 'is more' },
  lt: { op: 'lt', param: (field) => `${field}_lt`, description: 'is less' },
};

const DEFAULT_LIMIT = 100;

/** Reads the parameters that the config declares; FastAPI ignores all others. Each is read like a field. */
export function readQuery(version: Version, asked: Asked, collection: Collection): Query {
  const params = textsOf(asked, collection);
  const faults: Violation[] = [];

  const read = (name: string, shape: Shape): unknown => {
    const text = params.get(name);
    const kind = kindOf(shape);
    if (text === undefined || !isScalarKind(kind)) return text;
    const found = readScalar(version, kind, text, shape);
    if (!(found instanceof Fault)) return found;
    faults.push({
      in: 'query',
      path: `/${name}`,
      keyword: found.rule,
      params: found.params,
      value: text,
      schema: {},
      message: `${name} breaks ${found.rule}`,
    });
    return undefined;
  };

  const all = conditions(collection, (name, shape) => (params.has(name) ? read(name, shape) : undefined));
  const window = windowOf(collection, read);
  if (faults.length > 0)
    throw new Problem('invalid', faults.map(({ message }) => message).join('; '), {
      violations: [...asked.faults, ...faults],
    });
  return { ...(all.length > 0 ? { where: { all } } : {}), ...(window ? { window } : {}) };
}

type Read = (name: string, shape: Shape) => unknown;

/** The filters of the config: a field, with the lookups that it has. */
function listed({ settings }: Collection): [string, readonly string[]][] {
  const { filters = [] } = settings;
  return Array.isArray(filters) ? filters.map((field) => [field, ['exact']]) : Object.entries(filters);
}

const isPaged = ({ settings }: Collection): boolean => settings.pagination === 'skip-limit';

/** The parameters that an application with these settings would declare: all of them for lists. */
export function parameters(resource: Resource | undefined, action: ActionName): readonly DialectParameter[] {
  if (resource?.kind !== 'collection' || action !== 'list') return [];
  const filters = listed(resource).flatMap(([field, names]) =>
    names.flatMap((name) => filterRows(field, name, resource)),
  );
  return [...filters, ...(isPaged(resource) ? paging(resource) : [])];
}

function filterRows(field: string, name: string, { check }: Collection): DialectParameter[] {
  const lookup = Object.hasOwn(lookups, name) ? lookups[name] : undefined;
  if (!lookup) return [];
  const { op, param, description } = lookup;
  const schema = schemaOf(check?.shape.fields.get(field) ?? anything);
  return [filter(op, { name: param(field), field, schema, description, example: `${param(field)}=1` })];
}

const usualSize = ({ settings }: Collection): number =>
  settings.pageSize ?? settings.maxPageSize ?? DEFAULT_LIMIT;

const isCount = (text: string): boolean => /^[1-9]\d*$/.test(text);

const paging = (collection: Collection): readonly DialectParameter[] =>
  sizeAndOffset(
    [
      {
        name: 'limit',
        schema: limitSchema(collection),
        description: 'how many items at most',
        example: 'skip=20&limit=10',
      },
      {
        name: 'skip',
        schema: SKIP,
        description: 'how many items to leave out before',
        example: 'skip=20&limit=10',
      },
    ],
    (text) => (isCount(text) ? Number(text) : undefined),
    usualSize(collection),
  );

const SKIP = { type: 'integer', minimum: 0 };

function limitSchema({ settings }: Collection): JsonObject {
  const most = settings.maxPageSize;
  return { type: 'integer', minimum: 1, ...(most === undefined ? {} : { maximum: most }) };
}

function conditions(collection: Collection, read: Read): Condition[] {
  const { check } = collection;
  const found: Condition[] = [];
  for (const [path, names] of listed(collection)) {
    const shape = check?.shape.fields.get(path) ?? anything;
    for (const name of names) {
      const lookup = Object.hasOwn(lookups, name) ? lookups[name] : undefined;
      const value = lookup && read(lookup.param(path), withoutBounds(shape));
      if (!lookup || value === undefined) continue;
      const values =
        typeof value === 'string' && !isScalarKind(kindOf(shape)) ? meanings(value) : [value as Scalar];
      found.push({ path, op: lookup.op, values });
    }
  }
  return found;
}

/** What a filter takes: it has the type of its field, not its bounds, as `min_age=5` asks for nothing wrong. */
const schemaOf = ({ types, format, enum: values }: Shape): JsonObject => ({
  ...(types.length === 0 ? {} : { type: types.length === 1 ? (types[0] as string) : types }),
  ...(format === undefined ? {} : { format }),
  ...(values === undefined ? {} : { enum: values }),
});

const loose = new WeakMap<Shape, Shape>();

const withoutBounds = (shape: Shape): Shape =>
  remember(loose, shape, () => {
    const python = shape.says('x-python');
    return shapeOf({ ...schemaOf(shape), ...(python === undefined ? {} : { 'x-python': python }) });
  });

/** The shape of a field of which nothing is said. */
const anything = shapeOf({});
const skip = shapeOf(SKIP);
const limits = new WeakMap<Collection['settings'], Shape>();

/** What `limit` may be, as far as the config bounds it. */
const limitOf = (collection: Collection): Shape =>
  remember(limits, collection.settings, () => shapeOf(limitSchema(collection)));

function windowOf(collection: Collection, read: Read): Window | undefined {
  if (!isPaged(collection)) return undefined;
  const offset = read('skip', skip);
  const limit = read('limit', limitOf(collection));
  return {
    offset: typeof offset === 'number' ? offset : 0,
    limit: typeof limit === 'number' ? limit : usualSize(collection),
  };
}
