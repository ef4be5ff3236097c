import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { ways } from './marks.ts';

const MERGE = { 'Content-Type': 'application/merge-patch+json' };
const JSON_PATCH = { 'Content-Type': 'application/json-patch+json' };

type Files = Readonly<Record<string, object>>;

const start = (files: Files, things: unknown, options = {}) =>
  serve({ sources: folder({ ...files, 'things.json': things }).path, ...options });

describe('writeOnly is in no answer', () => {
  const rows = ways({ writeOnly: true });

  test.each(rows)('%s', async (_sentence, { files, item }) => {
    const { get, post, put, patch, del } = await start(files, [{ id: 1, ...item('HIDDEN') }]);
    const answers = [
      await get('/things'),
      await get('/things/1'),
      await post('/things', item('HIDDEN')),
      await put('/things/1', item('HIDDEN')),
      await patch('/things/1', item('HIDDEN')),
      await del('/things/1', { Prefer: 'return=representation' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200, 200, 200]);
    for (const { body } of answers) expect(body).not.toContain('HIDDEN');
    // It is stored all the same.
    expect((await get('/_standin/db')).body).toContain('HIDDEN');
  });

  test.each(rows)('of a singleton: %s', async (_sentence, { files, item }) => {
    const { get, put, patch } = await start(files, item('HIDDEN'));
    const answers = [
      await get('/things'),
      await put('/things', item('HIDDEN')),
      await patch('/things', item('HIDDEN')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { body } of answers) expect(body).not.toContain('HIDDEN');
  });

  test.each(['json-server', 'json-server-1', 'django', 'fastapi', 'fastapi-pydantic1'])(
    'in the dialect %s',
    async (dialect) => {
      for (const [sentence, { files, item }] of rows) {
        const { standin, get } = await start(files, [{ id: 1, ...item('HIDDEN') }], {
          dialect,
          writes: 'memory',
        });
        const { status, body } = await get(standin.path('things'));
        expect([sentence, status, body.includes('HIDDEN')]).toEqual([sentence, 200, false]);
      }
    },
  );

  test('in an item that is embedded', async () => {
    const files = {
      'users.json': [{ id: 1, password: 'HIDDEN' }],
      'users.schema.json': { allOf: [{ properties: { password: { writeOnly: true } } }] },
    };
    const { get } = await start(files, [{ id: 1, userId: 1 }]);
    const { body } = await get('/things?_embed=user');
    expect(body).toContain('"user":{"id":1}');
  });
});

describe('readOnly is what it was', () => {
  const rows = ways({ readOnly: true });

  test.each(rows)('%s', async (sentence, { files, item }) => {
    const { get, post, put, patch } = await start(files, [
      { id: 1, ...item('KEPT') },
      { id: 2, ...item('KEPT') },
    ]);
    const writes = [
      await post('/things', item('FORGED')),
      await put('/things/1', item('FORGED')),
      await patch('/things/1', item('FORGED')),
      await patch('/things/1', JSON.stringify(item('FORGED')), MERGE),
      await patch(
        '/things/1',
        JSON.stringify(
          Object.entries(item('FORGED')).map(([key, value]) => ({ op: 'add', path: `/${key}`, value })),
        ),
        JSON_PATCH,
      ),
      await patch('/things?id=2', item('FORGED')),
    ];
    // The library that applies patches refuses paths such as /constructor.
    const patched = /constructor|__proto__/.test(sentence) ? 400 : 200;
    expect(writes.map(({ status }) => status)).toEqual([201, 200, 200, 200, patched, 200]);
    for (const { body } of writes) expect(body).not.toContain('FORGED');
    expect((await get('/things/1')).json).toEqual({ id: 1, ...item('KEPT') });
    expect((await get('/things/2')).json).toEqual({ id: 2, ...item('KEPT') });
  });

  test.each(rows)('of a singleton: %s', async (_sentence, { files, item }) => {
    const { get, put, patch } = await start(files, item('KEPT'));
    for (const { status, body } of [
      await put('/things', item('FORGED')),
      await patch('/things', item('FORGED')),
      await patch('/things', JSON.stringify(item('FORGED')), MERGE),
    ])
      expect([status, body.includes('FORGED')]).toEqual([200, false]);
    expect((await get('/things')).json).toEqual(item('KEPT'));
  });

  test.each(['json-server', 'json-server-1', 'django', 'fastapi', 'fastapi-pydantic1'])(
    'in the dialect %s',
    async (dialect) => {
      for (const [sentence, { files, item }] of rows) {
        const { standin, send, get } = await start(files, [{ id: 1, ...item('KEPT') }], {
          dialect,
          writes: 'memory',
        });
        const path = standin.path('things');
        const one = path.endsWith('/') ? `${path}1/` : `${path}/1`;
        await send(path, { method: 'POST', body: item('FORGED') });
        for (const method of ['PUT', 'PATCH']) await send(one, { method, body: item('FORGED') });
        const { body } = await get('/_standin/db');
        expect([sentence, body.includes('FORGED'), body.includes('KEPT')]).toEqual([sentence, false, true]);
      }
    },
  );
});

describe('readOnly in the elements of a list', () => {
  const files = (id: object) => ({
    'things.schema.json': {
      properties: {
        notes: { items: { properties: { id, text: {}, at: { readOnly: true } } } },
        tags: { items: { readOnly: true } },
      },
    },
  });
  const before = {
    notes: [
      { id: 'a', text: 'x', at: 1 },
      { id: 'b', text: 'y', at: 2 },
    ],
    tags: ['old'],
  };
  const rows: [sentence: string, id: object, sent: object[], after: object[]][] = [
    [
      'stays with the element of its id',
      {},
      [
        { id: 'b', text: 'z', at: 9 },
        { id: 'a', text: 'x' },
      ],
      [
        { id: 'b', text: 'z', at: 2 },
        { id: 'a', text: 'x', at: 1 },
      ],
    ],
    ['is not made for a new one', {}, [{ id: 'c', text: 'z', at: 9 }], [{ id: 'c', text: 'z' }]],
    [
      'finds its element where the id is readOnly too',
      { readOnly: true },
      [{ id: 'b', text: 'z' }],
      [{ id: 'b', text: 'z', at: 2 }],
    ],
    ['stays in its place without an id', {}, [{ text: 'z', at: 9 }], [{ text: 'z', at: 1 }]],
  ];
  test.each(rows)('%s', async (_sentence, id, notes, after) => {
    for (const method of ['PUT', 'PATCH']) {
      const { send } = await start(files(id), [{ id: 1, ...before }]);
      const { json } = await send('/things/1', { method, body: { notes, tags: ['new'] } });
      expect((json as typeof before).notes).toHaveLength(after.length);
      expect((json as typeof before).notes).toEqual(after.map((one) => expect.objectContaining(one)));
      expect((json as typeof before).tags).toEqual(['old']);
    }
  });
});

describe('defaults', () => {
  const rows: [sentence: string, schema: object, sent: object, stored: object, more?: Files][] = [
    [
      'behind a $ref',
      { properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: { default: 1 } } },
      {},
      { a: 1 },
    ],
    [
      'beside a $ref, before those behind it',
      { properties: { a: { $ref: '#/$defs/a', default: 2 } }, $defs: { a: { default: 1 } } },
      {},
      { a: 2 },
    ],
    ['in allOf', { allOf: [{ properties: { a: { default: 1 } } }] }, {}, { a: 1 }],
    ['in allOf of a field', { properties: { a: { allOf: [{ default: 1 }] } } }, {}, { a: 1 }],
    [
      'in another file',
      { allOf: [{ $ref: 'others.schema.json' }] },
      {},
      { a: 1 },
      { 'others.schema.json': { properties: { a: { default: 1 } } } },
    ],
    [
      'in a nullable object',
      { properties: { o: { anyOf: [{ properties: { a: { default: 1 } } }, { type: 'null' }] } } },
      { o: {} },
      { o: { a: 1 } },
    ],
    [
      'in the elements of a list behind a $ref',
      {
        properties: { l: { items: { $ref: '#/$defs/e' } } },
        $defs: { e: { properties: { a: { default: 1 } } } },
      },
      { l: [{}, { a: 2 }] },
      { l: [{ a: 1 }, { a: 2 }] },
    ],
    [
      'not of a branch: another one may hold',
      { oneOf: [{ properties: { a: { default: 1 } }, required: ['k'] }, { properties: { b: {} } }] },
      { b: 1 },
      { b: 1 },
    ],
  ];
  test.each(rows)('%s', async (_sentence, schema, sent, stored, more = {}) => {
    const { post, put } = await start({ 'things.schema.json': schema, ...more }, []);
    expect((await post('/things', sent)).json).toEqual({ id: 1, ...stored });
    expect((await put('/things/1', sent)).json).toEqual({ id: 1, ...stored });
  });

  test.each(rows)(
    'of a singleton that is replaced: %s',
    async (_sentence, schema, sent, stored, more = {}) => {
      const { put, patch } = await start({ 'things.schema.json': schema, ...more }, {});
      expect((await patch('/things', sent)).json).toEqual(sent);
      expect((await put('/things', sent)).json).toEqual(stored);
    },
  );
});

describe('a required field that is readOnly is not asked for', () => {
  const rows: [sentence: string, schema: object][] = [
    ['in allOf', { required: ['at'], allOf: [{ properties: { at: { readOnly: true } } }] }],
    [
      'behind a $ref',
      { required: ['at'], properties: { at: { $ref: '#/$defs/at' } }, $defs: { at: { readOnly: true } } },
    ],
    [
      'in an object',
      { properties: { o: { required: ['at'], allOf: [{ properties: { at: { readOnly: true } } }] } } },
    ],
  ];
  test.each(rows)('%s', async (_sentence, schema) => {
    const files = { 'things.schema.json': schema };
    expect((await (await start(files, [])).post('/things', { o: {} })).status).toBe(201);
    expect((await (await start(files, {})).put('/things', { o: {} })).status).toBe(200);
  });
});

describe('dates and decimals compare as what they are', () => {
  const date = { format: 'date-time' };
  const rows: [sentence: string, schema: object, path?: string][] = [
    ['behind a $ref', { properties: { at: { $ref: '#/$defs/at' } }, $defs: { at: date } }],
    ['in allOf', { allOf: [{ properties: { at: date } }] }],
    ['in a field that may be null', { properties: { at: { anyOf: [date, { type: 'null' }] } } }],
    ['in a branch', { oneOf: [{ properties: { at: date } }, { properties: { at: { type: 'number' } } }] }],
    [
      'in a list of objects',
      { properties: { l: { items: { $ref: '#/$defs/l' } } }, $defs: { l: { properties: { at: date } } } },
      'l.at',
    ],
    ['in a tree', { properties: { at: date, kid: { $ref: '#' } } }, 'kid.kid.at'],
  ];
  const holding = (path: string, value: string): object =>
    path
      .split('.')
      .reduceRight<unknown>((inner, step) => ({ [step]: step === 'l' ? [inner] : inner }), value) as object;

  test.each(rows)('%s', async (_sentence, schema, path = 'at') => {
    const { get } = await start({ 'things.schema.json': schema }, [
      { id: 1, ...holding(path, '2024-01-01T12:00:00+02:00') },
      { id: 2, ...holding(path, '2024-01-01T11:00:00Z') },
    ]);
    const { json } = await get(`/things?${path}:gt=2024-01-01T10:30:00Z`);
    expect((json as { id: number }[]).map(({ id }) => id)).toEqual([2]);
  });

  test('a decimal behind a $ref', async () => {
    const schema = { properties: { price: { $ref: '#/$defs/p' } }, $defs: { p: { format: 'decimal' } } };
    const { get } = await start({ 'things.schema.json': schema }, [
      { id: 1, price: '9.5' },
      { id: 2, price: '10.0' },
    ]);
    expect((await get('/things?_sort=-price')).json).toMatchObject([{ id: 2 }, { id: 1 }]);
  });
});
