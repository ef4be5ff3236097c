import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const items = () => [{ id: 1, name: 'one' }];

describe('names of resources', () => {
  const names = [
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'hasOwnProperty',
    'blog-posts',
    'blog_posts',
    'my things',
    'Åse',
    '日本',
    'a.b',
    'a:b',
    'a*b(c)?',
    'a+b',
    'a%2Fb',
    'db',
    '0',
  ];
  test.each(names)('%s works like any other', async (name) => {
    const { get, post, put, patch, del } = await serve({
      sources: JSON.parse(`{ ${JSON.stringify(name)}: ${JSON.stringify(items())} }`),
    });
    const path = `/${encodeURIComponent(name)}`;
    expect((await get(path)).json).toEqual(items());
    const created = await post(path, { name: 'two' });
    expect([created.status, created.json]).toEqual([201, { id: 2, name: 'two' }]);
    expect(created.headers.location).toBe(`${path}/2`);
    expect((await put(`${path}/2`, { name: 'three' })).json).toEqual({ id: 2, name: 'three' });
    expect((await patch(`${path}/2`, { size: 1 })).json).toEqual({ id: 2, name: 'three', size: 1 });
    expect((await del(`${path}/2`)).status).toBe(204);
    const root = (await get('/')).json as { resources: object };
    expect(Object.keys(root.resources)).toEqual([name]);
  });

  test.each(['', '_standin', 'a/b'])('%j is refused', async (name) => {
    await expect(serve({ sources: { [name]: items() } })).rejects.toMatchObject({ code: 'bad-fixture' });
  });

  test('names of object members that are no resources are not found', async () => {
    const { get } = await serve({ sources: { things: items() } });
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect((await get(`/${name}`)).status, name).toBe(404);
      expect((await get(`/things/${name}`)).status, name).toBe(404);
      expect((await get(`/things/1/${name}`)).status, name).toBe(404);
    }
  });
});

describe('ids', () => {
  const ids: [sentence: string, id: string][] = [
    ['with a slash', 'a/b'],
    ['with a dot', 'v1.2.3'],
    ['of dots', '..'],
    ['with a question mark', 'who?'],
    ['with a space', 'a b'],
    ['with a percent sign', '100%'],
    ['with a plus', 'a+b'],
    ['in unicode', 'ürün-日本'],
    ['in emoji', '🦊'],
    ['like a member of objects', '__proto__'],
    ['like an index', '007'],
  ];
  test.each(ids)('%s', async (_sentence, id) => {
    const { get, patch, del, post } = await serve({ sources: { things: [{ id: 'other' }] } });
    const created = await post('/things', { id, name: 'odd' });
    const path = `/things/${encodeURIComponent(id)}`;
    expect([created.status, created.headers.location]).toEqual([201, path]);
    expect((await get(path)).json).toEqual({ id, name: 'odd' });
    expect((await patch(path, { name: 'even' })).json).toEqual({ id, name: 'even' });
    expect((await del(path)).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });

  test('of parents are decoded too', async () => {
    const { get, post } = await serve({
      sources: { users: [{ id: 'a/b' }], posts: [{ id: 1, userId: 'a/b' }] },
    });
    expect((await get('/users/a%2Fb/posts/1')).status).toBe(200);
    const created = await post('/users/a%2Fb/posts', {});
    expect(created.json).toEqual({ id: 2, userId: 'a/b' });
    expect(created.headers.location).toBe('/users/a%2Fb/posts/2');
  });

  test('may be text in one place and a number in another', async () => {
    const { get } = await serve({
      sources: { things: [{ id: '1' }, { id: 2 }, { id: 2.5 }, { id: 0 }, { id: -1 }] },
    });
    for (const id of ['1', '2', '2.5', '0', '-1']) expect((await get(`/things/${id}`)).status, id).toBe(200);
  });

  test('may live in a field of another name', async () => {
    const { get, post } = await serve({
      sources: { pages: [{ slug: 'home' }], users: [{ _id: 1 }] },
      id: '_id',
      resources: { pages: { id: 'slug' } },
    });
    expect((await get('/pages/home')).json).toEqual({ slug: 'home' });
    expect((await get('/users/1')).json).toEqual({ _id: 1 });
    expect((await post('/users', { name: 'Ada' })).json).toEqual({ _id: 2, name: 'Ada' });
    expect((await post('/pages', { slug: 'about' })).headers.location).toBe('/pages/about');
  });
});

test('two hundred resources are served side by side', async () => {
  const sources = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [
      `things${i}`,
      [{ id: 1, number: i, ...(i > 0 ? { [`things${i - 1}Id`]: 1 } : {}) }],
    ]),
  );
  const { get, post } = await serve({ sources });
  for (const i of [0, 1, 99, 198, 199]) {
    expect((await get(`/things${i}/1`)).json).toMatchObject({ id: 1, number: i });
    expect((await post(`/things${i}`, {})).json).toEqual({ id: 2 });
  }
  expect((await get('/things200')).json).toMatchObject({ hint: expect.stringContaining('lists all 200') });
});
