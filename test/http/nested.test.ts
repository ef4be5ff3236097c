import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';
import { atlas } from './atlas.ts';

const names = (json: unknown) => (json as { name: string }[]).map(({ name }) => name);
const DEEP = '/continents/1/countries/10/cities/100/streets';

describe('lists below an item', () => {
  const rows: [sentence: string, path: string, expected: string[]][] = [
    ['one level down', '/continents/1/countries', ['Portugal', 'Norway']],
    ['two levels down', '/continents/1/countries/10/cities', ['Porto', 'Lisbon']],
    ['three levels down', DEEP, ['Rua das Flores']],
    ['from the middle of the chain', '/countries/20/cities', ['Kyoto']],
    ['a parent without children has an empty list', '/cities/101/streets', []],
  ];
  test.each(rows)('%s', async (_sentence, path, expected) => {
    const { get } = await serve({ sources: atlas() });
    const { status, json } = await get(path);
    expect([status, names(json)]).toEqual([200, expected]);
  });
});

describe('every level is checked', () => {
  const rows: [sentence: string, path: string, code: string][] = [
    ['a parent that is not there', '/continents/9/countries', 'no-parent'],
    ['a parent that is not there, further up', '/continents/9/countries/10/cities/100', 'no-parent'],
    ['a parent that is not there, in the middle', '/continents/1/countries/99/cities', 'no-parent'],
    ['a child of another parent', '/countries/20/cities/100', 'not-found'],
    ['a grandparent that is another', '/continents/2/countries/10/cities/100', 'not-found'],
    ['a grandparent that is another, for a list', '/continents/2/countries/10/cities', 'not-found'],
    ['a child that is not there', '/countries/10/cities/999', 'not-found'],
    ['a resource that is no child', '/continents/1/streets', 'unknown-resource'],
    ['a resource that is nowhere', '/continents/1/planets', 'unknown-resource'],
    ['a parent below its child', '/cities/100/countries', 'unknown-resource'],
  ];
  const verbs: [method: string, body: unknown][] = [
    ['GET', undefined],
    ['PUT', { name: 'x' }],
    ['PATCH', { name: 'x' }],
    ['DELETE', undefined],
  ];
  test.each(rows)('%s is 404 for every verb, and nothing changes', async (_sentence, path, code) => {
    const { send, get } = await serve({ sources: atlas() });
    const before = (await get('/_standin/db')).body;
    const isItem = path.split('/').length % 2 === 1;
    for (const [method, body] of isItem
      ? verbs
      : ([
          ['GET', undefined],
          ['POST', { name: 'x' }],
        ] as const)) {
      const { status, json } = await send(path, { method, ...(body ? { body } : {}) });
      expect([method, status, (json as { code: string }).code]).toEqual([method, 404, code]);
    }
    expect((await get('/_standin/db')).body).toBe(before);
  });
});

describe('all verbs, three levels down', () => {
  test('POST takes the parent from the path, typed like its id', async () => {
    const { post, get } = await serve({ sources: atlas() });
    const { status, json, headers } = await post(DEEP, { name: 'Rua Nova' });
    expect([status, json]).toEqual([201, { id: 3, name: 'Rua Nova', cityId: 100 }]);
    expect(headers.location).toBe(`${DEEP}/3`);
    expect((await get(`${DEEP}/3`)).json).toEqual(json);
    expect((await get('/streets/3')).json).toEqual(json);
  });

  test('the path wins over a parent in the body', async () => {
    const { post } = await serve({ sources: atlas() });
    expect((await post(DEEP, { name: 'Rua Nova', cityId: 200 })).json).toMatchObject({ cityId: 100 });
  });

  test('PUT replaces and keeps the parent', async () => {
    const { put, get } = await serve({ sources: atlas() });
    const { status, json } = await put(`${DEEP}/1`, { name: 'Rua Velha' });
    expect([status, json]).toEqual([200, { id: 1, name: 'Rua Velha', cityId: 100 }]);
    expect((await get('/streets/1')).json).toEqual(json);
  });

  test('PATCH merges', async () => {
    const { patch } = await serve({ sources: atlas() });
    const { status, json } = await patch(`${DEEP}/1`, { length: 300 });
    expect([status, json]).toEqual([200, { id: 1, cityId: 100, name: 'Rua das Flores', length: 300 }]);
  });

  test('DELETE deletes', async () => {
    const { del, get } = await serve({ sources: atlas() });
    expect((await del(`${DEEP}/1`)).status).toBe(204);
    expect((await get(DEEP)).json).toEqual([]);
    expect((await get('/streets/1')).status).toBe(404);
  });

  test('a new child is found below its new parent', async () => {
    const { post, get } = await serve({ sources: atlas() });
    const { headers } = await post('/continents/2/countries', { name: 'Nepal' });
    expect(headers.location).toBe('/continents/2/countries/21');
    expect((await post('/countries/21/cities', { name: 'Pokhara' })).json).toMatchObject({ countryId: 21 });
    expect(names((await get('/continents/2/countries/21/cities')).json)).toEqual(['Pokhara']);
  });
});

test('a child moved by PATCH is found below its new parent only', async () => {
  const { patch, get } = await serve({ sources: atlas() });
  await patch('/cities/100', { countryId: '20' });
  expect(names((await get('/countries/20/cities')).json)).toEqual(['Porto', 'Kyoto']);
  expect((await get('/countries/10/cities/100')).status).toBe(404);
});

test('a key written as text finds a parent with a number, and the other way round', async () => {
  const { get, post } = await serve({
    sources: {
      events: [{ id: 1 }, { id: '7' }],
      guests: [
        { id: 1, eventId: '1' },
        { id: 2, eventId: 7 },
      ],
    },
  });
  expect((await get('/events/1/guests')).json).toEqual([{ id: 1, eventId: '1' }]);
  expect((await get('/events/7/guests/2')).status).toBe(200);
  expect((await post('/events/7/guests', {})).json).toMatchObject({ eventId: '7' });
  expect((await post('/guests', { eventId: '1' })).json).toMatchObject({ eventId: 1 });
});

test('a list of keys nests below each parent it names', async () => {
  const sources = {
    tags: [{ id: 1 }, { id: 2 }, { id: 3 }],
    posts: [
      { id: 1, tagIds: [1, 2] },
      { id: 2, tagIds: [2] },
    ],
  };
  const { get, post } = await serve({ sources });
  expect((await get('/tags/2/posts')).json).toHaveLength(2);
  expect((await get('/tags/1/posts/1')).status).toBe(200);
  expect((await get('/tags/1/posts/2')).status).toBe(404);
  expect((await post('/tags/3/posts', { tagIds: ['1'] })).json).toMatchObject({ tagIds: [1, 3] });
});

test('a collection may nest below itself', async () => {
  const { get, post } = await serve({
    sources: {
      folders: [
        { id: 1, parentId: null },
        { id: 2, parentId: 1 },
        { id: 3, parentId: 2 },
      ],
    },
  });
  expect((await get('/folders/1/folders/2/folders')).json).toEqual([{ id: 3, parentId: 2 }]);
  expect((await get('/folders/1/folders/3')).status).toBe(404);
  expect((await post('/folders/3/folders', {})).json).toEqual({ id: 4, parentId: 3 });
});
