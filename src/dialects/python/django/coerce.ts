import {
  type Item,
  isObject,
  type Json,
  type JsonObject,
  setField,
  toPointer,
} from '../../../dialect/index.ts';
import { pythonFloat, pythonInt } from '../numbers.ts';
import { pythonText } from '../text.ts';
import { pythonUuid, uuidOf } from '../uuid.ts';
import { readDate, readDateTime, readDuration, readTime } from './dates.ts';
import { places, readDecimal, writeDecimal } from './decimal.ts';
import {
  choicesOf,
  fieldsOf,
  isNullable,
  isRequired,
  type Kind,
  kindOf,
  mayBeBlank,
  resolve,
} from './field.ts';
import { notText, plainIp, textFaults } from './text.ts';
import { BLANK, invalid, limits, NULL, REQUIRED } from './words.ts';

/** What a field makes of a value, or the sentences it refuses it with. */
type Read = { readonly value: Json } | { readonly refused: readonly string[] };
type Reader = (value: Json, schema: JsonObject, depth: number) => Read;

const read = (value: Json | undefined, kind: Kind, sent: Json, schema: JsonObject): Read =>
  value === undefined ? refuse(invalid[kind](sent, schema)) : { value };
const refuse = (...refused: string[]): Read => ({ refused });

const MAX_TEXT = 1000;
const isLong = (value: Json): boolean => typeof value === 'string' && value.length > MAX_TEXT;
const tooLong = refuse('String value too large.');

const text =
  (kind: Kind): Reader =>
  (sent, schema, depth) => {
    if (typeof sent !== 'string' && typeof sent !== 'number') return refuse(notText(kind, schema, depth));
    const value = pythonText(sent).trim();
    if (value === '') return mayBeBlank(schema) ? { value } : refuse(BLANK);
    const refused = textFaults(kind, schema, value, depth);
    return refused.length > 0 ? { refused } : { value: kind === 'ip' ? plainIp(value) : value };
  };

/** A kind that reads texts only. */
const form =
  (kind: Kind, make: (text: string) => string | undefined): Reader =>
  (sent, schema) =>
    read(typeof sent === 'string' ? make(sent) : undefined, kind, sent, schema);

const number =
  (kind: 'integer' | 'float', make: (text: string) => number | undefined): Reader =>
  (sent, schema) => {
    if (isLong(sent)) return tooLong;
    const isText = typeof sent === 'string' || typeof sent === 'number';
    return read(isText ? make(pythonText(sent)) : undefined, kind, sent, schema);
  };

/** JSON cannot hold what else Python's `float` reads. */
function finite(text: string): number | undefined {
  const found = pythonFloat(text);
  return Number.isFinite(found) ? found : undefined;
}

/** The largest numbers that a database column holds. */
const RANGE = [-9223372036854775808n, 9223372036854775807n] as const;

const integer: Reader = (sent, schema, depth) => {
  const result = number('integer', (digits) => pythonInt(digits.replace(/\.0*\s*$/, '')))(
    sent,
    schema,
    depth,
  );
  if (!('value' in result) || typeof result.value !== 'number') return result;
  const { value } = result;
  if (schema.minimum === undefined && value < RANGE[0]) return refuse(limits.minimum(RANGE[0]));
  if (schema.maximum === undefined && value > RANGE[1]) return refuse(limits.maximum(RANGE[1]));
  return result;
};

const decimal: Reader = (sent, schema) => {
  if (isLong(sent)) return tooLong;
  const isText = typeof sent === 'string' || typeof sent === 'number';
  const found = isText ? readDecimal(String(sent)) : undefined;
  if (!found) return refuse(invalid.decimal(sent, schema));
  const { 'x-maxDigits': digits, 'x-decimalPlaces': behind } = schema as Record<string, number | undefined>;
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

const boolean: Reader = (sent, schema) => {
  const word = typeof sent === 'string' ? sent.toLowerCase() : sent;
  if (TRUE.includes(word)) return { value: true };
  if (FALSE.includes(word)) return { value: false };
  if (isNullable(schema) && (word === '' || word === 'null')) return { value: null };
  return refuse(invalid.boolean(sent, schema));
};

const choice: Reader = (sent, schema) => {
  const found = choicesOf(schema)?.find((one) => pythonText(one) === pythonText(sent));
  return read(found, 'choice', sent, schema);
};

const uuid: Reader = (sent, schema) => {
  const whole = typeof sent === 'boolean' ? Number(sent) : sent;
  if (typeof whole === 'number' && Number.isInteger(whole) && whole >= 0) return { value: uuidOf(whole) };
  return read(typeof sent === 'string' ? pythonUuid(sent) : undefined, 'uuid', sent, schema);
};

/** A key as the database would look it up: a number by its whole part, a text by the number it spells. */
const pk: Reader = (sent, schema) => {
  const isNumber = [schema.type].flat().some((type) => type === 'integer' || type === 'number');
  if (typeof sent === 'number') return { value: Math.trunc(sent) };
  if (typeof sent !== 'string') return refuse(invalid.pk(sent, schema));
  return read(isNumber ? pythonInt(sent) : sent, 'pk', sent, schema);
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
  duration: (sent, schema) =>
    read(
      typeof sent === 'string' || typeof sent === 'number' ? readDuration(String(sent)) : undefined,
      'duration',
      sent,
      schema,
    ),
  decimal,
  integer,
  float: (sent, schema, depth) =>
    number('float', finite)(typeof sent === 'boolean' ? Number(sent) : sent, schema, depth),
  boolean,
  dict: (sent, schema) => (isObject(sent) ? { value: sent } : refuse(invalid.dict(sent, schema))),
  json: (value) => ({ value }),
};

export interface Reading {
  /** A PATCH: nothing is required, at any depth. */
  readonly partial: boolean;
  /** The fields that are keys of other items. */
  readonly keys: ReadonlySet<string>;
  /** The fields that the client does not write: its id, and what the path decides. */
  readonly skipped: ReadonlySet<string>;
  /** The fields that are required beyond what the schema says. */
  readonly needed: ReadonlySet<string>;
  refuse(path: string, sentence: string, keyword: string, schema: JsonObject, value: unknown): void;
}

/** An object as its serializer reads it: known fields only, in the serializer's order, each as its kind reads it. */
export function readObject(
  body: Item,
  schema: JsonObject,
  reading: Reading,
  path: readonly (string | number)[] = [],
): Item {
  const top = path.length === 0;
  const item = {};
  for (const [name, property] of fieldsOf(schema)) {
    if (property.readOnly === true || (top && reading.skipped.has(name))) continue;
    const here = [...path, name];
    if (Object.hasOwn(body, name)) {
      const kind = top && reading.keys.has(name) ? 'pk' : kindOf(property);
      setField(item, name, readField(body[name] as Json, kind, property, reading, here));
    } else if (!reading.partial && (isRequired(schema, name, property) || (top && reading.needed.has(name))))
      reading.refuse(toPointer(here), REQUIRED, 'required', property, undefined);
  }
  return item;
}

function readField(
  sent: Json,
  kind: Kind,
  schema: JsonObject,
  reading: Reading,
  path: readonly (string | number)[],
): Json {
  const told = (keyword: string, ...sentences: readonly string[]): Json => {
    for (const one of sentences) reading.refuse(toPointer(path), one, keyword, schema, sent);
    return sent;
  };
  const value = kind === 'pk' && sent === '' ? null : sent;
  if (value === null) return isNullable(schema) ? null : told('null', NULL);
  if (kind === 'nested')
    return isObject(value)
      ? readObject(value, schema, reading, path)
      : told('invalid', invalid.nested(value, schema));
  const isList = kind === 'list' || kind === 'many';
  if (isList || (kind === 'pk' && [schema.type].flat().includes('array'))) {
    if (!Array.isArray(value)) return told('invalid', invalid.list(value, schema));
    const items = isObject(schema.items) ? resolve(schema.items) : {};
    const inner = isList ? kindOf(items) : 'pk';
    return value.map((one, i) => readField(one, inner, items, reading, [...path, i]));
  }
  const result = readers[kind as keyof typeof readers](value, schema, path.length);
  return 'value' in result ? result.value : told('invalid', ...result.refused);
}
