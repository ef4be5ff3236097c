import { describe, expect, test, vi } from 'vitest';
import { serve } from '../serve.ts';

const sources = () => ({
  posts: Array.from({ length: 3 }, (_, i) => ({ id: i + 1, title: `t${i + 1}` })),
  comments: [{ id: 1, postId: 1 }],
});
const as = (name: string) => ({ 'X-Standin-Session': name });

describe('a session is named', () => {
  const ways: [way: string, path: (path: string) => string, headers: Record<string, string>][] = [
    ['in a header', (path) => path, as('ann')],
    ['in a cookie', (path) => path, { Cookie: 'other=1; standin_session=ann' }],
    ['in the path', (path) => `/_standin/s/ann${path}`, {}],
  ];
  test.each(ways)('%s, and sees its own writes alone', async (_way, path, headers) => {
    const { post, get } = await serve({ sources: sources() });
    expect(await post(path('/posts'), { title: 'mine' }, headers)).toMatchObject({
      status: 201,
      json: { id: 4 },
    });
    expect((await get(path('/posts'), headers)).json).toHaveLength(4);
    expect((await get('/posts')).json).toHaveLength(3);
    expect((await get('/posts', as('bob'))).json).toHaveLength(3);
    expect((await get('/posts', as('ann'))).json).toHaveLength(4);
  });

  test('is a fork of the fixtures, not of what everybody wrote', async () => {
    const { post, get } = await serve({ sources: sources() });
    await post('/posts', {});
    expect((await get('/posts', as('ann'))).json).toHaveLength(3);
    expect((await post('/posts', {}, as('ann'))).json).toEqual({ id: 4 });
  });

  test.each(['a b', 'a/b', 'ä', 'x'.repeat(101), '%00'])('badly: %s is refused', async (name) => {
    const { get } = await serve({ sources: sources() });
    const answer = await get(`/_standin/s/${encodeURIComponent(name)}/posts`);
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad-session' } });
  });
});

describe('a session in the path', () => {
  test('has links that lead on in it', async () => {
    const { post, get, url } = await serve({ sources: sources() });
    const made = await post('/_standin/s/ann/posts', { title: 'mine' });
    expect(made.headers.location).toBe('/_standin/s/ann/posts/4');
    expect((await get(String(made.headers.location))).json).toEqual({ id: 4, title: 'mine' });
    const page = await get('/_standin/s/ann/posts?_page=1&_limit=2');
    const next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link))?.[1] as string;
    const { pathname, search } = new URL(next, url);
    expect((await get(pathname + search)).json).toMatchObject([{ id: 3 }, { id: 4 }]);
    const root = (await get('/_standin/s/ann/')).json as {
      resources: { posts: { url: string; count: number } };
    };
    expect(root.resources.posts.count).toBe(4);
    expect((await get(new URL(root.resources.posts.url).pathname)).json).toHaveLength(4);
  });

  test('has the CORS of the API', async () => {
    const { get, send } = await serve({ sources: sources() });
    const origin = { Origin: 'http://localhost:5173' };
    expect((await get('/_standin/s/ann/posts', origin)).headers['access-control-allow-origin']).toBe(
      origin.Origin,
    );
    const preflight = await send('/_standin/s/ann/posts', {
      method: 'OPTIONS',
      headers: { ...origin, 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect((await get('/_standin/sessions', { Origin: 'http://evil.example' })).status).toBe(403);
  });

  test('works below a prefix, and wins over a header', async () => {
    const { post, get } = await serve({ sources: sources(), prefix: '/api' });
    const made = await post('/_standin/s/ann/api/posts', {}, as('bob'));
    expect(made.headers.location).toBe('/_standin/s/ann/api/posts/4');
    expect((await get('/api/posts', as('bob'))).json).toHaveLength(3);
  });
});

describe('sessions end', () => {
  test('when they are idle too long', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { post, get, standin } = await serve({ sources: sources(), sessionIdle: 10 });
      await post('/posts', {}, as('ann'));
      vi.setSystemTime(Date.now() + 9_000);
      expect((await get('/posts', as('ann'))).json).toHaveLength(4);
      vi.setSystemTime(Date.now() + 11_000);
      expect(standin.sessions.list()).toEqual([]);
      expect((await get('/posts', as('ann'))).json).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });

  test('beyond the cap: the longest idle goes', async () => {
    const { get, standin } = await serve({ sources: sources(), sessionCap: 2 });
    for (const name of ['a', 'b', 'a', 'c']) await get('/posts', as(name));
    expect(standin.sessions.list()).toEqual(['a', 'c']);
  });

  test('when they are dropped', async () => {
    const { post, get, del } = await serve({ sources: sources() });
    await post('/posts', {}, as('ann'));
    expect((await get('/_standin/sessions')).json).toMatchObject([{ name: 'ann', written: ['posts'] }]);
    expect((await get('/_standin/sessions/ann')).json).toMatchObject({ name: 'ann' });
    expect((await del('/_standin/sessions/ann')).status).toBe(200);
    expect((await del('/_standin/sessions/ann')).status).toBe(404);
    expect((await get('/_standin/sessions/ann')).json).toMatchObject({ code: 'no-session' });
    expect((await get('/posts', as('ann'))).json).toHaveLength(3);
  });

  test('a reset of one leaves the others', async () => {
    const { post, get } = await serve({ sources: sources() });
    await post('/posts', {}, as('ann'));
    await post('/posts', {}, as('bob'));
    await post('/posts', {});
    expect((await post('/_standin/reset?session=ann')).status).toBe(200);
    expect((await get('/posts', as('ann'))).json).toHaveLength(3);
    expect((await get('/posts', as('bob'))).json).toHaveLength(4);
    expect((await get('/posts')).json).toHaveLength(4);
    expect((await post('/posts', {}, as('ann'))).json).toEqual({ id: 4 });
  });
});

test('--sessions required refuses requests without one', async () => {
  const { get, post } = await serve({ sources: sources(), sessions: 'required' });
  const refused = await get('/posts');
  expect(refused).toMatchObject({ status: 400, json: { code: 'session-required' } });
  expect((refused.json as { hint: string }).hint).toContain('X-Standin-Session');
  expect((await get('/posts', as('ann'))).status).toBe(200);
  expect((await get('/_standin/s/ann/posts')).status).toBe(200);
  expect((await post('/_standin/reset')).status).toBe(200);
});

test('each has its own snapshots and its own counter', async () => {
  const { post, put, get } = await serve({ sources: sources() });
  await post('/posts', {}, as('ann'));
  expect((await put('/_standin/snapshots/one', undefined, as('ann'))).status).toBe(200);
  expect((await get('/_standin/snapshots')).json).toEqual([]);
  expect((await get('/_standin/snapshots?session=ann')).json).toEqual(['one']);
  await post('/posts', {}, as('ann'));
  expect((await post('/_standin/snapshots/one', undefined, as('ann'))).status).toBe(200);
  expect((await post('/posts', {}, as('ann'))).json).toEqual({ id: 5 });
});
