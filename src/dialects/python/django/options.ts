import { type Asked, type Collection, type Shape, singular } from '../../../dialect/index.ts';
import { choicesOf, isRequired, type Kind, kindOf } from './field.ts';
import { className } from './words.ts';

/** What the metadata calls each kind. */
const types: Record<Kind, string> = {
  pk: 'field',
  choice: 'choice',
  string: 'string',
  email: 'email',
  url: 'url',
  slug: 'slug',
  ip: 'string',
  uuid: 'string',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  duration: 'duration',
  decimal: 'decimal',
  integer: 'integer',
  float: 'float',
  boolean: 'boolean',
  list: 'list',
  many: 'field',
  nested: 'nested object',
  dict: 'field',
  json: 'field',
};

/** The facts of a shape that the metadata repeats, under its own names. */
const facts: readonly (readonly [keyword: string, name: string])[] = [
  ['description', 'help_text'],
  ['minLength', 'min_length'],
  ['maxLength', 'max_length'],
  ['minItems', 'min_length'],
  ['maxItems', 'max_length'],
  ['minimum', 'min_value'],
  ['maximum', 'max_value'],
  ['x-maxDigits', 'max_digits'],
  ['x-decimalPlaces', 'decimal_places'],
];

const labelOf = (name: string): string => {
  const words = name.replaceAll('_', ' ');
  return name === 'id' ? 'ID' : words.charAt(0).toUpperCase() + words.slice(1);
};

const MAX_DEPTH = 8;

interface Place {
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly depth: number;
  readonly label?: string;
}

function describe(shape: Shape, kind: Kind, { readOnly, required, depth, label }: Place): object {
  const known = facts.filter(
    ([keyword]) =>
      shape.says(keyword) !== undefined && !(keyword === 'minLength' && shape.bounds.minLength === 1),
  );
  return {
    type: kind === 'string' && depth > 1 && shape.bounds.pattern !== undefined ? 'regex' : types[kind],
    required,
    read_only: readOnly,
    ...(label === undefined ? {} : { label }),
    ...Object.fromEntries(known.map(([keyword, name]) => [name, shape.says(keyword)])),
    ...inside(shape, kind, depth),
  };
}

function inside(shape: Shape, kind: Kind, depth: number): object {
  if (kind === 'choice')
    return { choices: choicesOf(shape)?.map((value) => ({ value, display_name: labelOf(String(value)) })) };
  // A schema may refer to itself; a serializer cannot.
  if (depth > MAX_DEPTH) return {};
  if (kind === 'nested') return { children: childrenOf(shape, depth + 1) };
  if ((kind !== 'list' && kind !== 'many') || !shape.items) return {};
  const { items } = shape;
  const place = { readOnly: items.readOnly, required: true, depth: depth + 1 };
  return { child: describe(items, kindOf(items), place) };
}

const childrenOf = (
  shape: Shape,
  depth: number,
  keys: ReadonlySet<string> = new Set(),
  needed: ReadonlySet<string> = new Set(),
  fixed: ReadonlySet<string> = new Set(),
): object =>
  Object.fromEntries(
    [...shape.fields].map(([name, field]) => {
      const readOnly = field.readOnly || fixed.has(name);
      const required =
        (isRequired(shape, name, field) && !fixed.has(name)) ||
        (needed.has(name) && field.default === undefined);
      const kind = keys.has(name) ? 'pk' : kindOf(field);
      return [name, describe(field, kind, { readOnly, required, depth, label: labelOf(name) })];
    }),
  );

/** The fields that a POST or a PUT takes. */
export function actionsOf(asked: Asked, collection: Collection): object | undefined {
  const shape = collection.check?.shape;
  const exists = asked.key === undefined || asked.shelves.shelf(collection.name).get(asked.key);
  if (!exists || !shape) return undefined;
  const keys = new Set(asked.shelves.model.parentsOf(collection.name).map(({ field }) => field));
  const needed = new Set(collection.unique.filter((fields) => fields.length > 1).flat());
  const fixed = new Set([...asked.fixed.keys()].map(({ field }) => field));
  return { [asked.key === undefined ? 'POST' : 'PUT']: childrenOf(shape, 1, keys, needed, fixed) };
}

/** What OPTIONS answers. */
export function metadata(asked: Asked): object {
  const { resource, key } = asked;
  const view = resource && className(singular(resource.name)).replace(/(?!^)([A-Z])/g, ' $1');
  const suffix = resource?.kind === 'collection' && key === undefined ? 'List' : 'Instance';
  const actions = resource?.kind === 'collection' ? actionsOf(asked, resource) : undefined;
  return {
    name: view === undefined ? 'Api Root' : `${view} ${suffix}`,
    description: view === undefined ? 'The default basic root view for DefaultRouter' : '',
    renders: ['application/json', 'text/html'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    ...(actions ? { actions } : {}),
  };
}
