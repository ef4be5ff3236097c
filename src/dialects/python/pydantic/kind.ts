import type { Shape } from '../../../dialect/index.ts';

/** What a shape asks for, named as Python names it. */
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

/** Whether the format of a shape is a kind of its own. */
export const hasKind = ({ format, types }: Shape): boolean =>
  format !== undefined && Object.hasOwn(formats, format) && types.length > 0;

/** The forms of which a value must have one; `null` is told by `nullable`. */
export const branches = (shape: Shape): readonly Shape[] =>
  shape.alternatives.filter(({ types }) => types[0] !== 'null');

/** `x-python` says which Python type a list of values was; a `const` is always a Literal. */
export function kindOf(shape: Shape): Kind {
  const { format, types: named } = shape;
  if (shape.enum) return shape.says('x-python') === 'Literal' ? 'literal' : 'enum';
  if (shape.const !== undefined) return 'literal';
  if (shape.listsFields) return 'model';
  if (shape.alternatives.length > 0) return 'union';
  const [type] = named;
  if (type === 'object') return 'dict';
  if ((type === 'string' || type === 'number') && format !== undefined && Object.hasOwn(formats, format))
    return formats[format] as Kind;
  return (type !== undefined && types[type]) || 'any';
}
