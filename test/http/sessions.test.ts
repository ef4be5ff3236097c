import { describe, expect, test, vi } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { slowWrite } from '../slow.ts';

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
    const { post, get, standin } = await serve({ sources: sources(), sessionCap: 2 });
    for (const name of ['a', 'b']) await post('/posts', {}, as(name));
    await get('/posts', as('a'));
    await post('/posts', {}, as('c'));
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

describe('a session begins', () => {
  const none: [
    sentence: string,
    method: string,
    path: string,
    headers?: Record<string, string>,
    body?: unknown,
  ][] = [
    ['a list', 'GET', '/posts'],
    ['an item', 'GET', '/posts/1'],
    ['the root', 'GET', '/'],
    ['a missing item', 'GET', '/posts/9'],
    ['a missing resource', 'GET', '/nothing'],
    ['HEAD', 'HEAD', '/posts'],
    ['OPTIONS', 'OPTIONS', '/posts'],
    ['a write that is refused', 'POST', '/posts', {}, { id: 1 }],
    ['a write of a body that is none', 'POST', '/posts', { 'Content-Type': 'text/plain' }, 'x'],
    ['a write to nothing', 'DELETE', '/posts/9'],
    ['a bulk write that finds nothing', 'PATCH', '/posts?title=none', {}, { n: 1 }],
    ['a rehearsal', 'POST', '/posts', { Prefer: 'tx=rollback' }, {}],
    ['its state', 'GET', '/_standin/db'],
    ['its snapshots', 'GET', '/_standin/snapshots'],
    ['a snapshot that is not there', 'POST', '/_standin/snapshots/none'],
    ['a snapshot of a bad name', 'PUT', '/_standin/snapshots/a%20b'],
    ['a reset of nothing', 'POST', '/_standin/reset?resource=pots'],
  ];
  test.each(none)('not with %s', async (_sentence, method, path, headers = {}, body) => {
    const { send, standin } = await serve({ sources: sources() });
    await send(path, { method, headers: { ...headers, ...as('ann') }, body });
    if (!path.startsWith('/_standin/')) await send(`/_standin/s/bob${path}`, { method, headers, body });
    expect(standin.sessions.list()).toEqual([]);
  });

  const one: [sentence: string, method: string, path: string, body?: unknown][] = [
    ['a create', 'POST', '/posts', {}],
    ['a change', 'PATCH', '/posts/1', { n: 1 }],
    ['a delete', 'DELETE', '/posts/1'],
    ['a reset', 'POST', '/_standin/reset'],
    ['a snapshot', 'PUT', '/_standin/snapshots/one'],
  ];
  test.each(one)('with %s', async (_sentence, method, path, body) => {
    const { send, standin } = await serve({ sources: sources() });
    expect((await send(path, { method, headers: as('ann'), body })).status).toBeLessThan(300);
    expect(standin.sessions.list()).toEqual(['ann']);
  });

  test('in code, with a reset', async () => {
    const { standin } = await serve({ sources: sources() });
    await standin.sessions.reset('ann');
    expect(standin.sessions.list()).toEqual(['ann']);
    await expect(standin.sessions.reset('a b')).rejects.toMatchObject({ code: 'bad-session' });
  });

  test('so that no page can end others by reading', async () => {
    const { post, get } = await serve({ sources: sources(), sessionCap: 2 });
    await post('/posts', {}, as('ann'));
    for (let i = 0; i < 10; i++) expect((await get(`/_standin/s/x${i}/`)).status).toBe(200);
    expect((await get('/posts', as('ann'))).json).toHaveLength(4);
  });

  test('once, when its first writes come together', async () => {
    const { url, get, standin } = await serve({ sources: sources() });
    const writes = await Promise.all(
      [1, 2, 3].map((n) => slowWrite(`${url}/posts`, { n }, { headers: as('ann') })),
    );
    for (const { finish } of writes) expect((await finish()).status).toBe(201);
    expect((await get('/posts', as('ann'))).json).toHaveLength(6);
    expect(standin.sessions.list()).toEqual(['ann']);
  });

  test('on the model that there is when its first write is there', async () => {
    const dir = folder({ 'posts.json': [{ id: 1 }] });
    const { url, get, standin } = await serve({ sources: dir.path });
    const { finish } = await slowWrite(`${url}/posts`, { n: 1 }, { headers: as('ann') });
    dir.write('posts.json', [{ id: 1 }, { id: 2 }]);
    await standin.reload();
    expect((await finish()).status).toBe(201);
    expect((await get('/posts', as('ann'))).json).toEqual([{ id: 1 }, { id: 2 }, { id: 3, n: 1 }]);
    expect(standin.sessions.list()).toEqual(['ann']);
  });
});

describe('a session with a request under way', () => {
  test('is not the one that goes', async () => {
    const { url, post, get, standin } = await serve({ sources: sources(), sessionCap: 2 });
    await post('/posts', { title: 'first' }, as('ann'));
    const { finish } = await slowWrite(`${url}/posts`, { title: 'slow' }, { headers: as('ann') });
    for (const name of ['b', 'c', 'd']) expect((await post('/posts', {}, as(name))).status).toBe(201);
    expect(standin.sessions.list()).toEqual(['ann', 'd']);
    expect((await finish()).status).toBe(201);
    expect((await get('/posts', as('ann'))).json).toHaveLength(5);
  });

  test('is not dropped for being idle', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { url, post, get } = await serve({ sources: sources(), sessionIdle: 10 });
      await post('/posts', {}, as('ann'));
      const { finish } = await slowWrite(`${url}/posts`, {}, { headers: as('ann') });
      vi.setSystemTime(Date.now() + 60_000);
      expect((await get('/posts', as('bob'))).status).toBe(200);
      expect((await finish()).status).toBe(201);
      expect((await get('/posts', as('ann'))).json).toHaveLength(5);
    } finally {
      vi.useRealTimers();
    }
  });

  test('leaves no room where all have one: 503, and nothing is lost', async () => {
    const { url, post, get, put, standin } = await serve({ sources: sources(), sessionCap: 2 });
    const slow = [];
    for (const name of ['a', 'b']) {
      await post('/posts', {}, as(name));
      slow.push(await slowWrite(`${url}/posts`, {}, { headers: as(name) }));
    }
    const refused = await post('/posts', {}, as('c'));
    expect(refused).toMatchObject({ status: 503, json: { code: 'no-room' } });
    expect(refused.headers['retry-after']).toBe('1');
    for (const path of ['/_standin/reset', '/_standin/snapshots/one'])
      expect((await (path.endsWith('one') ? put : post)(path, undefined, as('c'))).status).toBe(503);
    await expect(standin.sessions.reset('c')).rejects.toMatchObject({ code: 'no-room' });
    expect((await get('/posts', as('c'))).json).toHaveLength(3);
    expect((await post('/posts', {})).status).toBe(201);
    for (const { finish } of slow) expect((await finish()).status).toBe(201);
    for (const name of ['a', 'b']) expect((await get('/posts', as(name))).json).toHaveLength(5);
    expect((await post('/posts', {}, as('c'))).status).toBe(201);
    expect(standin.sessions.list()).toEqual(['b', 'c']);
  });

  test('that is dropped begins again with what that request writes', async () => {
    const { url, post, del, get, standin } = await serve({ sources: sources() });
    await post('/posts', { title: 'old' }, as('ann'));
    const { finish } = await slowWrite(`${url}/posts`, { title: 'new' }, { headers: as('ann') });
    expect((await del('/_standin/sessions/ann')).status).toBe(200);
    expect(standin.sessions.list()).toEqual([]);
    expect((await finish()).status).toBe(201);
    expect(standin.sessions.list()).toEqual(['ann']);
    expect((await get('/posts/4', as('ann'))).json).toEqual({ id: 4, title: 'new' });
  });

  test('that its client breaks off is idle again', async () => {
    const { url, post, standin } = await serve({ sources: sources(), sessionCap: 1 });
    await post('/posts', {}, as('ann'));
    const { sent } = await slowWrite(`${url}/posts`, {}, { headers: as('ann') });
    expect((await post('/posts', {}, as('bob'))).status).toBe(503);
    sent.destroy();
    await expect.poll(async () => (await post('/posts', {}, as('bob'))).status).toBe(201);
    expect(standin.sessions.list()).toEqual(['bob']);
  });
});

test('many requests at once keep every session that was answered 201', async () => {
  const { post, get } = await serve({ sources: sources(), sessionCap: 10 });
  const names = Array.from({ length: 40 }, (_, i) => `s${i}`);
  const answers = await Promise.all(names.map((name) => post('/posts', {}, as(name))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  const kept = await Promise.all(
    names.map(async (name) => (await get('/posts', as(name))).json as unknown[]),
  );
  expect(kept.filter((posts) => posts.length === 4)).toHaveLength(10);
});
