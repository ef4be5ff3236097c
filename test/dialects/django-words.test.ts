import { describe, expect, test } from 'vitest';
import { readDate, readDateTime, readDuration, readTime } from '../../src/dialects/python/django/dates.ts';
import { places, readDecimal, writeDecimal } from '../../src/dialects/python/django/decimal.ts';
import { errorsOf } from '../../src/dialects/python/django/errors.ts';
import { kindOf } from '../../src/dialects/python/django/field.ts';
import { limits, words } from '../../src/dialects/python/django/words.ts';
import { pythonFloat, pythonInt } from '../../src/dialects/python/numbers.ts';
import { pythonText } from '../../src/dialects/python/text.ts';
import { pythonUuid } from '../../src/dialects/python/uuid.ts';
import type { Violation } from '../../src/problem.ts';
import { shapeOf } from '../../src/schema/shape.ts';

const keywords =
  'type enum const required format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum ' +
  'multipleOf minItems maxItems uniqueItems contains items additionalItems unevaluatedItems minProperties ' +
  'maxProperties additionalProperties unevaluatedProperties propertyNames dependentRequired dependencies anyOf oneOf ' +
  'not if exists';

test.each(keywords.split(' '))('%s has words', (keyword) => {
  const known = { ...limits, ...words };
  expect(Object.hasOwn(known, keyword)).toBe(true);
  const violation: Violation = {
    path: '/a',
    keyword,
    params: { limit: 3, multipleOf: 2, missingProperty: 'b', property: 'a', propertyName: 'c' },
    value: 1,
    schema: { type: 'string' },
    message: 'in the words of nobody',
  };
  const [sentence] = errorsOf([violation], 'thing', []).a as string[];
  expect(sentence).toMatch(/^[A-Z"].*\.$/);
  expect(sentence).not.toMatch(/undefined|words of nobody/);
});

type Reads = [name: string, read: (text: string) => unknown, rows: [text: string, value: unknown][]];

const readers: Reads[] = [
  [
    'a date',
    readDate,
    [
      ['2020-1-2', '2020-01-02'],
      ['20200102', '2020-01-02'],
      ['2020-02-30', undefined],
      ['2020-01-02T00:00', undefined],
    ],
  ],
  [
    'a moment',
    readDateTime,
    [
      ['2020-01-02', '2020-01-02T00:00:00Z'],
      ['2020-01-02 3:04', '2020-01-02T03:04:00Z'],
      ['2020-01-01T00:30:00.25+01:00', '2019-12-31T23:30:00.250000Z'],
      ['2020-01-02T24:00:00', undefined],
      ['1577923200', undefined],
    ],
  ],
  [
    'a time',
    readTime,
    [
      ['7:30', '07:30:00'],
      ['07:30:15.5', '07:30:15.500000'],
      ['0730', '07:30:00'],
      ['25:00', undefined],
    ],
  ],
  [
    'a duration',
    readDuration,
    [
      ['3600', '01:00:00'],
      ['10:00', '00:10:00'],
      ['1 02:03:04', '1 02:03:04'],
      ['3 days', '3 00:00:00'],
      ['P1DT2H', '1 02:00:00'],
      ['-1:00:00', '-1 23:00:00'],
      ['1.5', '00:00:01.500000'],
      ['', '00:00:00'],
      ['soon', undefined],
    ],
  ],
  [
    'a whole number',
    pythonInt,
    [
      [' +7 ', 7],
      ['1_000', 1000],
      ['٣', 3],
      ['1__0', undefined],
      ['0x1', undefined],
    ],
  ],
  [
    'a number',
    pythonFloat,
    [
      ['1.5', 1.5],
      ['.5e1', 5],
      ['1_0.0', 10],
      ['nan', Number.NaN],
      ['1,5', undefined],
    ],
  ],
  [
    'a UUID',
    pythonUuid,
    [
      ['{3FA85F6457174562B3FC2C963F66AFA6}', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
      ['urn:uuid:3fa85f64-5717-4562-b3fc-2c963f66afa6', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
      ['3fa85f64', undefined],
    ],
  ],
];

describe.each(readers)('%s', (_name, read, rows) => {
  test.each(rows)('%j', (text, value) => {
    expect(read(text)).toBe(value);
  });
});

test.each([
  ['10.5', 2, '10.50'],
  ['1e2', 2, '100.00'],
  ['-.5', 1, '-0.5'],
  ['007', undefined, '7'],
  ['1e-3', undefined, '0.001'],
])('the decimal %s with %s places is %s', (text, behind, written) => {
  const decimal = readDecimal(text);
  expect(decimal && writeDecimal(decimal, behind)).toBe(written);
});

test('the digits of a decimal are counted as Python counts them', () => {
  const count = (text: string) => places(readDecimal(text) ?? { sign: '', digits: '0', exponent: 0 });
  expect(count('123.45')).toEqual({ total: 5, whole: 3, behind: 2 });
  expect(count('0.001')).toEqual({ total: 3, whole: 0, behind: 3 });
  expect(count('1e3')).toEqual({ total: 4, whole: 4, behind: 0 });
});

test('values in messages are written as Python writes them', () => {
  expect([true, null, 1.5, ['a', "b'c"], { a: false }].map(pythonText)).toEqual([
    'True',
    'None',
    '1.5',
    `['a', "b'c"]`,
    "{'a': False}",
  ]);
});

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: ['string', 'null'], format: 'uuid' }, 'uuid'],
  [{ enum: ['a', null] }, 'choice'],
  [{ type: 'array', items: { type: 'object', properties: {} } }, 'many'],
  [{ type: 'object' }, 'dict'],
  [{ type: ['string', 'integer'] }, 'json'],
  [{}, 'json'],
])('%j is a field of the kind %s', (schema, kind) => {
  expect(kindOf(shapeOf(schema))).toBe(kind);
});
