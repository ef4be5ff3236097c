import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';
import { slowWrite } from '../slow.ts';

const start = (options = {}) =>
  serve({ sources: { posts: [{ id: 1, title: 'a' }], tags: [{ id: 1 }] }, ...options });
const prefer = (words: string) => ({ Prefer: words });

describe('Prefer (RFC 7240)', () => {
  test('return=minimal leaves the body out', async () => {
    const { post, put, patch, get } = await start();
    const made = await post('/posts', { title: 'b' }, prefer('return=minimal'));
    expect([made.status, made.body, made.headers.location]).toEqual([201, '', '/posts/2']);
    expect(made.headers['preference-applied']).toBe('return=minimal');
    for (const verb of [put, patch]) {
      const changed = await verb('/posts/1', { title: 'c' }, prefer('return=minimal'));
      expect([changed.status, changed.body, changed.headers['content-type']]).toEqual([204, '', undefined]);
    }
    expect((await get('/posts/1', prefer('return=minimal'))).json).toEqual({ id: 1, title: 'c' });
  });

  test('return=representation gives a delete one', async () => {
    const { del, post } = await start();
    const gone = await del('/posts/1', prefer('return="representation"'));
    expect([gone.status, gone.json]).toEqual([200, { id: 1, title: 'a' }]);
    expect(gone.headers['preference-applied']).toBe('return=representation');
    expect(await post('/posts', {}, prefer('Return=Representation'))).toMatchObject({
      status: 201,
      json: { id: 2 },
    });
  });

  test('tx=rollback checks and answers, and keeps nothing', async () => {
    const { post, del, get } = await start({ unique: { posts: ['title'] } });
    const made = await post('/posts', { title: 'b' }, prefer('tx=rollback'));
    expect([made.status, made.json, made.headers['preference-applied']]).toEqual([
      201,
      { id: 2, title: 'b' },
      'tx=rollback',
    ]);
    expect((await post('/posts', { title: 'a' }, prefer('tx=rollback'))).status).toBe(409);
    expect((await del('/posts/1', prefer('tx=rollback'))).status).toBe(204);
    expect((await get('/posts')).json).toEqual([{ id: 1, title: 'a' }]);
    expect((await post('/posts', {})).json).toEqual({ id: 2 });
  });

  test('handling=strict refuses what is not understood', async () => {
    const { get } = await start();
    expect((await get('/posts?titel=a')).status).toBe(200);
    expect(await get('/posts?titel=a', prefer('handling=strict'))).toMatchObject({
      status: 400,
      json: { code: 'unknown-parameter' },
    });
    expect((await get('/posts?title=a', prefer('handling=strict'))).headers['preference-applied']).toBe(
      'handling=strict',
    );
  });

  test('several, and unknown ones', async () => {
    const { post } = await start();
    const { headers, status } = await post(
      '/posts',
      {},
      prefer('respond-async, return=minimal; x=1, tx=rollback'),
    );
    expect([status, headers['preference-applied']]).toEqual([201, 'return=minimal, tx=rollback']);
  });
});

describe('Idempotency-Key', () => {
  const key = (name: string) => ({ 'Idempotency-Key': name });
  test('repeats the answer to the same request', async () => {
    const { post, get } = await start();
    const first = await post('/posts', { title: 'b' }, key('k1'));
    const again = await post('/posts', { title: 'b' }, key('k1'));
    expect([again.status, again.body, again.headers.location, again.headers.etag]).toEqual([
      201,
      first.body,
      '/posts/2',
      first.headers.etag,
    ]);
    expect((await get('/posts')).json).toHaveLength(2);
    expect((await post('/posts', { title: 'b' }, key('k2'))).json).toEqual({ id: 3, title: 'b' });
  });

  test('of another request is 422', async () => {
    const { post } = await start();
    await post('/posts', { title: 'b' }, key('k1'));
    for (const [path, body] of [
      ['/posts', { title: 'c' }],
      ['/tags', { title: 'b' }],
    ] as const) {
      expect(await post(path, body, key('k1'))).toMatchObject({ status: 422, json: { code: 'key-reused' } });
    }
  });

  test('of many at once makes one item', async () => {
    const { post, get } = await start();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/posts', { n: 1 }, key('k'))));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect((await get('/posts')).json).toHaveLength(2);
  });

  test('is a session’s own, and ends with a reset', async () => {
    const { post } = await start();
    const ann = { 'X-Standin-Session': 'ann' };
    await post('/posts', {}, key('k'));
    expect((await post('/posts', { x: 1 }, { ...key('k'), ...ann })).json).toEqual({ id: 2, x: 1 });
    await post('/_standin/reset');
    expect((await post('/posts', { y: 1 }, key('k'))).json).toEqual({ id: 2, y: 1 });
  });

  test('of a refusal, or of a rehearsal, is free again', async () => {
    const { post, get } = await start({ unique: { posts: ['title'] } });
    expect((await post('/posts', { title: 'a' }, key('k'))).status).toBe(409);
    expect((await post('/posts', { title: 'b' }, { ...key('k'), ...prefer('tx=rollback') })).status).toBe(
      201,
    );
    expect((await post('/posts', { title: 'b' }, key('k'))).status).toBe(201);
    expect((await get('/posts')).json).toHaveLength(2);
  });

  test('is bounded in bytes: the longest unused is forgotten, of all sessions together', async () => {
    const { post, standin } = await start();
    const large = { text: 'x'.repeat(900_000) };
    await post('/posts', large, { ...key('first'), 'X-Standin-Session': 'ann' });
    for (let i = 0; i < 12; i++) await post('/posts', large, key(`k${i}`));
    const made = standin.count('posts');
    await post('/posts', large, key('k11'));
    expect(standin.count('posts')).toBe(made);
    await post('/posts', large, key('k0'));
    expect(standin.count('posts')).toBe(made + 1);
    const again = await post('/posts', large, { ...key('first'), 'X-Standin-Session': 'ann' });
    expect(again.json).toMatchObject({ id: 3 });
  });

  test('of a session that keeps nothing is kept all the same', async () => {
    const { post, standin } = await start({ writes: 'fake' });
    const ann = { ...key('k'), 'X-Standin-Session': 'ann' };
    const first = await post('/posts', { title: 'b' }, ann);
    expect((await post('/posts', { title: 'b' }, ann)).body).toBe(first.body);
    expect((await post('/posts', { title: 'c' }, ann)).status).toBe(422);
    expect(standin.sessions.list()).toEqual(['ann']);
  });

  test('of many at once in a new session makes one item', async () => {
    const { post, get } = await start();
    const ann = { 'X-Standin-Session': 'ann' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post('/posts', { n: 1 }, { ...key('k'), ...ann })),
    );
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect((await get('/posts', ann)).json).toHaveLength(2);
  });

  test('of a request that ends after a reset is free for another', async () => {
    const { url, post, standin } = await start();
    const slow = await slowWrite(`${url}/posts`, { n: 1 }, { headers: key('k') });
    await standin.reset();
    expect((await post('/posts', { n: 2 }, key('k'))).status).toBe(201);
    expect((await slow.finish()).status).toBe(422);
    expect((await post('/posts', { n: 2 }, key('k'))).json).toMatchObject({ n: 2 });
  });

  test('is bounded, in length and in number', async () => {
    const { post, standin, get } = await start();
    expect((await post('/posts', {}, key('x'.repeat(256)))).status).toBe(400);
    await post('/posts', {}, key('first'));
    for (let i = 0; i < 1000; i++) await post('/posts', {}, key(`k${i}`));
    await post('/posts', {}, key('k999'));
    expect((await get('/posts?_limit=1')).headers['x-total-count']).toBe('1002');
    await post('/posts', {}, key('first'));
    expect(standin.count('posts')).toBe(1003);
  });
});
