import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const start = (options = {}) =>
  serve({
    sources: {
      posts: [
        { id: 1, title: 'a' },
        { id: 2, title: 'b' },
      ],
      settings: { theme: 'dark' },
    },
    ...options,
  });

describe('entity tags', () => {
  test('are strong, the same for the same item, another after a change', async () => {
    const { get, patch } = await start();
    const first = (await get('/posts/1')).headers.etag as string;
    expect(first).toMatch(/^"[^"]+"$/);
    expect((await get('/posts/1')).headers.etag).toBe(first);
    expect((await get('/posts/2')).headers.etag).not.toBe(first);
    const changed = (await patch('/posts/1', { title: 'x' })).headers.etag;
    expect(changed).not.toBe(first);
    expect((await get('/posts/1')).headers.etag).toBe(changed);
  });

  test.each(['/posts', '/posts?_sort=title', '/posts?_embed=x'.replace('?_embed=x', '?title=a'), '/'])(
    '%s has one that changes with any write',
    async (path) => {
      const { get, post } = await start();
      const { etag } = (await get(path)).headers;
      expect(etag).toMatch(/^"/);
      expect((await get(path, { 'If-None-Match': String(etag) })).status).toBe(304);
      await post('/posts', {});
      expect((await get(path, { 'If-None-Match': String(etag) })).status).toBe(200);
    },
  );

  test('a view of an item has one of its own', async () => {
    const { get } = await start();
    const [whole, part] = [await get('/posts/1'), await get('/posts/1?_fields=title')];
    expect(part.headers.etag).not.toBe(whole.headers.etag);
    expect((await get('/posts/1?_fields=title', { 'If-None-Match': String(part.headers.etag) })).status).toBe(
      304,
    );
  });

  test('304 has no body, and the validators', async () => {
    const { get, send } = await start();
    const { etag } = (await get('/posts/1')).headers;
    for (const header of [`${etag}`, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await get('/posts/1', { 'If-None-Match': header });
      expect([answer.status, answer.body, answer.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await get('/posts/1', { 'If-None-Match': '"x"' })).status).toBe(200);
    const head = await send('/posts/1', { method: 'HEAD', headers: { 'If-None-Match': String(etag) } });
    expect(head.status).toBe(304);
  });
});

describe('If-Match', () => {
  const verbs = ['PUT', 'PATCH', 'DELETE'];
  test.each(verbs)('%s goes on with the tag it names', async (method) => {
    const { send, get } = await start();
    const { etag } = (await get('/posts/1')).headers;
    const ask = (match: string) =>
      send('/posts/1', {
        method,
        headers: { 'If-Match': match },
        ...(method === 'DELETE' ? {} : { body: { title: 'x' } }),
      });
    for (const wrong of ['"x"', `W/${etag}`, 'nonsense']) {
      const refused = await ask(wrong);
      expect(refused).toMatchObject({ status: 412, json: { code: 'precondition-failed' } });
      expect(refused.headers.etag).toBe(etag);
    }
    expect((await get('/posts/1')).json).toEqual({ id: 1, title: 'a' });
    expect([200, 204]).toContain((await ask(`"x", ${etag}`)).status);
  });

  test('* is any item there is', async () => {
    const { patch, put } = await start({ putCreates: true });
    expect((await patch('/posts/1', {}, { 'If-Match': '*' })).status).toBe(200);
    expect((await put('/posts/9', {}, { 'If-Match': '*' })).status).toBe(412);
  });

  test('holds for a singleton, a read, and a write of many', async () => {
    const { patch, get, del } = await start();
    expect((await patch('/settings', { theme: 'x' }, { 'If-Match': '"x"' })).status).toBe(412);
    expect((await get('/posts/1', { 'If-Match': '"x"' })).status).toBe(412);
    const { etag } = (await get('/posts')).headers;
    expect((await del('/posts?title=a', { 'If-Match': '"x"' })).status).toBe(412);
    expect((await del('/posts?title=a', { 'If-Match': String(etag) })).status).toBe(204);
    expect((await del('/posts?title=b', { 'If-Match': String(etag) })).status).toBe(412);
  });

  test('of two that name one state, one wins', async () => {
    const { patch, get } = await start();
    const headers = { 'If-Match': String((await get('/posts/1')).headers.etag) };
    const answers = await Promise.all([1, 2, 3, 4].map((n) => patch('/posts/1', { n }, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

describe('If-None-Match: * on PUT', () => {
  test.each([true, false])('creates once, with putCreates %s', async (putCreates) => {
    const { put, get } = await start({ putCreates });
    const once = { 'If-None-Match': '*' };
    const made = await put('/posts/9', { title: 'new' }, once);
    expect([made.status, made.headers.location, made.json]).toEqual([
      201,
      '/posts/9',
      { id: 9, title: 'new' },
    ]);
    expect((await put('/posts/9', { title: 'again' }, once)).status).toBe(412);
    expect((await get('/posts/9')).json).toEqual({ id: 9, title: 'new' });
    expect((await put('/settings', {}, once)).status).toBe(412);
  });

  test('without it, a missing id is 404, or created where that is switched on', async () => {
    expect((await (await start()).put('/posts/9', {})).status).toBe(404);
    const { put, post } = await start({ putCreates: true });
    expect(await put('/posts/9', { id: 5 })).toMatchObject({ status: 201, json: { id: 9 } });
    expect((await put('/posts/9', { title: 'x' })).status).toBe(200);
    expect((await post('/posts', {})).json).toEqual({ id: 10 });
  });
});

describe('dates', () => {
  test('Last-Modified is there once a client wrote, and counts', async () => {
    const { get, patch } = await start();
    expect((await get('/posts/1')).headers['last-modified']).toBeUndefined();
    await patch('/posts/1', { title: 'x' });
    const modified = (await get('/posts/1')).headers['last-modified'] as string;
    expect(Math.abs(Date.parse(modified) - Date.now())).toBeLessThan(5000);
    expect((await get('/posts/1', { 'If-Modified-Since': modified })).status).toBe(304);
    const past = new Date(0).toUTCString();
    expect((await get('/posts/1', { 'If-Modified-Since': past })).status).toBe(200);
    expect((await get('/posts/1', { 'If-Modified-Since': 'soon' })).status).toBe(200);
    expect((await patch('/posts/1', {}, { 'If-Unmodified-Since': past })).status).toBe(412);
    expect((await patch('/posts/1', {}, { 'If-Unmodified-Since': modified })).status).toBe(200);
    const both = { 'If-Modified-Since': modified, 'If-None-Match': '"x"' };
    expect((await get('/posts/1', both)).status).toBe(200);
  });
});

describe('--require-match', () => {
  test('refuses changes that do not say which state they are about', async () => {
    const { put, patch, del, post, get } = await start({ requireMatch: true });
    const refused = await patch('/posts/1', {});
    expect(refused).toMatchObject({ status: 428, json: { code: 'precondition-required' } });
    expect((await put('/posts/1', {})).status).toBe(428);
    expect((await del('/posts/1')).status).toBe(428);
    expect((await del('/posts?title=a')).status).toBe(428);
    expect((await patch('/settings', {})).status).toBe(428);
    expect((await post('/posts', {})).status).toBe(201);
    expect(
      (await patch('/posts/1', {}, { 'If-Match': String((await get('/posts/1')).headers.etag) })).status,
    ).toBe(200);
    expect((await put('/posts/7', {}, { 'If-None-Match': '*' })).status).toBe(201);
  });
});
