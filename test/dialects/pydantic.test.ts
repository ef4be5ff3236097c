import { describe, expect, test } from 'vitest';
import { isScalarKind, readModel } from '../../src/dialects/python/pydantic/model.ts';
import { pydantic1, pydantic2 } from '../../src/dialects/python/pydantic/versions.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { Documents } from '../../src/schema/documents.ts';
import { shapeOf } from '../../src/schema/shape.ts';

const versions = [pydantic1, pydantic2] as const;

/** What each version makes of a value: the value, or the types of its errors in order. */
function outcomes(schema: object, value: unknown): unknown[] {
  return versions.map((version) => {
    const model = { type: 'object', properties: { x: schema } } as JsonObject;
    const { value: item, faults } = readModel(version, shapeOf(model), { x: value } as JsonObject, false);
    if (faults.length === 0) return (item as JsonObject).x;
    return `! ${faults.map((fault) => version.words[fault.keyword]?.(fault)[0]).join(', ')}`;
  });
}

const text = { type: 'string' };
const int = { type: 'integer' };
const bool = { type: 'boolean' };
const of = (format: string) => ({ type: 'string', format });
const money = { type: 'number', format: 'decimal', 'x-maxDigits': 5, 'x-decimalPlaces': 2 };
const strict = (type: string) => ({ type, 'x-strict': true });
const either = { anyOf: [int, text] };

/** A schema, a value, what pydantic 1 makes of it, and pydantic 2. */
type Row = readonly [what: string, schema: object, value: unknown, one: unknown, two: unknown];

const NOT_INT = '! type_error.integer';
const NOT_STR = ['! type_error.str', '! string_type'] as const;

const rows: readonly Row[] = [
  ['a number for text', text, 1.5, '1.5', '! string_type'],
  ['a truth value for text', text, true, 'True', '! string_type'],
  ['an object for text', text, {}, ...NOT_STR],
  ['text is not trimmed', text, ' a ', ' a ', ' a '],
  ['digits for an integer', int, ' +1_000 ', 1000, 1000],
  ['digits of another script', int, '٣', 3, '! int_parsing'],
  ['a fraction of zeros', int, '12.0', NOT_INT, 12],
  ['a fraction', int, 12.7, 12, '! int_from_float'],
  ['a truth value for an integer', int, true, 1, 1],
  ['a list for an integer', int, [], NOT_INT, '! int_type'],
  ['an exponent in text', int, '1e2', NOT_INT, '! int_parsing'],
  ['text for a number', { type: 'number' }, ' 2.5e1 ', 25, 25],
  ['no number', { type: 'number' }, 'two', '! type_error.float', '! float_parsing'],
  ['infinity is shown as null, or refused', { type: 'number' }, 'inf', '! type_error.float', null],
  ['a word for a truth value', bool, 'oFF', false, false],
  ['one for a truth value', bool, 1, true, true],
  ['two for a truth value', bool, 2, '! type_error.bool', '! bool_parsing'],
  ['a list for a truth value', bool, [], '! type_error.bool', '! bool_type'],
  ['null', int, null, '! type_error.none.not_allowed', '! int_type'],
  ['null where it may be', { type: ['integer', 'null'] }, null, null, null],
  ['strict text', strict('string'), 5, ...NOT_STR],
  ['strict integers', strict('integer'), '5', NOT_INT, '! int_type'],
  ['strict truth', strict('boolean'), 1, '! value_error.strictbool', '! bool_type'],
  ['the value of an Enum', { enum: ['a', 'b'] }, 'c', '! type_error.enum', '! enum'],
  [
    'the value of a Literal',
    { enum: [1, 2], 'x-python': 'Literal' },
    '1',
    '! value_error.const',
    '! literal_error',
  ],
  ['True == 1', { enum: [1, 2] }, true, 1, 1],
  ['a constant', { const: 'a' }, 'b', '! value_error.const', '! literal_error'],
  ['short text', { ...text, minLength: 2 }, '😀', '! value_error.any_str.min_length', '! string_too_short'],
  ['the end of a pattern', { ...text, pattern: '^a$' }, 'a\n', 'a\n', '! string_pattern_mismatch'],
  ['a pattern in the middle', { ...text, pattern: 'b' }, 'abc', '! value_error.str.regex', 'abc'],
  [
    'the first of two limits',
    { ...int, maximum: 9, multipleOf: 5 },
    12,
    '! value_error.number.not_le',
    '! multiple_of',
  ],
  ['decimals', money, '10.50', 10.5, '10.50'],
  ['a decimal with an exponent', money, '1e2', 100, '1E+2'],
  ['places', money, '1.234', '! value_error.decimal.max_places', '! decimal_max_places'],
  ['digits before the point', money, 1234, '! value_error.decimal.whole_digits', '! decimal_whole_digits'],
  ['zeros at the end do not count', money, '1.000', 1, '1.000'],
  ['not a number', money, 'NaN', '! value_error.decimal.not_finite', '! finite_number'],
  ['a date', of('date'), '1999-2-3', '1999-02-03', '! date_from_datetime_parsing'],
  ['a date from seconds', of('date'), 86_400, '1970-01-02', '1970-01-02'],
  ['a date from a part of a day', of('date'), 5, '1970-01-01', '! date_from_datetime_inexact'],
  ['a date with midnight', of('date'), '1999-12-31T00:00:00Z', '! value_error.date', '1999-12-31'],
  ['no such day', of('date'), '2023-02-29', '! value_error.date', '! date_from_datetime_parsing'],
  ['a moment', of('date-time'), '2023-01-03T15:17Z', '2023-01-03T15:17:00+00:00', '2023-01-03T15:17:00Z'],
  ['a moment in no zone', of('date-time'), '2023-01-03 15:17', '2023-01-03T15:17:00', '2023-01-03T15:17:00'],
  ['a day for a moment', of('date-time'), '2023-01-03', '! value_error.datetime', '2023-01-03T00:00:00'],
  [
    'milliseconds',
    of('date-time'),
    1672759050500,
    '2023-01-03T15:17:30.500000+00:00',
    '2023-01-03T15:17:30.500000Z',
  ],
  ['a time', of('time'), '07:30:15.5', '07:30:15.500000', '07:30:15.500000'],
  ['a time from seconds', of('time'), 5, '00:00:05', '00:00:05Z'],
  ['a duration', of('duration'), 'P1DT2H', 93_600, 'P1DT2H'],
  ['a duration of days', of('duration'), '2 days', '! value_error.duration', 'P2D'],
  ['a duration in seconds', of('duration'), '3600', 3600, '! time_delta_parsing'],
  [
    'a uuid without hyphens',
    of('uuid'),
    '3FA85F6457174562B3FC2C963F66AFA6',
    ...same('3fa85f64-5717-4562-b3fc-2c963f66afa6'),
  ],
  ['no uuid', of('uuid'), 'nope', '! type_error.uuid', '! uuid_parsing'],
  ['the domain of an address', of('email'), 'Bo@EXAMPLE.com', ...same('Bo@example.com')],
  ['no address', of('email'), 'bo@', '! value_error.email', '! value_error'],
  ['a URL', of('uri'), 'HTTP://a.de', 'HTTP://a.de', 'http://a.de/'],
  ['a URL of another kind', of('uri'), 'ftp://a.de', '! value_error.url.scheme', '! url_scheme'],
  ['a host without a top level', of('uri'), 'http://box', '! value_error.url.host', 'http://box/'],
  ['an address of a number', of('ipv4'), 5, '0.0.0.5', '0.0.0.5'],
  ['no address of the network', of('ipv4'), '1.2.3.256', '! value_error.ipv4address', '! ip_v4_address'],
  ['the elements of a list', { type: 'array', items: int }, ['1', 'x'], NOT_INT, '! int_parsing'],
  [
    'a long list',
    { type: 'array', items: int, maxItems: 1 },
    ['x', 'y'],
    '! value_error.list.max_items',
    '! too_long',
  ],
  [
    'a short list',
    { type: 'array', items: int, minItems: 2 },
    ['x'],
    '! value_error.list.min_items',
    '! int_parsing',
  ],
  ['no list', { type: 'array' }, 'x', '! type_error.list', '! list_type'],
  ['twice the same', { type: 'array', uniqueItems: true }, [1, 1], '! value_error.list.unique_items', [1, 1]],
  ['a dictionary', { type: 'object', additionalProperties: int }, { a: '1' }, { a: 1 }, { a: 1 }],
  ['pairs for a dictionary', { type: 'object' }, [['a', 1]], { a: 1 }, '! dict_type'],
  ['the first of a union, or the closest', either, '5', 5, '5'],
  ['every branch of a union', either, [], '! type_error.integer, type_error.str', '! int_type, string_type'],
];

function same(value: unknown): [unknown, unknown] {
  return [value, value];
}

test.each(rows)('%s', (_, schema, value, one, two) => {
  expect(outcomes(schema, value)).toEqual([one, two]);
});

describe('a model', () => {
  const written = {
    type: 'object',
    properties: {
      b: { type: 'integer' },
      a: { $ref: '#/$defs/name' },
      c: { type: ['string', 'null'] },
      d: {
        type: 'array',
        items: { type: 'object', properties: { e: { type: 'integer' } }, required: ['e'] },
      },
    },
    required: ['a', 'b'],
    $defs: { name: { type: 'string' } },
  };
  const source = { name: 'things', file: 'data', uri: 'test:things', locate: () => ({ file: 'data' }) };
  const [document] = new Documents([{ ...source, value: written }]).all;
  const shape = shapeOf(document?.schema ?? {});

  test.each([1, 2])('faults come in the order of the fields (pydantic %i)', (n) => {
    const { faults } = readModel(versions[n - 1] as never, shape, { d: [{ e: 1 }, {}], a: [], z: 1 }, false);
    expect(faults.map(({ path, keyword }) => [path, keyword])).toEqual([
      ['/b', 'required'],
      ['/a', 'str'],
      ['/d/1/e', 'required'],
    ]);
  });

  test('an optional field that may be null is null, and what the model has not is gone', () => {
    expect(readModel(pydantic2, shape, { a: 'x', b: 1, z: 1 }, false).value).toEqual({
      a: 'x',
      b: 1,
      c: null,
    });
  });

  test('in a partial one nothing is required or filled in, and each field may be null', () => {
    expect(readModel(pydantic2, shape, { a: null }, true)).toEqual({ value: { a: null }, faults: [] });
  });
});

describe('words', () => {
  /** The keywords of JSON Schema 2020-12 and draft-07 that can refuse a value, and the rules of the store. */
  const keywords = [
    ...['type', 'enum', 'const', 'format', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum'],
    ...['exclusiveMinimum', 'maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems'],
    ...['contains', 'minContains', 'maxContains', 'maxProperties', 'minProperties', 'required'],
    ...['dependentRequired', 'dependencies', 'additionalProperties', 'propertyNames', 'additionalItems'],
    ...['unevaluatedProperties', 'unevaluatedItems', 'anyOf', 'oneOf', 'not', 'if', 'false schema'],
    ...['unique', 'exists'],
  ];

  test.each(keywords)('%s has words in both', (keyword) => {
    for (const { words } of versions) expect(Object.hasOwn(words, keyword)).toBe(true);
  });

  test.each(versions.map((version) => [version.nulls, version] as const))(
    'every kind can be told (%s)',
    (_, version) => {
      const told = Object.keys(version.kinds).filter(isScalarKind);
      const values = [null, [], {}, 'no such thing', 1.5, -1, 2, true, ''];
      for (const kind of told) {
        for (const value of values) {
          const schema = { type: 'object', properties: { x: schemas[kind] ?? {} } } as JsonObject;
          const { faults } = readModel(version, shapeOf(schema), { x: value } as JsonObject, false);
          for (const { keyword } of faults) expect(Object.keys(version.words)).toContain(keyword);
        }
      }
    },
  );
});

const schemas: Readonly<Record<string, object>> = {
  ...{
    str: text,
    int,
    bool,
    float: { type: 'number' },
    decimal: money,
    enum: { enum: ['a'] },
    literal: { const: 1 },
  },
  ...{
    date: of('date'),
    datetime: of('date-time'),
    time: of('time'),
    timedelta: of('duration'),
    uuid: of('uuid'),
  },
  ...{ url: of('uri'), email: of('email'), ipv4: of('ipv4'), ipv6: of('ipv6') },
};
