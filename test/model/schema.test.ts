import { describe, expect, test } from 'vitest';
import { createStandin } from '../../src/standin.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const statusOf = async (
  schema: unknown,
  body: unknown,
  more: Record<string, unknown> = {},
): Promise<number> => {
  const dir = folder({ 'things.json': [], 'things.schema.json': schema, ...more });
  const { post } = await serve({ sources: dir.path });
  return (await post('/things', body)).status;
};

describe('drafts and keywords', () => {
  const rows: [sentence: string, schema: object, good: object, bad: object][] = [
    [
      'a schema without $schema is 2020-12',
      { properties: { a: { prefixItems: [{ type: 'string' }] } } },
      { a: ['x'] },
      { a: [1] },
    ],
    [
      '2020-12',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        required: ['a'],
        unevaluatedProperties: false,
        properties: { a: {}, id: {} },
      },
      { a: 1 },
      { a: 1, b: 2 },
    ],
    [
      '2019-09',
      { $schema: 'https://json-schema.org/draft/2019-09/schema', dependentRequired: { a: ['b'] } },
      { a: 1, b: 1 },
      { a: 1 },
    ],
    [
      'draft-07',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        properties: { a: { items: [{ type: 'string' }] } },
      },
      { a: ['x', 1] },
      { a: [1] },
    ],
    [
      'draft-07 with definitions',
      {
        $schema: 'http://json-schema.org/draft-07/schema',
        definitions: { n: { type: 'number' } },
        properties: { a: { $ref: '#/definitions/n' } },
      },
      { a: 1 },
      { a: 'x' },
    ],
    [
      '$defs',
      { $defs: { n: { type: 'number' } }, properties: { a: { $ref: '#/$defs/n' } } },
      { a: 1 },
      { a: 'x' },
    ],
    ['if and then', { if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
    ['formats', { properties: { a: { format: 'email' } } }, { a: 'ada@example.com' }, { a: 'ada' }],
    ['dates', { properties: { a: { format: 'date' } } }, { a: '2024-02-29' }, { a: '2023-02-29' }],
    [
      'formats that nobody knows',
      { properties: { a: { format: 'shoe-size', type: 'string' } } },
      { a: 'x' },
      { a: 1 },
    ],
    [
      'x-* keywords',
      { 'x-faker': 'name', properties: { a: { 'x-label': 'A', type: 'number' } } },
      { a: 1 },
      { a: 'x' },
    ],
    [
      'patterns with loose escapes',
      { properties: { a: { pattern: '^[a\\-z]\\@$' } } },
      { a: '-@' },
      { a: 'b@' },
    ],
    ['nullable unions', { properties: { a: { type: ['string', 'null'] } } }, { a: null }, { a: 1 }],
    ['anyOf', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 1 }, { c: 1 }],
    ['an $id of its own', { $id: 'https://example.com/thing', required: ['a'] }, { a: 1 }, {}],
    ['another $schema of a house', { $schema: 'https://example.com/meta', required: ['a'] }, { a: 1 }, {}],
  ];
  test.each(rows)('%s', async (_sentence, schema, good, bad) => {
    expect([await statusOf(schema, good), await statusOf(schema, bad)]).toEqual([201, 422]);
  });

  test('a schema may be YAML', async () => {
    const dir = folder({ 'things.json': [], 'things.schema.yaml': 'required: [a]\n' });
    const { post } = await serve({ sources: dir.path });
    expect([(await post('/things', {})).status, (await post('/things', { a: 1 })).status]).toEqual([
      422, 201,
    ]);
  });

  test('one fault of anyOf is one fault', async () => {
    const schema = { properties: { a: { anyOf: [{ type: 'string' }, { type: 'number', minimum: 3 }] } } };
    const dir = folder({ 'things.json': [], 'things.schema.json': schema });
    const { post } = await serve({ sources: dir.path });
    const { json } = await post('/things', { a: true });
    expect((json as { details: { path: string; keyword: string }[] }).details).toMatchObject([
      { path: '/a', keyword: 'anyOf' },
    ]);
  });
});

describe('where schemas lie', () => {
  const schema = { required: ['a'] };
  const rows: [sentence: string, files: Record<string, unknown>, source: string][] = [
    ['beside the fixtures', { 'things.json': [], 'things.schema.json': schema }, '.'],
    ['in schemas/ beneath them', { 'things.json': [], 'schemas/things.schema.json': schema }, '.'],
    ['beside a db.json', { 'db.json': { things: [] }, 'things.schema.json': schema }, 'db.json'],
    [
      'in schemas/ beside a db.json',
      { 'db.json': { things: [] }, 'schemas/things.schema.json': schema },
      'db.json',
    ],
  ];
  test.each(rows)('%s', async (_sentence, files, source) => {
    const { post } = await serve({ sources: folder(files).file(source) });
    expect((await post('/things', {})).status).toBe(422);
  });

  test('where the option says', async () => {
    const dir = folder({ 'data/things.json': [], 'rules/things.schema.json': schema });
    const { post } = await serve({ sources: dir.file('data'), schemas: dir.file('rules') });
    expect((await post('/things', {})).status).toBe(422);
    const missing = createStandin({ sources: dir.file('data'), schemas: dir.file('nowhere') });
    await expect(missing).rejects.toMatchObject({ code: 'no-source' });
  });

  test('a $ref reaches into other files', async () => {
    const files = {
      'things.schema.json': {
        properties: {
          home: { $ref: 'places.schema.json' },
          code: { $ref: './codes.schema.json#/$defs/code' },
        },
      },
      'places.schema.json': { required: ['city'] },
      'codes.schema.json': { $defs: { code: { type: 'string', pattern: '^[A-Z]+$' } } },
    };
    const dir = folder({ 'things.json': [], ...files });
    const { post } = await serve({ sources: dir.path });
    expect((await post('/things', { home: { city: 'x' }, code: 'AB' })).status).toBe(201);
    const { status, json } = await post('/things', { home: {}, code: 'ab' });
    expect(status).toBe(422);
    expect((json as { details: { path: string }[] }).details.map(({ path }) => path).sort()).toEqual([
      '/code',
      '/home/city',
    ]);
  });

  test('a schema without a fixture is an empty collection', async () => {
    const dir = folder({ 'things.schema.json': { properties: { name: { type: 'string' } } } });
    const { get, post } = await serve({ sources: dir.path });
    expect((await get('/things')).json).toEqual([]);
    expect((await post('/things', { name: 'new' })).json).toEqual({ id: 1, name: 'new' });
    expect((await post('/things', { name: 1 })).status).toBe(422);
  });
});

describe('a schema that cannot be used is refused with its place', () => {
  const rows: [sentence: string, text: string, shown: RegExp][] = [
    ['broken JSON', '{\n  "type": \n}', /things\.schema\.json:3:1: not JSON: expected a value/],
    ['an unknown type', '{\n  "type": "objekt"\n}', /things\.schema\.json:2:11: .*\/type.*"object"/],
    [
      'a keyword with a wrong value',
      '{\n  "properties": {\n    "a": {"minimum": "3"}\n  }\n}',
      /things\.schema\.json:3:22: /,
    ],
    ['an array', '[]', /things\.schema\.json:1:1: things: a schema is an object, found an array/],
    [
      'a $ref that leads nowhere',
      '{"properties": {"a": {"$ref": "gone.schema.json"}}}',
      /things\.schema\.json.*can't resolve reference/,
    ],
    ['a pattern that is none', '{"properties": {"a": {"pattern": "("}}}', /things\.schema\.json/],
    [
      'an old draft',
      '{\n"$schema": "http://json-schema.org/draft-03/schema#"}',
      /things\.schema\.json:2:12: .*expected draft-04, draft-06, draft-07, 2019-09 or 2020-12/,
    ],
  ];
  test.each(rows)('%s', async (_sentence, text, shown) => {
    const dir = folder({ 'things.json': [], 'things.schema.json': text });
    const error = await createStandin({ sources: dir.path, watch: false }).catch((error: unknown) => error);
    expect(String(error)).toMatch(shown);
    expect(String(error)).toContain(dir.path);
    expect((error as { exit: number }).exit).toBe(1);
  });
});

describe('a fixture that breaks its schema', () => {
  const schema = { properties: { size: { type: 'number' }, name: { type: 'string' } }, required: ['name'] };

  test('is served, and said with its place', async () => {
    const text = '[\n  {"id": 1, "name": "a"},\n  {"id": 2, "size": "big"}\n]';
    const dir = folder({ 'things.json': text, 'things.schema.json': schema });
    const { standin, get } = await serve({ sources: dir.path });
    expect(standin.warnings.map((line) => line.replace(`${dir.path}/`, ''))).toEqual([
      'things.json:3:3: things/name is required',
      'things.json:3:3: things/size must be number, got text',
    ]);
    expect((await get('/things/2')).json).toEqual({ id: 2, size: 'big' });
  });

  test('in many places is said in a few lines', async () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ id: i + 1 }));
    const { standin } = await serve({
      sources: folder({ 'things.json': items, 'things.schema.json': schema }).path,
    });
    expect(standin.warnings).toHaveLength(6);
    expect(standin.warnings.at(-1)).toBe('things: 45 more faults');
  });

  test('as a singleton is said too', async () => {
    const dir = folder({ 'settings.json': { size: 'big' }, 'settings.schema.json': schema });
    const { standin } = await serve({ sources: dir.path });
    expect(standin.warnings).toHaveLength(2);
  });
});
