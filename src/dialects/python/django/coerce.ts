import {
  type Item,
  isObject,
  type Json,
  type Shape,
  setField,
  shapeOf,
  toPointer,
} from '../../../dialect/index.ts';
import { pythonFloat, pythonInt } from '../numbers.ts';
import { pythonText } from '../text.ts';
import { pythonUuid, uuidOf } from '../uuid.ts';
import { readDate, readDateTime, readDuration, readTime } from './dates.ts';
import { places, readDecimal, writeDecimal } from './decimal.ts';
import { choicesOf, isNullable, isRequired, type Kind, kindOf, mayBeBlank } from './field.ts';
import { notText, plainIp, textFaults } from './text.ts';
import { BLANK, invalid, limits, NULL, REQUIRED, UNREADABLE } from './words.ts';

/** What a field makes of a value, or the sentences it refuses it with. */
type Read = { readonly value: Json } | { readonly refused: readonly string[] };
type Reader = (value: Json, shape: Shape, depth: number) => Read;

const read = (value: Json | undefined, kind: Kind, sent: Json, shape: Shape): Read =>
  value === undefined ? refuse(invalid[kind](sent, shape)) : { value };
const refuse = (...refused: string[]): Read => ({ refused });

const MAX_TEXT = 1000;
const isLong = (value: Json): boolean => typeof value === 'string' && value.length > MAX_TEXT;
const tooLong = refuse('String value too large.');

const text =
  (kind: Kind): Reader =>
  (sent, shape, depth) => {
    if (typeof sent !== 'string' && typeof sent !== 'number') return refuse(notText(kind, shape, depth));
    const value = pythonText(sent).trim();
    if (value === '') return mayBeBlank(shape) ? { value } : refuse(BLANK);
    const refused = textFaults(kind, shape, value, depth);
    return refused.length > 0 ? { refused } : { value: kind === 'ip' ? plainIp(value) : value };
  };

/** A kind that reads texts only. */
const form =
  (kind: Kind, make: (text: string) => string | undefined): Reader =>
  (sent, shape) =>
    read(typeof sent === 'string' ? make(sent) : undefined, kind, sent, shape);

const number =
  (kind: 'integer' | 'float', make: (text: string) => number | undefined): Reader =>
  (sent, shape) => {
    if (isLong(sent)) return tooLong;
    const isText = typeof sent === 'string' || typeof sent === 'number';
    return read(isText ? make(pythonText(sent)) : undefined, kind, sent, shape);
  };

/** JSON cannot hold what else Python's `float` reads. */
function finite(text: string): number | undefined {
  const found = pythonFloat(text);
  return Number.isFinite(found) ? found : undefined;
}

/** The largest numbers that a database column holds. */
const RANGE = [-9223372036854775808n, 9223372036854775807n] as const;

const integer: Reader = (sent, shape, depth) => {
  const result = number('integer', (digits) => pythonInt(digits.replace(/\.0*\s*$/, '')))(sent, shape, depth);
  if (!('value' in result) || typeof result.value !== 'number') return result;
  const { value } = result;
  if (shape.bounds.minimum === undefined && value < RANGE[0]) return refuse(limits.minimum(RANGE[0]));
  if (shape.bounds.maximum === undefined && value > RANGE[1]) return refuse(limits.maximum(RANGE[1]));
  return result;
};

function numberAt(shape: Shape, keyword: string): number | undefined {
  const found = shape.says(keyword);
  return typeof found === 'number' ? found : undefined;
}

const decimal: Reader = (sent, shape) => {
  if (isLong(sent)) return tooLong;
  const isText = typeof sent === 'string' || typeof sent === 'number';
  const found = isText ? readDecimal(String(sent)) : undefined;
  if (!found) return refuse(invalid.decimal(sent, shape));
  const digits = numberAt(shape, 'x-maxDigits');
  const behind = numberAt(shape, 'x-decimalPlaces');
  const has = places(found);
  if (digits !== undefined && has.total > digits)
    return refuse(`Ensure that there are no more than ${digits} digits in total.`);
  if (behind !== undefined && has.behind > behind)
    return refuse(`Ensure that there are no more than ${behind} decimal places.`);
  const whole = (digits ?? Number.POSITIVE_INFINITY) - (behind ?? 0);
  if (has.whole > whole)
    return refuse(`Ensure that there are no more than ${whole} digits before the decimal point.`);
  return { value: writeDecimal(found, behind) };
};

const TRUE: readonly Json[] = ['t', 'y', 'yes', 'true', 'on', '1', 1, true];
const FALSE: readonly Json[] = ['f', 'n', 'no', 'false', 'off', '0', 0, false];

const boolean: Reader = (sent, shape) => {
  const word = typeof sent === 'string' ? sent.toLowerCase() : sent;
  if (TRUE.includes(word)) return { value: true };
  if (FALSE.includes(word)) return { value: false };
  if (isNullable(shape) && (word === '' || word === 'null')) return { value: null };
  return refuse(invalid.boolean(sent, shape));
};

const choice: Reader = (sent, shape) => {
  const found = choicesOf(shape)?.find((one) => pythonText(one) === pythonText(sent));
  return read(found, 'choice', sent, shape);
};

const uuid: Reader = (sent, shape) => {
  const whole = typeof sent === 'boolean' ? Number(sent) : sent;
  if (typeof whole === 'number' && Number.isInteger(whole) && whole >= 0) return { value: uuidOf(whole) };
  return read(typeof sent === 'string' ? pythonUuid(sent) : undefined, 'uuid', sent, shape);
};

/** A key as the database would look it up: a number by its whole part, a text by the number it spells. */
const pk: Reader = (sent, shape) => {
  const isNumber = shape.types.some((type) => type === 'integer' || type === 'number');
  if (typeof sent === 'number') return { value: Math.trunc(sent) };
  if (typeof sent !== 'string') return refuse(invalid.pk(sent, shape));
  return read(isNumber ? pythonInt(sent) : sent, 'pk', sent, shape);
};

const readers: Record<Exclude<Kind, 'list' | 'many' | 'nested'>, Reader> = {
  pk,
  choice,
  string: text('string'),
  email: text('email'),
  url: text('url'),
  slug: text('slug'),
  ip: text('ip'),
  uuid,
  date: form('date', readDate),
  datetime: form('datetime', readDateTime),
  time: form('time', readTime),
  duration: (sent, shape) =>
    read(
      typeof sent === 'string' || typeof sent === 'number' ? readDuration(String(sent)) : undefined,
      'duration',
      sent,
      shape,
    ),
  decimal,
  integer,
  float: (sent, shape, depth) =>
    number('float', finite)(typeof sent === 'boolean' ? Number(sent) : sent, shape, depth),
  boolean,
  dict: (sent, shape) => (isObject(sent) ? { value: sent } : refuse(invalid.dict(sent, shape))),
  json: (value) => ({ value }),
};

export interface Reading {
  /** A PATCH: nothing is required, at any depth. */
  readonly partial: boolean;
  /** The fields that are keys of other items. */
  readonly keys: ReadonlySet<string>;
  /** The fields that the client does not write: its id, and what the path decides. */
  readonly skipped: ReadonlySet<string>;
  /** The fields that are required beyond what the shape says. */
  readonly needed: ReadonlySet<string>;
  refuse(path: string, sentence: string, keyword: string, value: unknown): void;
}

/** An object as its serializer reads it: known fields only, in the serializer's order, each as its kind reads it. */
export function readObject(
  body: Item,
  shape: Shape,
  reading: Reading,
  path: readonly (string | number)[] = [],
): Item {
  const top = path.length === 0;
  const item = {};
  for (const [name, field] of shape.fields) {
    if (field.readOnly || (top && reading.skipped.has(name))) continue;
    const here = [...path, name];
    if (Object.hasOwn(body, name)) {
      const kind = top && reading.keys.has(name) ? 'pk' : kindOf(field);
      setField(item, name, readField(body[name] as Json, kind, field, reading, here));
    } else if (!reading.partial && (isRequired(shape, name, field) || (top && reading.needed.has(name))))
      reading.refuse(toPointer(here), REQUIRED, 'required', undefined);
  }
  return item;
}

/** The shape of the elements of a list that says nothing of them. */
const anything = shapeOf({});

function readField(
  sent: Json,
  kind: Kind,
  shape: Shape,
  reading: Reading,
  path: readonly (string | number)[],
): Json {
  const told = (keyword: string, ...sentences: readonly string[]): Json => {
    for (const one of sentences) reading.refuse(toPointer(path), one, keyword, sent);
    return sent;
  };
  const value = kind === 'pk' && sent === '' ? null : sent;
  if (value === null) return isNullable(shape) ? null : told('null', NULL);
  if (kind === 'nested')
    return isObject(value)
      ? readObject(value, shape, reading, path)
      : told(UNREADABLE, invalid.nested(value));
  const isList = kind === 'list' || kind === 'many';
  if (isList || (kind === 'pk' && shape.types.includes('array'))) {
    if (!Array.isArray(value)) return told(kind === 'many' ? UNREADABLE : 'invalid', invalid.list(value));
    return value.map((one, i) => {
      const element = shape.element(i) ?? anything;
      return readField(one, isList ? kindOf(element) : 'pk', element, reading, [...path, i]);
    });
  }
  const result = readers[kind as keyof typeof readers](value, shape, path.length);
  return 'value' in result ? result.value : told('invalid', ...result.refused);
}
