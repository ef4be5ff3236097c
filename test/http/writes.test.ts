import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const uuid = '6f1c2f3e-2c1b-4d3a-9a51-0d5a3c8f9b10';

describe('generated ids follow the collection', () => {
  const rows: [sentence: string, ids: (string | number)[], expected: unknown][] = [
    ['an empty collection starts at 1', [], 1],
    ['integers go on after the highest', [3, 10, 4], 11],
    ['integers below one do too', [-5], 1],
    ['uuids get uuids', [uuid], expect.stringMatching(UUID)],
    ['other texts get short random texts', ['home', 'about'], expect.stringMatching(/^[\w-]{12}$/)],
    ['numbers among texts get texts', [1, 'about'], expect.stringMatching(/^[\w-]{12}$/)],
  ];
  test.each(rows)('%s', async (_sentence, ids, expected) => {
    const { post } = await serve({ sources: { things: ids.map((id) => ({ id })) } });
    const { status, json, headers } = await post('/things', { name: 'new' });
    expect([status, json]).toEqual([201, { id: expected, name: 'new' }]);
    expect(headers.location).toBe(`/things/${(json as { id: unknown }).id}`);
  });

  test('an id is never given twice, even after a delete', async () => {
    const { post, del } = await serve({ sources: { things: [{ id: 1 }] } });
    await post('/things', {});
    await del('/things/2');
    await del('/things/1');
    expect((await post('/things', {})).json).toEqual({ id: 3 });
  });

  test('a refused write burns no id', async () => {
    const dir = folder({
      'things.json': [{ id: 1, size: 1 }],
      'things.schema.json': { properties: { size: { type: 'number' } } },
    });
    const { post } = await serve({ sources: dir.path });
    expect((await post('/things', { size: 'big' })).status).toBe(422);
    expect((await post('/things', { size: 2 })).json).toEqual({ id: 2, size: 2 });
  });

  test('a schema says what the ids of an empty collection are', async () => {
    const id = (rule: object) => ({ type: 'object', properties: { id: rule } });
    const dir = folder({
      'users.schema.json': id({ type: 'string', format: 'uuid' }),
      'pages.schema.json': id({ type: 'string' }),
      'counts.schema.json': id({ type: 'integer' }),
    });
    const { post } = await serve({ sources: dir.path });
    expect((await post('/users', {})).json).toEqual({ id: expect.stringMatching(UUID) });
    expect((await post('/pages', {})).json).toEqual({ id: expect.stringMatching(/^[\w-]{12}$/) });
    expect((await post('/counts', {})).json).toEqual({ id: 1 });
  });
});

describe("a client's own id", () => {
  const rows: [sentence: string, sent: unknown, status: number, stored?: unknown][] = [
    ['is kept when it is free', 7, 201, 7],
    ['is a number where ids are numbers', '7', 201, 7],
    ['is refused when it is taken', 1, 409],
    ['is refused when it is taken, as text too', '1', 409],
    ['may be text among numbers', 'seven', 201, 'seven'],
    ['of null is none', null, 201, 2],
    ['that is empty is none', '', 201, 2],
    ['that is an object is refused', { a: 1 }, 422],
    ['that is a list is refused', [7], 422],
    ['that is true is refused', true, 422],
  ];
  test.each(rows)('%s', async (_sentence, sent, status, stored) => {
    const { post, get } = await serve({ sources: { things: [{ id: 1, name: 'first' }] } });
    const answer = await post('/things', { id: sent, name: 'new' });
    expect(answer.status).toBe(status);
    if (stored !== undefined) expect(answer.json).toEqual({ id: stored, name: 'new' });
    expect((await get('/things/1')).json).toEqual({ id: 1, name: 'first' });
    expect((await get('/things')).json).toHaveLength(status === 201 ? 2 : 1);
  });

  test('counts: the next generated one comes after it', async () => {
    const { post } = await serve({ sources: { things: [{ id: 1 }] } });
    await post('/things', { id: 40 });
    expect((await post('/things', {})).json).toEqual({ id: 41 });
  });

  test('that is taken is refused with the way out', async () => {
    const { post } = await serve({ sources: { things: [{ id: 1 }] } });
    expect((await post('/things', { id: 1 })).json).toMatchObject({
      code: 'id-taken',
      error: 'things has an item with the id 1 already',
      hint: expect.stringContaining('PUT /things/1'),
    });
  });
});

describe('PUT and PATCH', () => {
  const data = () => ({ things: [{ id: 1, name: 'first', size: { width: 1, height: 2 } }, { id: 2 }] });

  test.each(['PUT', 'PATCH'])('%s never changes the id', async (method) => {
    for (const id of [2, '1', 'x', null, { a: 1 }]) {
      const { send, get } = await serve({ sources: data() });
      const { status, json } = await send('/things/1', { method, body: { id, name: 'new' } });
      expect([status, (json as { id: unknown }).id]).toEqual([200, 1]);
      expect((await get('/things')).headers['x-total-count']).toBe('2');
    }
  });

  test('PUT replaces the whole item and answers with it', async () => {
    const { put, get } = await serve({ sources: data() });
    expect((await put('/things/1', { colour: 'red' })).json).toEqual({ id: 1, colour: 'red' });
    expect((await get('/things/1')).json).toEqual({ id: 1, colour: 'red' });
  });

  test('PATCH replaces the fields it names, objects whole', async () => {
    const { patch } = await serve({ sources: data() });
    const { json } = await patch('/things/1', { size: { width: 9 }, colour: null });
    expect(json).toEqual({ id: 1, name: 'first', size: { width: 9 }, colour: null });
  });

  test('an item keeps its place in the list', async () => {
    const { put, patch, post, del, get } = await serve({
      sources: { things: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    });
    await put('/things/1', { name: 'a' });
    await patch('/things/2', { name: 'b' });
    await post('/things', {});
    await del('/things/1');
    await post('/things', { id: 1 });
    const ids = ((await get('/things')).json as { id: number }[]).map(({ id }) => id);
    expect(ids).toEqual([2, 3, 4, 1]);
  });

  test('a singleton is merged by PATCH and replaced by PUT', async () => {
    const { put, patch, get } = await serve({ sources: { settings: { theme: 'dark', size: 3 } } });
    expect((await patch('/settings', { size: 4 })).json).toEqual({ theme: 'dark', size: 4 });
    expect((await put('/settings', { size: 5 })).json).toEqual({ size: 5 });
    expect((await get('/settings')).json).toEqual({ size: 5 });
  });
});

describe('keys of parents', () => {
  test('are typed like the ids of the parents', async () => {
    const { post, put, patch } = await serve({
      sources: {
        users: [{ id: 1 }],
        teams: [{ id: 'red' }, { id: '5' }],
        posts: [{ id: 1, userId: 1, teamId: 'red' }],
      },
    });
    expect((await post('/posts', { userId: '1', teamId: 5 })).json).toEqual({
      id: 2,
      userId: 1,
      teamId: '5',
    });
    expect((await put('/posts/1', { userId: '1' })).json).toEqual({ id: 1, userId: 1 });
    expect((await patch('/posts/1', { userId: '12' })).json).toEqual({ id: 1, userId: 12 });
    expect((await patch('/posts/1', { userId: '012' })).json).toEqual({ id: 1, userId: '012' });
  });

  test('declared in the config must lead to an item', async () => {
    const { post, patch, get } = await serve({
      sources: { users: [{ id: 1 }], posts: [{ id: 1, userId: 1 }] },
      relations: { 'posts.userId': 'users' },
    });
    const refused = await post('/posts', { userId: 9 });
    expect(refused).toMatchObject({
      status: 422,
      json: { details: [{ path: '/userId', keyword: 'exists' }] },
    });
    expect((await patch('/posts/1', { userId: 9 })).status).toBe(422);
    expect((await post('/posts', { userId: null })).status).toBe(201);
    expect((await get('/posts')).json).toHaveLength(2);
  });
});

const schema = {
  type: 'object',
  required: ['name', 'price'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 2 },
    price: { type: 'number', minimum: 0 },
    colour: { enum: ['red', 'blue'] },
    created: { type: 'string', readOnly: true },
    secret: { type: 'string', writeOnly: true },
    stock: { type: 'integer', default: 0 },
    address: {
      type: 'object',
      properties: { zip: { type: 'string', pattern: '^\\d{4}$' } },
      required: ['zip'],
    },
  },
};

const shop = () =>
  folder({
    'products.json': [{ id: 1, name: 'Chair', price: 10, created: '2020-01-01', secret: 's' }],
    'products.schema.json': schema,
  }).path;

describe('a schema', () => {
  test('names everything that is wrong, at once and by its place', async () => {
    const { post, get } = await serve({ sources: shop() });
    const body = { name: 'C', colour: 'pink', address: { zip: 'abc' }, weight: 3 };
    const { status, json } = await post('/products', body);
    expect(status).toBe(422);
    const { code, details } = json as {
      code: string;
      details: { path: string; keyword: string; message: string }[];
    };
    expect(code).toBe('invalid');
    expect(details.map(({ path, keyword }) => `${path} ${keyword}`).sort()).toEqual([
      '/address/zip pattern',
      '/colour enum',
      '/name minLength',
      '/price required',
      '/weight additionalProperties',
    ]);
    for (const { message } of details) expect(message).not.toBe('');
    expect((await get('/products')).json).toHaveLength(1);
  });

  test.each([
    ['POST', '/products'],
    ['PUT', '/products/1'],
    ['PATCH', '/products/1'],
  ])('refuses %s, and then nothing has changed', async (method, path) => {
    const { send, get } = await serve({ sources: shop() });
    const before = (await get('/_standin/db')).body;
    expect((await send(path, { method, body: { name: 'Table', price: -1 } })).status).toBe(422);
    expect((await get('/_standin/db')).body).toBe(before);
  });

  test('is asked about the whole item after a PATCH, not about the patch alone', async () => {
    const { patch } = await serve({ sources: shop() });
    expect((await patch('/products/1', { price: 12 })).status).toBe(200);
  });

  test('does not blame a PATCH for an old fault elsewhere', async () => {
    const dir = folder({
      'products.json': [{ id: 1, name: 'x', price: 'old' }],
      'products.schema.json': schema,
    });
    const { patch, put } = await serve({ sources: dir.path });
    expect((await patch('/products/1', { colour: 'red' })).status).toBe(200);
    expect((await patch('/products/1', { name: 'y' })).status).toBe(422);
    expect((await put('/products/1', { name: 'Chair', price: 'old' })).status).toBe(422);
  });

  test('keeps readOnly fields from clients', async () => {
    const { post, put, patch } = await serve({ sources: shop() });
    const created = await post('/products', { name: 'Table', price: 1, created: 'now' });
    expect([created.status, created.json]).toEqual([201, { id: 2, name: 'Table', price: 1, stock: 0 }]);
    expect((await put('/products/1', { name: 'Stool', price: 2, created: 'now' })).json).toMatchObject({
      name: 'Stool',
      created: '2020-01-01',
    });
    expect((await patch('/products/1', { created: 'now' })).json).toMatchObject({ created: '2020-01-01' });
  });

  test('keeps writeOnly fields from answers', async () => {
    const { get, post } = await serve({ sources: shop() });
    expect((await get('/products/1')).json).not.toHaveProperty('secret');
    expect((await get('/products')).body).not.toContain('secret');
    expect((await post('/products', { name: 'Table', price: 1, secret: 'x' })).json).not.toHaveProperty(
      'secret',
    );
  });

  test('does not forbid the id where it does not name it', async () => {
    const { post } = await serve({ sources: shop() });
    expect((await post('/products', { id: 9, name: 'Table', price: 1 })).status).toBe(201);
  });

  test('checks a singleton too', async () => {
    const dir = folder({
      'settings.json': { theme: 'dark' },
      'settings.schema.json': { properties: { theme: { enum: ['dark', 'light'] } } },
    });
    const { put, patch } = await serve({ sources: dir.path });
    expect((await put('/settings', { theme: 'pink' })).status).toBe(422);
    expect((await patch('/settings', { theme: 'light' })).status).toBe(200);
  });
});

describe('unique fields', () => {
  const options = () => ({
    sources: { people: [{ id: 1, mail: 'a@x', code: 1, level: 1 }] },
    unique: { people: ['mail', ['code', 'level']] },
  });
  const rows: [sentence: string, body: object, status: number][] = [
    ['a taken value is refused', { mail: 'a@x' }, 409],
    ['a taken pair is refused', { mail: 'b@x', code: 1, level: 1 }, 409],
    ['half of a pair is free', { mail: 'b@x', code: 1, level: 2 }, 201],
    ['an absent value equals no other', {}, 201],
  ];
  test.each(rows)('%s', async (_sentence, body, status) => {
    const { post } = await serve(options());
    expect((await post('/people', body)).status).toBe(status);
  });

  test('an item may keep its own value', async () => {
    const { put } = await serve(options());
    expect((await put('/people/1', { mail: 'a@x' })).status).toBe(200);
  });
});

test('faked writes answer as if, and change nothing', async () => {
  const { post, del, get } = await serve({ sources: { things: [{ id: 1 }] }, writes: 'fake' });
  expect((await post('/things', {})).json).toEqual({ id: 2 });
  expect((await post('/things', {})).json).toEqual({ id: 2 });
  expect((await del('/things/1')).status).toBe(204);
  expect((await get('/things')).json).toEqual([{ id: 1 }]);
});

test('many clients at once get an id each', async () => {
  const { post, get } = await serve({ sources: { things: [] } });
  const answers = await Promise.all(Array.from({ length: 50 }, () => post('/things', {})));
  expect(new Set(answers.map(({ json }) => (json as { id: number }).id)).size).toBe(50);
  expect((await get('/things')).headers['x-total-count']).toBe('50');
});

test('data passed in code is not changed by clients', async () => {
  const sources = { things: [{ id: 1, list: [1] }] };
  const { patch } = await serve({ sources });
  await patch('/things/1', { list: [2] });
  expect(sources).toEqual({ things: [{ id: 1, list: [1] }] });
});
