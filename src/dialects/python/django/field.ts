import { isObject, type Json, type JsonObject, remember, resolved } from '../../../dialect/index.ts';

/** The serializer field that a schema stands for. */
export type Kind =
  | 'pk'
  | 'choice'
  | 'string'
  | 'email'
  | 'url'
  | 'slug'
  | 'ip'
  | 'uuid'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'decimal'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'list'
  | 'many'
  | 'nested'
  | 'dict'
  | 'json';

const formats: Readonly<Record<string, Kind>> = {
  email: 'email',
  'idn-email': 'email',
  uri: 'url',
  url: 'url',
  iri: 'url',
  uuid: 'uuid',
  ip: 'ip',
  ipv4: 'ip',
  ipv6: 'ip',
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  duration: 'duration',
  decimal: 'decimal',
};

const scalars: Readonly<Record<string, Kind>> = {
  string: 'string',
  integer: 'integer',
  number: 'float',
  boolean: 'boolean',
};

const typesOf = (schema: JsonObject): Json[] =>
  [schema.type ?? []].flat().filter((type) => type !== 'null') as Json[];

export function kindOf(schema: JsonObject): Kind {
  if (choicesOf(schema)) return 'choice';
  const [type, ...others] = typesOf(schema);
  if (others.length > 0) return 'json';
  const format = String(schema.format);
  if ((type === 'string' || type === undefined) && Object.hasOwn(formats, format))
    return formats[format] as Kind;
  if (type === 'string' && schema['x-slug'] === true) return 'slug';
  if (type === 'array') return isObject(schema.items) && kindOf(schema.items) === 'nested' ? 'many' : 'list';
  if (type === 'object' || (type === undefined && isObject(schema.properties)))
    return isObject(schema.properties) ? 'nested' : 'dict';
  return scalars[String(type)] ?? 'json';
}

/** The values that a field may have, where they are listed. */
export function choicesOf(schema: JsonObject): readonly Json[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum.filter((value) => value !== null);
  return schema.const === undefined ? undefined : [schema.const];
}

export function isNullable(schema: JsonObject): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(null);
  if (schema.type !== undefined) return [schema.type].flat().includes('null');
  return schema.const === undefined && schema.format === undefined && !isObject(schema.properties);
}

/** Text kinds take an empty text only where the schema says so. */
export const mayBeBlank = (schema: JsonObject): boolean =>
  schema['x-blank'] === true || schema.default === '';

/** The fields of an object, each with its references followed. */
export function fieldsOf(schema: JsonObject | undefined): [string, JsonObject][] {
  const properties = schema && resolve(schema).properties;
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [[name, resolve(property)] as [string, JsonObject]] : [],
  );
}

const known = new WeakMap<JsonObject, JsonObject>();

/** A `$ref`, an `allOf`, and `anyOf` of a type and null are what they lead to. */
export const resolve = (schema: JsonObject): JsonObject =>
  remember(known, schema, () => {
    const { anyOf, ...own } = resolved(schema);
    const branches = Array.isArray(anyOf) ? anyOf.filter((one) => !isObject(one) || one.type !== 'null') : [];
    const [branch] = branches;
    if (!Array.isArray(anyOf) || branches.length !== 1 || anyOf.length !== 2 || !isObject(branch))
      return resolved(schema);
    const inner = resolve(branch);
    const type = inner.type === undefined ? {} : { type: [inner.type, 'null'].flat() as Json };
    return { ...inner, ...type, ...own };
  });

/** Whether a client must send a field: never one that has a default or is not the client's to write. */
export const isRequired = (schema: JsonObject, name: string, property: JsonObject): boolean =>
  [resolve(schema).required].flat().includes(name) &&
  property.default === undefined &&
  property.readOnly !== true;
