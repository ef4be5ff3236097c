import type { Json, Shape } from '../../../dialect/index.ts';

/** The serializer field that a shape stands for. */
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

export function kindOf(shape: Shape): Kind {
  if (choicesOf(shape)) return 'choice';
  const { format, types } = shape;
  const [type, ...others] = types;
  if (others.length > 0) return 'json';
  if ((type === 'string' || type === undefined) && format !== undefined && Object.hasOwn(formats, format))
    return formats[format] as Kind;
  if (type === 'string' && shape.says('x-slug') === true) return 'slug';
  if (type === 'array') return shape.items && kindOf(shape.items) === 'nested' ? 'many' : 'list';
  if (type === 'object' || (type === undefined && shape.listsFields))
    return shape.listsFields ? 'nested' : 'dict';
  return scalars[String(type)] ?? 'json';
}

/** The values that a field may have, where they are listed. */
export function choicesOf(shape: Shape): readonly Json[] | undefined {
  if (shape.enum) return shape.enum.filter((value) => value !== null);
  return shape.const === undefined ? undefined : [shape.const];
}

/** A field takes null where its shape says so, or nothing at all. */
export const isNullable = (shape: Shape): boolean =>
  shape.nullable ||
  (shape.types.length === 0 && !choicesOf(shape) && shape.format === undefined && !shape.listsFields);

/** Text kinds take an empty text only where the shape says so. */
export const mayBeBlank = (shape: Shape): boolean => shape.says('x-blank') === true || shape.default === '';

/** Whether a client must send a field: never one that has a default or is not the client's to write. */
export const isRequired = (shape: Shape, name: string, field: Shape): boolean =>
  shape.required.has(name) && field.default === undefined && !field.readOnly;
