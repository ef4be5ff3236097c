import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const sources = () => ({ posts: [{ id: 1, title: 'a' }], tags: [{ id: 1 }] });

describe('reset', () => {
  test('of everything, and ids start again', async () => {
    const { post, get } = await serve({ sources: sources() });
    await post('/posts', {});
    await post('/tags', {});
    expect(await post('/_standin/reset')).toMatchObject({ status: 200, json: { ok: true } });
    expect((await get('/_standin/db')).json).toEqual(sources());
    expect((await post('/posts', {})).json).toEqual({ id: 2 });
  });

  test('of one resource', async () => {
    const { post, get } = await serve({ sources: sources() });
    await post('/posts', {});
    await post('/tags', {});
    expect((await post('/_standin/reset?resource=posts')).status).toBe(200);
    expect((await get('/posts')).json).toHaveLength(1);
    expect((await get('/tags')).json).toHaveLength(2);
  });

  test.each([
    ['?resource=pots', 404],
    ['?resorce=posts', 400],
    ['?resource=posts&resource=tags', 400],
    ['?session=a&session=b', 400],
    ['?session=a%20b', 400],
  ])('%s resets nothing', async (query, status) => {
    const { post, get } = await serve({ sources: sources() });
    await post('/posts', {});
    expect((await post(`/_standin/reset${query}`)).status).toBe(status);
    expect((await get('/posts')).json).toHaveLength(2);
  });

  test('in code', async () => {
    const { post, get, standin } = await serve({ sources: sources() });
    await post('/posts', {});
    await expect(standin.reset('pots')).rejects.toMatchObject({ code: 'unknown-resource' });
    await standin.reset('posts');
    expect((await get('/posts')).json).toHaveLength(1);
  });
});

describe('snapshots', () => {
  test('are taken, listed, read, restored and deleted', async () => {
    const { post, put, del, get } = await serve({ sources: sources() });
    await post('/posts', { title: 'b' });
    expect((await put('/_standin/snapshots/two')).status).toBe(200);
    expect((await get('/_standin/snapshots')).json).toEqual(['two']);
    await post('/posts', {});
    await del('/posts/1');
    expect((await get('/_standin/snapshots/two')).json).toMatchObject({ posts: [{ id: 1 }, { id: 2 }] });
    expect((await post('/_standin/snapshots/two')).status).toBe(200);
    expect((await get('/posts')).json).toEqual([
      { id: 1, title: 'a' },
      { id: 2, title: 'b' },
    ]);
    expect((await post('/posts', {})).json).toEqual({ id: 3 });
    expect((await post('/_standin/snapshots/two')).status).toBe(200);
    expect((await get('/posts')).json).toHaveLength(2);
    expect((await del('/_standin/snapshots/two')).status).toBe(200);
    expect((await get('/_standin/snapshots')).json).toEqual([]);
  });

  test.each(['GET', 'POST', 'DELETE'])('%s of one that is not there is 404', async (method) => {
    const { send } = await serve({ sources: sources() });
    expect(await send('/_standin/snapshots/none', { method })).toMatchObject({
      status: 404,
      json: { code: 'no-snapshot' },
    });
  });

  test.each(['a%20b', '..%2Fx', ''])('a name like "%s" is refused', async (name) => {
    const { put, standin } = await serve({ sources: sources() });
    expect((await put(`/_standin/snapshots/${name}`)).status).toBe(400);
    expect((await put('/_standin/snapshots/a/b')).status).toBe(404);
    expect(() => standin.snapshots.take('a b')).toThrow(/snapshot name/);
  });

  test('in code', async () => {
    const { post, get, standin } = await serve({ sources: sources() });
    standin.snapshots.take('start');
    await post('/posts', {});
    await standin.snapshots.restore('start');
    expect((await get('/posts')).json).toHaveLength(1);
    expect(standin.snapshots.list()).toEqual(['start']);
    expect([standin.snapshots.drop('start'), standin.snapshots.drop('start')]).toEqual([true, false]);
    await expect(standin.snapshots.restore('start')).rejects.toMatchObject({ code: 'no-snapshot' });
  });
});

test('a hundred snapshots are kept, of all sessions together', async () => {
  const { put, del, post, standin } = await serve({ sources: sources() });
  const ann = { 'X-Standin-Session': 'ann' };
  for (let i = 0; i < 60; i++) await put(`/_standin/snapshots/s${i}`);
  for (let i = 0; i < 40; i++) await put(`/_standin/snapshots/s${i}`, undefined, ann);
  for (const headers of [{}, ann, { 'X-Standin-Session': 'bob' }]) {
    const refused = await put('/_standin/snapshots/more', undefined, headers);
    expect(refused).toMatchObject({ status: 400, json: { code: 'too-much' } });
    expect((refused.json as { error: string }).error).toContain('at most 100 snapshots');
  }
  expect(() => standin.snapshots.take('more')).toThrow(/at most 100 snapshots/);
  expect(standin.sessions.list()).toEqual(['ann']);
  // One of the same name takes the place of the other.
  expect((await put('/_standin/snapshots/s7')).status).toBe(200);
  expect((await del('/_standin/snapshots/s7')).status).toBe(200);
  expect((await put('/_standin/snapshots/more')).status).toBe(200);
  expect((await post('/_standin/snapshots/more')).status).toBe(200);
  // A session that ends takes its own along.
  await del('/_standin/sessions/ann');
  for (let i = 0; i < 40; i++) expect((await put(`/_standin/snapshots/t${i}`)).status).toBe(200);
});

describe('the control routes are safe from other pages', () => {
  const rows: [sentence: string, headers: Record<string, string>, status: number][] = [
    ['another origin', { Origin: 'http://evil.example' }, 403],
    ['another port of this machine', { Origin: 'http://localhost:5173' }, 403],
    ['an opaque origin', { Origin: 'null' }, 403],
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a page of the same site', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['a page of this very origin', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['somebody who typed the address', { 'Sec-Fetch-Site': 'none' }, 200],
    ['a program', {}, 200],
  ];
  test.each(rows)('%s', async (_sentence, headers, status) => {
    const { post, get } = await serve({ sources: sources() });
    await post('/posts', {});
    const { status: came, headers: sent } = await post('/_standin/reset', undefined, headers);
    expect(came).toBe(status);
    expect(Object.keys(sent).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await get('/posts')).json).toHaveLength(status === 200 ? 1 : 2);
    expect((await get('/_standin/db', headers)).status).toBe(status);
  });

  test('its own origin is known by the Host', async () => {
    const { post, url } = await serve({ sources: sources() });
    expect((await post('/_standin/reset', undefined, { Origin: url })).status).toBe(200);
  });

  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json', 200],
  ])('a body of %s is %i', async (type, status) => {
    const { post } = await serve({ sources: sources() });
    expect((await post('/_standin/reset', '{}', { 'Content-Type': type })).status).toBe(status);
  });

  test('no preflight lets another page in', async () => {
    const { send } = await serve({ sources: sources() });
    const headers = { Origin: 'http://localhost:5173', 'Access-Control-Request-Method': 'POST' };
    const answer = await send('/_standin/reset', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

test.each([
  ['GET', '/reset', 'POST'],
  ['DELETE', '/db', 'GET'],
  ['PATCH', '/snapshots/one', 'GET, PUT, POST, DELETE'],
  ['POST', '/sessions', 'GET'],
  ['POST', '/changes', 'GET'],
])('%s %s is 405', async (method, path, allow) => {
  const { send } = await serve({ sources: sources() });
  const { status, headers } = await send(`/_standin${path}`, { method });
  expect([status, headers.allow]).toEqual([405, allow]);
});

test.each(['', '/', '/nothing', '/db/x', '/constructor', '/__proto__'])(
  '/_standin%s is 404',
  async (path) => {
    const { get } = await serve({ sources: sources() });
    expect(await get(`/_standin${path}`)).toMatchObject({
      status: 404,
      json: { hint: expect.stringContaining('/reset') },
    });
  },
);
