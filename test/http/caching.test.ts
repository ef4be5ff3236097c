import { describe, expect, test } from 'vitest';
import { rest } from '../../src/index.ts';
import type { Asking } from '../request.ts';
import { serve } from '../serve.ts';

const sources = () => ({ posts: [{ id: 1, title: 'a' }], settings: { theme: 'dark' }, colours: ['red'] });

const page = { Origin: 'http://localhost:5173' };
const preflight = { ...page, 'Access-Control-Request-Method': 'PUT' };

/** Every kind of answer. */
const answers: [sentence: string, path: string, status: number, asking?: Asking][] = [
  ['a list', '/posts', 200],
  ['a part of a list', '/posts', 206, { headers: { Range: 'items=0-0' } }],
  ['an item', '/posts/1', 200],
  ['a view of an item', '/posts/1?_fields=id', 200],
  ['a singleton', '/settings', 200],
  ['a value', '/colours', 200],
  ['the root', '/', 200],
  ['HEAD', '/posts/1', 200, { method: 'HEAD' }],
  ['an answer that the client has', '/posts/1', 304, { headers: { 'If-None-Match': '*' } }],
  ['what was created', '/posts', 201, { method: 'POST', body: {} }],
  ['what was replaced', '/posts/1', 200, { method: 'PUT', body: {} }],
  ['what was changed', '/posts/1', 200, { method: 'PATCH', body: {} }],
  ['a delete', '/posts/1', 204, { method: 'DELETE' }],
  ['a delete of many', '/posts?id=1', 204, { method: 'DELETE' }],
  ['no body', '/posts/1', 204, { method: 'PUT', body: {}, headers: { Prefer: 'return=minimal' } }],
  ['OPTIONS', '/posts', 204, { method: 'OPTIONS' }],
  ['OPTIONS before a request of a page', '/posts', 204, { method: 'OPTIONS', headers: preflight }],
  ['a bad parameter', '/posts?_page=0', 400],
  [
    'a body that is no JSON',
    '/posts',
    400,
    { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } },
  ],
  ['another host', '/posts', 403, { headers: { Host: 'elsewhere.example' } }],
  ['no such item', '/posts/9', 404],
  ['no such resource', '/nothing', 404],
  ['a verb that is not there', '/posts', 405, { method: 'PUT', body: {} }],
  ['an id that is taken', '/posts', 409, { method: 'POST', body: { id: 1 } }],
  [
    'an item that has changed',
    '/posts/1',
    412,
    { method: 'PATCH', body: {}, headers: { 'If-Match': '"x"' } },
  ],
  ['a type that is not taken', '/posts', 415, { method: 'POST', body: 'x' }],
  ['a range behind the end', '/posts', 416, { headers: { Range: 'items=5-9' } }],
  ['a control route', '/_standin/db', 200],
  ['an icon that nobody has', '/favicon.ico', 204],
];

test.each(answers)('%s says that it must be asked for again', async (_sentence, path, status, asking) => {
  const { send } = await serve({ sources: sources() });
  const answer = await send(path, asking);
  expect([answer.status, answer.headers['cache-control']]).toEqual([status, 'no-cache']);
});

test('a fault of ours says so too', async () => {
  const fails = () => {
    throw new Error('no');
  };
  const { get } = await serve({ sources: sources(), middleware: [fails] });
  const { status, headers } = await get('/posts');
  expect([status, headers['cache-control']]).toEqual([500, 'no-cache']);
});

test('middleware may say otherwise', async () => {
  const fresh = async (ctx: { set(name: string, value: string): void }, next: () => Promise<unknown>) => {
    ctx.set('Cache-Control', 'max-age=60');
    await next();
  };
  const { get } = await serve({ sources: sources(), middleware: [fresh as never] });
  expect((await get('/posts')).headers['cache-control']).toBe('max-age=60');
});

describe('in another dialect', () => {
  const plain = { ...rest, name: 'plain', headers: {} };

  test('an answer with a validator says so, and no other', async () => {
    const { get, patch, del, send } = await serve({ sources: sources(), dialect: plain });
    const { etag } = (await get('/posts/1')).headers;
    const with_ = [
      await get('/posts'),
      await get('/posts/1'),
      await get('/posts/1', { 'If-None-Match': String(etag) }),
      await patch('/posts/1', { title: 'b' }),
      await get('/posts/1', { 'If-Match': '"x"' }),
    ];
    expect(with_.map(({ status }) => status)).toEqual([200, 200, 304, 200, 412]);
    for (const { headers } of with_)
      expect([headers.etag === undefined, headers['cache-control']]).toEqual([false, 'no-cache']);
    for (const { headers } of [
      await get('/nothing'),
      await del('/posts/1'),
      await send('/posts', { method: 'OPTIONS' }),
    ])
      expect([headers.etag, headers['cache-control']]).toEqual([undefined, undefined]);
  });

  test.each(['json-server', 'json-server-1', 'jsonplaceholder', 'django', 'fastapi'])(
    '%s',
    async (dialect) => {
      const { get, patch } = await serve({ sources: sources(), dialect, writes: 'memory' });
      const end = dialect === 'django' ? '/' : '';
      await patch(`/posts/1${end}`, { title: 'b' });
      for (const path of [`/posts${end}`, `/posts/1${end}`, `/posts/9${end}`, '/']) {
        const { headers } = await get(path);
        if (headers.etag ?? headers['last-modified'])
          expect([path, headers['cache-control']]).toEqual([path, 'no-cache']);
      }
    },
  );

  test('what a dialect says of itself holds', async () => {
    const headers = { 'Cache-Control': 'max-age=5' };
    const { get } = await serve({ sources: sources(), dialect: { ...rest, name: 'plain', headers } });
    expect((await get('/posts/1')).headers['cache-control']).toBe('max-age=5');
  });
});
