import { expect, test } from 'vitest';
import { readDuration as djangoDuration } from '../../src/dialects/python/django/dates.ts';
import { readDecimal as djangoDecimal } from '../../src/dialects/python/django/decimal.ts';
import { pythonFloat, pythonInt } from '../../src/dialects/python/numbers.ts';
import { readDecimal, readDigits } from '../../src/dialects/python/pydantic/decimal.ts';
import { readDuration } from '../../src/dialects/python/pydantic/duration.ts';
import { plainFloat, plainInt } from '../../src/dialects/python/pydantic/numbers.ts';
import { readLooseUuid, readUuid } from '../../src/dialects/python/pydantic/uuid.ts';
import { timedelta } from '../../src/dialects/python/pydantic/v1/times.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import { folder } from '../folder.ts';
import { growsLinearly } from '../growth.ts';
import { serve } from '../serve.ts';
import { bookshop } from './bookshop.ts';

type Reader = (text: string) => unknown;

/** A reader, what its text begins with, what is repeated in it, and what it ends with. */
const rows: readonly (readonly [name: string, read: Reader, from: string, again: string, to: string])[] = [
  ['a UUID of braces', readLooseUuid, 'x', '{', 'x'],
  ['a UUID of hyphens', readUuid, '', '-', 'x'],
  ['a UUID of pydantic 2, of digits', readUuid, '{', 'a', '}'],
  ['digits of a decimal', readDigits, '1', '0', '1'],
  ['a decimal of underscores', readDecimal, '1', '_', 'x'],
  ["Django's decimal of digits", djangoDecimal, '', '1', 'x'],
  ['a float of digits', pythonFloat, '', '1', 'x'],
  ['a float of digits and underscores', pythonFloat, '', '1_', '.x'],
  ['an integer of digits', pythonInt, '', '1_', 'x'],
  ['plain numbers', (text) => [plainInt(text), plainFloat(text)], '', '1', 'x'],
  ['a duration of pydantic 1, of digits', (text) => timedelta(text, shapeOf({})), 'PT', '1', 'x'],
  ['a duration of pydantic 1, of days', (text) => timedelta(text, shapeOf({})), '', '1', ' dayz'],
  ['a duration of pydantic 2, of parts', readDuration, 'P', '1D', 'x'],
  ['a duration of pydantic 2, of hours', readDuration, '', '1', ':0x'],
  ["Django's duration of digits", djangoDuration, '', '1', 'x'],
];

test.each(rows)('%s is read in one pass', (_name, read, from, again, to) =>
  growsLinearly(20_000, (size) => from + again.repeat(size) + to, read),
);

test('a body of quotes and NaN is read in one pass', async () => {
  const { post } = await bookshop('fastapi');
  await growsLinearly(
    20_000,
    (size) => `{"word": NaN, "x": "${'\\"'.repeat(size)}`,
    async (body) => {
      expect((await post('/tags', body, { 'Content-Type': 'application/json' })).status).toBe(422);
    },
  );
});

test('NaN inside of a text is text', async () => {
  const { post } = await bookshop('fastapi');
  const body = '{"word": "NaN \\" -Infinity"}';
  const answer = await post('/tags', body, { 'Content-Type': 'application/json' });
  expect(answer.json).toEqual({ id: 2, word: 'NaN " -Infinity' });
});

/** A fastapi with a schema whose faults are quoted. */
const quoting = (schema: object) =>
  serve({
    sources: { nodes: [] },
    schemas: folder({ 'nodes.schema.json': schema }).path,
    dialect: 'fastapi',
  });

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, i]));

test.each([
  ['names that are too long', { type: 'object', propertyNames: { maxLength: 2 } }],
  ['fields that a branch forbids', { allOf: [{ properties: { a: {} }, additionalProperties: false }] }],
])('%s are each quoted by themselves', async (_sentence, tags) => {
  const { post } = await quoting({ type: 'object', properties: { tags } });
  await growsLinearly(500, keys, async (tags) => {
    await post('/nodes', { tags });
  });
  const { body } = await post('/nodes', { tags: keys(2000) });
  expect(body.length).toBeLessThan(2000 * 500);
});

test('objects inside each other that all lack fields are quoted up to a bound', async () => {
  const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['a', 'b', 'c'] };
  const { post } = await quoting({ type: 'object', properties: { top: node }, $defs: { node } });
  const top = Array.from({ length: 150 }).reduce<object>((next) => ({ next }), {
    next: null,
    x: 'x'.repeat(900_000),
  });
  const answer = await post('/nodes', { top });
  expect(answer.status).toBe(422);
  expect(answer.body.length).toBeLessThan(20_000_000);
  const { detail } = answer.json as { detail: { loc: unknown[]; input?: unknown }[] };
  expect(detail).toHaveLength(3 * 151 + 1);
  expect(detail.filter(({ input }) => input !== undefined).length).toBeGreaterThan(10);
  expect(detail.filter(({ input }) => input === undefined).length).toBeGreaterThan(10);
});
