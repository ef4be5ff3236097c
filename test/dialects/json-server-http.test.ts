import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { folder } from '../folder.ts';
import type { Headers } from '../request.ts';
import { serve } from '../serve.ts';

const data = () => ({
  posts: [
    { id: 1, title: 'Harbour', userId: 1, authorId: 2, editorId: 3 },
    { id: 2, title: 'Märkte', userId: 1, authorId: 1, editorId: 1 },
  ],
  comments: [
    { id: 1, postId: 1 },
    { id: 2, postId: 2 },
  ],
  users: [{ id: 1 }, { id: 2 }, { id: 3 }],
  people: [{ id: 'a' }],
  pets: [{ id: 'x', personId: 'a' }],
  long: Array.from({ length: 100 }, (_, i) => ({ id: i + 1, text: 'many words ' })),
});

const jsonServer = (options: Options = {}) =>
  serve({ sources: data(), dialect: 'json-server', writes: 'memory', ...options });

/** The bytes of an answer, as they came. */
const bytes = (url: string, path: string, headers: Headers): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve(Buffer.concat(chunks)));
    });
    sent.on('error', reject).end();
  });

describe('ETag', () => {
  // As json-server 0.17.4 sends them.
  const rows: readonly [what: string, path: string, method: string, tag: string][] = [
    ['an item', '/posts/2', 'GET', 'W/"54-IWcSYtAJxKiSc3n1N4OLKBx0xJM"'],
    ['an item that is not there', '/posts/9', 'GET', 'W/"2-vyGp6PvFo4RvsFtPoIWeCReyIC8"'],
    ['a delete', '/posts/1', 'DELETE', 'W/"2-vyGp6PvFo4RvsFtPoIWeCReyIC8"'],
    ['an empty list', '/posts?id=9', 'GET', 'W/"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"'],
  ];
  test.each(rows)('of %s is weak, and what json-server sends', async (_what, path, method, tag) => {
    const { send } = await jsonServer();
    expect((await send(path, { method })).headers.etag).toBe(tag);
  });

  const paths = [
    '/posts/1',
    '/posts',
    '/posts?_page=1&_limit=1',
    '/db',
    '/',
    '/style.css',
    '/posts/1?callback=f',
  ];
  test.each(paths)('of %s is weak, the same twice, and answers 304 to a client that has it', async (path) => {
    const { get, send } = await jsonServer();
    const { headers } = await get(path);
    const { etag = '' } = headers;
    expect(etag).toMatch(/^W\/"[\da-f]+-[\w+/]{27}"$/);
    expect((await get(path)).headers.etag).toBe(etag);
    for (const match of [etag, etag.slice(2), `"x", ${etag}`, '*']) {
      const fresh = await get(path, { 'If-None-Match': match });
      expect([fresh.status, fresh.body, fresh.headers.etag]).toEqual([304, '', etag]);
      expect((await send(path, { method: 'HEAD', headers: { 'If-None-Match': match } })).status).toBe(304);
    }
    expect((await get(path, { 'If-None-Match': 'W/"1-x"' })).status).toBe(200);
  });

  test('changes with what it is about', async () => {
    const { get, patch } = await jsonServer();
    const before = await Promise.all(['/posts', '/posts/1', '/db'].map((path) => get(path)));
    const written = await patch('/posts/1', { title: 'Hafen' });
    const after = await Promise.all(['/posts', '/posts/1', '/db'].map((path) => get(path)));
    for (const [i, { headers }] of after.entries()) expect(headers.etag).not.toBe(before[i]?.headers.etag);
    expect(written.headers.etag).toBe(after[1]?.headers.etag);
    expect(written.headers).not.toHaveProperty('last-modified');
  });

  test('a 404 stays one for a client that has it', async () => {
    const { get } = await jsonServer();
    const { headers } = await get('/posts/9');
    expect((await get('/posts/9', { 'If-None-Match': headers.etag as string })).status).toBe(404);
  });

  test('is what If-Match may name', async () => {
    const { get, patch, del, put } = await jsonServer();
    const { etag = '' } = (await get('/posts/1')).headers;
    const first = await patch('/posts/1', { title: 'a' }, { 'If-Match': etag });
    expect(first.status).toBe(200);
    const late = await patch('/posts/1', { title: 'b' }, { 'If-Match': etag });
    expect([late.status, late.headers.etag]).toEqual([412, first.headers.etag]);
    expect((await put('/posts/1', {}, { 'If-Match': late.headers.etag as string })).status).toBe(200);
    expect((await del('/posts/1', { 'If-Match': etag })).status).toBe(412);
    expect((await del('/posts/1', { 'If-Match': '*' })).status).toBe(200);
  });

  test('is asked for with requireMatch', async () => {
    const { get, patch } = await jsonServer({ requireMatch: true });
    const refused = await patch('/posts/1', { title: 'a' });
    expect([refused.status, refused.headers.etag]).toEqual([428, (await get('/posts/1')).headers.etag]);
    const { etag = '' } = refused.headers;
    expect((await patch('/posts/1', { title: 'a' }, { 'If-Match': etag })).status).toBe(200);
  });

  test('json-server 1.0 sends none with data', async () => {
    const { get } = await jsonServer({ dialect: 'json-server-1' });
    for (const path of ['/posts', '/posts/1', '/posts/9'])
      expect((await get(path)).headers).not.toHaveProperty('etag');
  });
});

describe('gzip', () => {
  const asking = (accept: string): Headers => ({ 'Accept-Encoding': accept });
  const rows: readonly [accept: string, isZipped: boolean][] = [
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['*', true],
    ['gzip;q=0.5', true],
    ['identity;q=0.2, gzip;q=0.5', true],
    ['gzip;q=0', false],
    ['*;q=0, identity', false],
    ['identity, gzip;q=0.5', false],
    ['br', false],
    ['', false],
  ];
  test.each(rows)('a client that accepts %j gets it: %s', async (accept, isZipped) => {
    const { url, get, send } = await jsonServer();
    const plain = await get('/long');
    const { status, headers } = await get('/long', asking(accept));
    expect([status, headers.etag]).toEqual([200, plain.headers.etag]);
    expect(headers['content-encoding']).toBe(isZipped ? 'gzip' : undefined);
    expect(headers['content-type']).toBe(plain.headers['content-type']);
    expect(headers.vary).toBe('Origin, Accept-Encoding');
    const body = await bytes(url, '/long', asking(accept));
    expect((isZipped ? gunzipSync(body) : body).toString()).toBe(plain.body);
    if (isZipped) expect(body.length).toBeLessThan(plain.body.length / 5);
    const head = await send('/long', { method: 'HEAD', headers: asking(accept) });
    expect([head.body, head.headers['content-encoding']]).toEqual(['', undefined]);
    expect([head.headers['content-length'], head.headers.vary]).toEqual([
      String(plain.body.length),
      'Origin, Accept-Encoding',
    ]);
  });

  test('counts bytes: 1,024 of them are enough', async () => {
    const text = (bytes: number) => 'ä'.repeat((bytes - '{\n  "text": ""\n}'.length) / 2);
    const sources = { short: { text: text(1022) }, long: { text: text(1024) } };
    const { get } = await jsonServer({ sources });
    expect((await get('/short')).headers['content-length']).toBe('1022');
    expect((await get('/short', asking('gzip'))).headers).not.toHaveProperty('content-encoding');
    expect((await get('/long', asking('gzip'))).headers['content-encoding']).toBe('gzip');
  });

  test.each(['/db', '/long?_page=1&_limit=90', '/long?callback=f'])('%s too', async (path) => {
    const { url, get } = await jsonServer();
    const [plain, zipped] = [await get(path), await bytes(url, path, asking('gzip'))];
    expect(gunzipSync(zipped).toString()).toBe(plain.body);
  });

  test('what a write answers, and what is refused, too', async () => {
    const { post, get } = await jsonServer({ writes: 'memory' });
    const written = await post('/users', { text: 'x'.repeat(2000) }, asking('gzip'));
    expect([written.status, written.headers['content-encoding']]).toEqual([201, 'gzip']);
    expect((await get('/nowhere', asking('gzip'))).headers.vary).toBe('Origin, Accept-Encoding');
  });

  test('304 has no body to compress', async () => {
    const { get } = await jsonServer();
    const { etag = '' } = (await get('/long')).headers;
    const fresh = await get('/long', { ...asking('gzip'), 'If-None-Match': etag });
    expect([fresh.status, fresh.body, fresh.headers['content-encoding']]).toEqual([304, '', undefined]);
  });

  test('a long answer comes in one piece', async () => {
    const sources = { long: Array.from({ length: 20_000 }, (_, id) => ({ id, text: `text ${id * 7919}` })) };
    const { url, get } = await jsonServer({ sources });
    expect(gunzipSync(await bytes(url, '/long', asking('gzip'))).toString()).toBe((await get('/long')).body);
  });

  test('what is compressed already, or no text, is left alone', async () => {
    const middleware = [
      async (
        ctx: { path: string; body: unknown; set(name: string, value: string): void },
        next: () => Promise<void>,
      ) => {
        if (ctx.path === '/bytes') ctx.body = Buffer.alloc(2000);
        else if (ctx.path === '/zipped') {
          ctx.set('Content-Encoding', 'br');
          ctx.body = 'x'.repeat(2000);
        } else await next();
      },
    ] as never;
    const { get } = await jsonServer({ middleware });
    expect((await get('/bytes', asking('gzip'))).headers['content-length']).toBe('2000');
    const { headers } = await get('/zipped', asking('gzip'));
    expect([headers['content-encoding'], headers['content-length']]).toEqual(['br', '2000']);
  });

  test.each(['rest', 'json-server-1', 'django', 'fastapi'])(
    '%s sends what it always did',
    async (dialect) => {
      const { get } = await jsonServer({ dialect });
      const { headers } = await get(dialect === 'django' ? '/long/' : '/long', asking('gzip'));
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers.vary).not.toContain('Accept-Encoding');
    },
  );
});

describe('a parent by the name in its key', () => {
  const rows: readonly [method: string, path: string, status: number, found?: unknown][] = [
    ['GET', '/post/1/comments', 200, [{ id: 1, postId: 1 }]],
    ['GET', '/POST/1/Comments', 200, [{ id: 1, postId: 1 }]],
    ['GET', '/post/9/comments', 200, []],
    ['GET', '/post/1/comments?id=2', 200, []],
    ['GET', '/person/a/pets', 200, [{ id: 'x', personId: 'a' }]],
    ['GET', '/user/1/posts?_limit=1', 200, [{ id: 1 }]],
    ['POST', '/post/2/comments', 201, { postId: '2', id: 3 }],
    ['GET', '/post', 404],
    ['GET', '/post/1', 404],
    ['GET', '/post/1/pets', 404],
    ['GET', '/post/1/nothing', 404],
    ['GET', '/nothing/1/comments', 404],
    ['GET', '/post/1/comments/1', 404],
    ['PUT', '/post/1/comments', 404],
    ['GET', '/constructor/1/comments', 404],
  ];
  test.each(rows)('%s %s is %i', async (method, path, status, found) => {
    const { send } = await jsonServer();
    const answer = await send(path, { method, ...(method === 'GET' ? {} : { body: {} }) });
    expect(answer.status).toBe(status);
    if (found) expect(answer.json).toMatchObject(found);
    if (Array.isArray(found)) expect(answer.json).toHaveLength(found.length);
  });

  test('leads to the key of that name, and to no other', async () => {
    const relations = { 'posts.authorId': 'users', 'posts.editorId': 'users' };
    const { get } = await jsonServer({ relations });
    expect((await get('/author/2/posts')).json).toMatchObject([{ id: 1 }]);
    // Two keys to one parent: nested lists go by the first that is declared.
    expect((await get('/editor/3/posts')).status).toBe(404);
  });

  test('Location and Link show the path as it was sent', async () => {
    const { get, post, url } = await jsonServer();
    expect((await post('/post/1/comments', {})).headers.location).toBe(`${url}/post/1/comments/3`);
    expect((await get('/user/1/posts?_page=1&_limit=1')).headers.link).toContain(
      `<${url}/user/1/posts?_page=2&_limit=1>; rel="next"`,
    );
  });

  test.each(['rest', 'json-server-1', 'fastapi'])('%s knows none', async (dialect) => {
    const { get } = await jsonServer({ dialect });
    expect((await get('/post/1/comments')).status).toBe(404);
  });
});

describe('an id in a body', () => {
  const rows: readonly [dialect: string, method: string, path: string, body: object, answer: string][] = [
    ['json-server', 'POST', '/users', { id: 0, a: 1 }, '{"id":4,"a":1}'],
    ['json-server', 'POST', '/users', { a: 1, id: -0, b: 2 }, '{"a":1,"id":4,"b":2}'],
    ['json-server', 'POST', '/users', { id: false, a: 1 }, '{"id":4,"a":1}'],
    ['json-server', 'POST', '/users', { id: '', a: 1 }, '{"id":4,"a":1}'],
    ['json-server', 'POST', '/users', { id: null, a: 1 }, '{"id":4,"a":1}'],
    ['json-server', 'POST', '/users', { a: 1 }, '{"a":1,"id":4}'],
    ['json-server', 'POST', '/users', { a: 1, id: 7, b: 2 }, '{"a":1,"id":7,"b":2}'],
    ['json-server', 'PUT', '/users/2', { id: 9, a: 1 }, '{"id":2,"a":1}'],
    ['json-server', 'PUT', '/users/2', { a: 1, id: null, b: 2 }, '{"a":1,"id":2,"b":2}'],
    ['json-server', 'PUT', '/users/2', { a: 1 }, '{"a":1,"id":2}'],
    ['json-server', 'PATCH', '/users/2', { id: 0, a: 1 }, '{"id":2,"a":1}'],
    ['jsonplaceholder', 'POST', '/users', { id: 9, a: 1 }, '{"id":4,"a":1}'],
    ['json-server-1', 'POST', '/users', { id: 'x', a: 1 }, '{"id":"...","a":1}'],
    ['json-server-1', 'POST', '/users', { a: 1, id: 0, b: 2 }, '{"a":1,"id":"...","b":2}'],
    ['json-server-1', 'PUT', '/users/2', { a: 1, id: 9, b: 2 }, '{"a":1,"id":"2","b":2}'],
    ['rest', 'POST', '/users', { id: 0, a: 1 }, '{"id":0,"a":1}'],
    ['rest', 'PUT', '/users/2', { a: 1, id: 2 }, '{"id":2,"a":1}'],
  ];
  test.each(rows)('%s: %s %s %j is %s', async (dialect, method, path, body, answer) => {
    const { send } = await jsonServer({ dialect });
    const { json } = await send(path, { method, body });
    expect(JSON.stringify(json).replace(/"id":"[\w-]{11}"/, '"id":"..."')).toBe(answer);
  });
});

describe('OPTIONS without an origin', () => {
  test.each(['json-server', 'jsonplaceholder', 'json-server-1'])(
    '%s names the verbs of CORS',
    async (dialect) => {
      const { send, get } = await jsonServer({ dialect });
      for (const path of ['/posts', '/posts/1', '/']) {
        const { status, headers } = await send(path, { method: 'OPTIONS' });
        expect([status, headers['access-control-allow-methods']]).toEqual([
          204,
          'GET, HEAD, PUT, PATCH, POST, DELETE',
        ]);
      }
      expect((await get('/posts')).headers).not.toHaveProperty('access-control-allow-methods');
    },
  );

  test.each(['rest', 'django', 'fastapi'])('%s does not', async (dialect) => {
    const { send } = await jsonServer({ dialect });
    const { headers } = await send(dialect === 'django' ? '/posts/' : '/posts', { method: 'OPTIONS' });
    expect(headers).not.toHaveProperty('access-control-allow-methods');
  });
});

describe('rewrites', () => {
  const rules = {
    '/articles\\?id=:id': '/posts/:id',
    '/find\\?title=:title\\&page=:page': '/posts?title=:title&_page=:page',
    '/plain?id=:id': '/posts/:id',
    '/a\\*b\\.c\\:d': '/posts/1',
    '/back\\\\slash': '/posts/2',
  };
  const rows: readonly [path: string, status: number, found: unknown][] = [
    ['/articles?id=2', 200, { id: 2 }],
    ['/articles?id=2&x=1', 404, {}],
    ['/articles', 404, {}],
    ['/find?title=Harbour&page=1', 200, [{ id: 1 }]],
    ['/plain?id=1', 200, { id: 1 }],
    ['/a*b.c:d', 200, { id: 1 }],
    ['/axb.c:d', 404, {}],
    ['/a*bxc:d', 404, {}],
  ];
  test.each(rows)('%s is %i', async (path, status, found) => {
    const dir = folder({ 'routes.json': rules });
    const { get } = await jsonServer({ routes: `${dir.path}/routes.json` });
    const answer = await get(path);
    expect([answer.status, answer.json]).toMatchObject([status, found]);
  });
});

describe('slashes of json-server 1.0', () => {
  const rows: readonly [path: string, status: number][] = [
    ['//posts', 200],
    ['///posts', 200],
    ['//posts/1', 200],
    ['//posts/', 200],
    ['//posts?title=Harbour', 200],
    ['//', 200],
    ['/posts//1', 404],
    ['/posts/1//', 404],
    ['/posts//', 404],
    ['//nothing', 404],
  ];
  test.each(rows)('%s is %i', async (path, status) => {
    const { get } = await jsonServer({ dialect: 'json-server-1' });
    expect((await get(path)).status).toBe(status);
  });

  test.each(['//posts', '///posts'])('%s is nothing to json-server 0.17', async (path) => {
    const { get } = await jsonServer();
    expect((await get(path)).status).toBe(404);
  });
});
