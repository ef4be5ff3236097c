import { isObject, type JsonObject, resolved } from '../../../dialect/index.ts';

/** What a schema asks for, named as Python names it. */
export const scalarKinds = [
  'str',
  'int',
  'float',
  'bool',
  'decimal',
  'date',
  'datetime',
  'time',
  'timedelta',
  'uuid',
  'url',
  'email',
  'ipv4',
  'ipv6',
  'enum',
  'literal',
] as const;

export type ScalarKind = (typeof scalarKinds)[number];
export type Kind = ScalarKind | 'list' | 'dict' | 'model' | 'union' | 'null' | 'any';

const formats: Readonly<Record<string, ScalarKind>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  duration: 'timedelta',
  'time-delta': 'timedelta',
  uuid: 'uuid',
  uri: 'url',
  url: 'url',
  email: 'email',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  decimal: 'decimal',
};

const types: Readonly<Record<string, Kind>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  array: 'list',
  null: 'null',
};

/** Whether the format of a schema is a kind of its own. */
export const hasKind = ({ format, type }: JsonObject): boolean =>
  typeof format === 'string' && Object.hasOwn(formats, format) && type !== undefined;

/** The schema that a reference or an `allOf` stands for. */
export const resolve = (schema: unknown): JsonObject => (isObject(schema) ? resolved(schema) : {});

/** The schema of a field; undefined where the model has none of that name. */
export function fieldOf(schema: JsonObject | undefined, name: string): JsonObject | undefined {
  const { properties } = resolve(schema);
  return isObject(properties) && Object.hasOwn(properties, name) ? resolve(properties[name]) : undefined;
}

const typesOf = ({ type, enum: values }: JsonObject): string[] =>
  type !== undefined
    ? [type].flat().map(String)
    : Array.isArray(values) && values.includes(null)
      ? ['null']
      : [];

/** The schemas of which one must hold; a list of types is such a choice too. `null` is told by `isNullable`. */
export function branches(schema: JsonObject): JsonObject[] {
  const choice = schema.anyOf ?? schema.oneOf;
  const all = Array.isArray(choice)
    ? choice.map(resolve)
    : typesOf(schema).map((type) => ({ ...schema, type }));
  return all.filter((one) => one.type !== 'null');
}

export function isNullable(schema: JsonObject): boolean {
  const choice = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choice)) return choice.some((one) => isNullable(resolve(one)));
  return schema.nullable === true || schema.const === null || typesOf(schema).includes('null');
}

/** `x-python` says which Python type a list of values was; a `const` is always a Literal. */
export function kindOf(schema: JsonObject): Kind {
  if (Array.isArray(schema.enum)) return schema['x-python'] === 'Literal' ? 'literal' : 'enum';
  if (schema.const !== undefined) return 'literal';
  if (isObject(schema.properties)) return 'model';
  if (schema.anyOf !== undefined || schema.oneOf !== undefined) return 'union';
  const named = typesOf(schema).filter((type) => type !== 'null');
  if (named.length > 1) return 'union';
  const [type] = named;
  if (type === 'object') return 'dict';
  const format = typeof schema.format === 'string' ? formats[schema.format] : undefined;
  if (format && (type === 'string' || type === 'number')) return format;
  return (type !== undefined && types[type]) || (typesOf(schema).includes('null') ? 'null' : 'any');
}
