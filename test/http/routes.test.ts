import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';
import { atlas } from './atlas.ts';

type Row = [sentence: string, method: string, path: string, status: number, body?: unknown];

const rows: Row[] = [
  ['a collection is listed', 'GET', '/cities', 200],
  ['an empty collection is listed', 'GET', '/empty', 200],
  ['an item is created', 'POST', '/cities', 201, { name: 'Faro' }],
  ['a first item is created', 'POST', '/empty', 201, {}],
  ['a list cannot be replaced', 'PUT', '/cities', 405, {}],
  ['a list cannot be deleted', 'DELETE', '/cities', 405],
  ['an item is read', 'GET', '/cities/100', 200],
  ['an item that is not there is not found', 'GET', '/cities/9', 404],
  ['an id is compared whole', 'GET', '/cities/0100', 404],
  ['an item is replaced', 'PUT', '/cities/100', 200, { name: 'Oporto' }],
  ['PUT makes nothing new', 'PUT', '/cities/9', 404, { name: 'Oporto' }],
  ['an item is changed', 'PATCH', '/cities/100', 200, { name: 'Oporto' }],
  ['PATCH makes nothing new', 'PATCH', '/cities/9', 404, { name: 'Oporto' }],
  ['an item is deleted', 'DELETE', '/cities/100', 204],
  ['a missing item cannot be deleted', 'DELETE', '/cities/9', 404],
  ['nothing is created at an item', 'POST', '/cities/100', 405, {}],
  ['a resource that is not there is not found', 'GET', '/towns', 404],
  ['nothing is created in a resource that is not there', 'POST', '/towns', 404, {}],
  ['names are case-sensitive', 'GET', '/Cities', 404],
  ['a singleton is read', 'GET', '/settings', 200],
  ['a singleton is replaced', 'PUT', '/settings', 200, { theme: 'light' }],
  ['a singleton is changed', 'PATCH', '/settings', 200, { theme: 'light' }],
  ['a singleton cannot be created', 'POST', '/settings', 405, {}],
  ['a singleton cannot be deleted', 'DELETE', '/settings', 405],
  ['a singleton has nothing below it', 'GET', '/settings/theme', 404],
  ['a list of texts is read', 'GET', '/colours', 200],
  ['a list of texts is replaced', 'PUT', '/colours', 200, ['green']],
  ['a list of texts cannot be changed', 'PATCH', '/colours', 405, ['green']],
  ['a number is read', 'GET', '/version', 200],
  ['a number is replaced', 'PUT', '/version', 200, 4],
  ['the root tells what there is', 'GET', '/', 200],
  ['nothing is created at the root', 'POST', '/', 405, {}],
  ['an unknown verb is refused', 'PROPFIND', '/cities', 405],
  ['a broken percent escape is refused', 'GET', '/cities/%E0%A4%A', 400],
  ['an empty segment is no resource', 'GET', '//cities', 404],
  ['the state can be saved', 'GET', '/_standin/db', 200],
  ['nothing else is under the control path', 'GET', '/_standin/passwords', 404],
];

test.each(rows)('%s: %s %s is %i', async (_sentence, method, path, status, body) => {
  const { send } = await serve({ sources: atlas() });
  expect((await send(path, { method, ...(body === undefined ? {} : { body }) })).status).toBe(status);
});

test('every answer with a body is JSON in UTF-8', async () => {
  const { get } = await serve({ sources: atlas() });
  for (const path of ['/', '/cities', '/cities/100', '/cities/9', '/settings', '/colours', '/nowhere']) {
    const { headers, json } = await get(path);
    expect(headers['content-type'], path).toMatch(/^application\/json(; charset=utf-8)?$/);
    expect(json, path).toBeDefined();
  }
});

test('a list says how many there are', async () => {
  const { get } = await serve({ sources: atlas() });
  const { headers, json } = await get('/cities');
  expect(headers['x-total-count']).toBe('4');
  expect(json).toHaveLength(4);
});

describe('allowed verbs', () => {
  const shapes: [shape: string, path: string, allow: string][] = [
    ['the root', '/', 'GET, HEAD, OPTIONS'],
    ['a collection', '/cities', 'GET, HEAD, POST, OPTIONS'],
    ['an item', '/cities/100', 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
    ['a nested collection', '/countries/10/cities', 'GET, HEAD, POST, OPTIONS'],
    ['a nested item', '/countries/10/cities/100', 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
    ['a singleton', '/settings', 'GET, HEAD, PUT, PATCH, OPTIONS'],
    ['a plain value', '/colours', 'GET, HEAD, PUT, OPTIONS'],
  ];

  test.each(shapes)('%s answers OPTIONS and 405 with what it takes', async (_shape, path, allow) => {
    const { send } = await serve({ sources: atlas() });
    const options = await send(path, { method: 'OPTIONS' });
    expect([options.status, options.headers.allow, options.body]).toEqual([204, allow, '']);
    const refused = await send(path, { method: 'LOCK' });
    expect([refused.status, refused.headers.allow]).toEqual([405, allow]);
    expect(refused.json).toMatchObject({ code: 'method-not-allowed', hint: `Allowed: ${allow}.` });
  });

  test('OPTIONS of a resource that is not there is not found', async () => {
    const { send } = await serve({ sources: atlas() });
    expect((await send('/towns', { method: 'OPTIONS' })).status).toBe(404);
  });

  test.each(shapes)('HEAD of %s is GET without the body', async (_shape, path) => {
    const { send, get } = await serve({ sources: atlas() });
    const [head, full] = [await send(path, { method: 'HEAD' }), await get(path)];
    const { date: _, ...headers } = full.headers;
    expect(head).toMatchObject({ status: full.status, body: '' });
    expect(head.headers).toMatchObject(headers);
  });

  test('HEAD of a missing item is 404 without a body', async () => {
    const { send } = await serve({ sources: atlas() });
    expect(await send('/cities/9', { method: 'HEAD' })).toMatchObject({ status: 404, body: '' });
  });
});

test('one slash at the end does not count', async () => {
  const { get, post, del } = await serve({ sources: atlas() });
  for (const path of ['/cities', '/cities/100', '/countries/10/cities', '/settings']) {
    expect((await get(`${path}/`)).body, path).toBe((await get(path)).body);
  }
  const created = await post('/cities/', { name: 'Faro' });
  expect(created.headers.location).toBe('/cities/201');
  expect((await del('/cities/201/')).status).toBe(204);
});

test('a prefix stands before every route, and before nothing else', async () => {
  const { get, post } = await serve({ sources: atlas(), prefix: '/api/v1' });
  const statuses = async (...paths: string[]) =>
    Promise.all(paths.map(async (path) => (await get(path)).status));
  expect(await statuses('/api/v1', '/api/v1/', '/api/v1/cities/100')).toEqual([200, 200, 200]);
  expect(await statuses('/cities', '/api/v1x/cities', '/api/v1cities', '/')).toEqual([404, 404, 404, 404]);
  expect((await post('/api/v1/cities', {})).headers.location).toBe('/api/v1/cities/201');
});

test('the root links to every resource, with counts and relations', async () => {
  const { get, url } = await serve({ sources: atlas() });
  const { json } = await get('/');
  expect(json).toMatchObject({
    resources: {
      cities: {
        url: `${url}/cities`,
        kind: 'collection',
        count: 4,
        parents: { countryId: 'countries' },
        nested: [`${url}/cities/{id}/streets`],
      },
      settings: { url: `${url}/settings`, kind: 'singleton' },
      colours: { kind: 'value' },
    },
  });
});

test('a saved state starts as a fixture file does', async () => {
  const { get, patch, post } = await serve({ sources: atlas() });
  await patch('/settings', { theme: 'light' });
  await post('/empty', { name: 'first' });
  const { json } = await get('/_standin/db');
  const again = await serve({ sources: json as Record<string, unknown> });
  expect((await again.get('/_standin/db')).json).toEqual(json);
  expect(json).toMatchObject({ settings: { theme: 'light' }, empty: [{ id: 1, name: 'first' }], version: 3 });
});
