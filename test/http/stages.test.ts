import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import Koa from 'koa';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Dialect, Reply } from '../../src/dialect/dialect.ts';
import { dialectNames, findDialect } from '../../src/dialects/index.ts';
import { rest } from '../../src/dialects/rest/rest.ts';
import type { Call } from '../../src/http/call.ts';
import { order } from '../../src/http/stages/order.ts';
import { chain, type Stage } from '../../src/http/stages/stage.ts';
import type { Middleware } from '../../src/options/middleware.ts';
import type { Options } from '../../src/options/options.ts';
import { Problem } from '../../src/problem.ts';
import { send } from '../request.ts';
import { serve } from '../serve.ts';

const all = await Promise.all(dialectNames.map((name) => findDialect(name)));
const sources = () => ({ things: [{ id: 1, name: 'first' }] });
const serving = (options: Options) => serve({ sources: sources(), writes: 'memory', ...options });

describe('the list of stages', () => {
  test('has the order that answers depend on', () => {
    expect(order.map(({ name }) => name)).toEqual([
      ...['log', 'headers', 'gzip', 'cors', 'problems', 'host', 'session', 'control', 'foreign'],
      ...['middleware', 'favicon', 'enter', 'restart', 'rewrite', 'override', 'target', 'parameters'],
      ...['conditions', 'idempotency', 'preferences', 'delay', 'action'],
    ]);
  });

  test('runs in its order, without those that have nothing to do, and without a promise', () => {
    const ran: string[] = [];
    const stage =
      (name: string): Stage =>
      (call, next) => {
        ran.push(name);
        const answer = next(call);
        ran.push(`${name} again`);
        return answer;
      };
    const reply = { status: 200, headers: {} };
    const answer = chain([stage('outer'), undefined, stage('inner')], () => reply);
    expect(answer({} as Call)).toBe(reply);
    expect(ran).toEqual(['outer', 'inner', 'inner again', 'outer again']);
  });
});

describe('a stage that throws is answered in the words of its dialect', () => {
  const fault = () => {
    throw new Error('the secret place');
  };
  const hooks: [hook: string, path: string, given: Partial<Dialect>][] = [
    ['admit', '/things/1', { admit: fault }],
    ['understands', '/things?x=1', { understands: fault }],
    ['delay', '/things/1', { delay: fault }],
    ['item', '/things/1', { item: fault }],
    ['list', '/things', { list: fault }],
  ];
  const rows = all.flatMap((dialect) =>
    hooks.map(
      ([hook, path, given]) =>
        [dialect.name, hook, path, Object.assign(Object.create(dialect), given) as typeof dialect] as const,
    ),
  );

  test.each(rows)('%s: %s', async (_name, _hook, path, dialect) => {
    const { get, lines } = await serving({ dialect });
    const [name, query] = path.split('?');
    const end = dialect.conventions.paths?.slash === 'always' ? '/' : '';
    const answer = await get(`${name}${end}${query ? `?${query}` : ''}`);
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret');
    const asked = { method: 'GET', header: () => '', query: '', allow: '' } as unknown as Call;
    const type = dialect.problem(new Problem('internal', ''), asked);
    expect(answer.headers['content-type']).toBe(type.headers['Content-Type']);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(lines.filter(({ status }) => status === 500)).toHaveLength(1);
  });

  test('where it throws late', async () => {
    const coerce = fault;
    const { post } = await serving({ dialect: { ...rest, coerce } });
    expect(await post('/things', { name: 'new' })).toMatchObject({ status: 500, json: { code: 'internal' } });
  });

  test('where the dialect has no words for it', async () => {
    const { get } = await serving({ dialect: { ...rest, problem: fault } });
    expect(await get('/things/9')).toMatchObject({
      status: 500,
      json: { error: expect.stringContaining('its log says more') },
    });
  });
});

/** A dialect with a page that answers so, alone and behind middleware that adds a header. */
const after: Middleware = async (ctx, next) => {
  await next();
  ctx.set('X-After', String(ctx.status));
};
const ways: [way: string, middleware: Middleware[]][] = [
  ['alone', []],
  ['behind middleware', [after]],
];

describe.each(ways)('a reply leaves as it is, %s', (_way, middleware) => {
  const paged = (page: () => Reply) =>
    serving({ dialect: { ...rest, pages: new Map([['/page', page]]) }, middleware });

  test('with several cookies, beside those of middleware', async () => {
    const cookies: Middleware = (ctx, next) => {
      ctx.cookies.set('mine', '3');
      return next();
    };
    const headers = { 'Set-Cookie': ['a=1; Path=/', 'b=2'], 'X-Many': ['x', 'y'] };
    const { url } = await serving({
      dialect: { ...rest, pages: new Map([['/page', () => ({ status: 200, headers, body: 'hello' })]]) },
      middleware: [...middleware, cookies],
    });
    const { headers: came } = await fetch(`${url}/page`);
    expect(came.getSetCookie()).toEqual(['mine=3; path=/; httponly', 'a=1; Path=/', 'b=2']);
    expect(came.get('x-many')).toBe('x, y');
  });

  test('as bytes', async () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { url } = await paged(() => ({
      status: 200,
      headers: { 'Content-Type': 'image/png' },
      body: all.subarray(10, 250),
    }));
    const came = await fetch(`${url}/page`);
    expect(came.headers.get('content-length')).toBe('240');
    expect(came.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await came.arrayBuffer())).toEqual(all.subarray(10, 250));
  });

  test('as a stream', async () => {
    const { get, send: ask } = await paged(() => ({
      status: 200,
      headers: { 'Content-Type': 'text/plain' },
      body: Readable.from(['one, ', 'two']),
    }));
    const answer = await get('/page');
    expect(answer).toMatchObject({ status: 200, body: 'one, two' });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'transfer-encoding': 'chunked' });
    expect(await ask('/page', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  test('without a body', async () => {
    const { get } = await paged(() => ({ status: 202, headers: { 'X-Mine': 'yes' } }));
    const { status, headers, body } = await get('/page');
    expect([status, body, headers['x-mine']]).toEqual([202, '', 'yes']);
    if (middleware.length === 0) expect(headers['content-type']).toBeUndefined();
  });
});

test('a stream that answers a write is not sent again under its key: it came once', async () => {
  const item: Dialect['item'] = (shown, asked) => ({
    ...rest.item(shown, asked),
    body: Readable.from([JSON.stringify(shown)]),
  });
  const { post, get } = await serving({ dialect: { ...rest, item } });
  const key = { 'Idempotency-Key': 'k' };
  expect((await post('/things', { name: 'new' }, key)).json).toMatchObject({ id: 2 });
  expect((await post('/things', { name: 'new' }, key)).json).toMatchObject({ id: 3 });
  expect((await get('/things')).json).toHaveLength(3);
});

describe('middleware may answer with anything that Koa takes', () => {
  const answering =
    (body: () => unknown): Middleware =>
    (ctx) => {
      ctx.body = body();
    };
  const bodies: [sentence: string, answer: Middleware][] = [
    ['text', answering(() => 'hello')],
    ['HTML', answering(() => '<p>hello')],
    ['an object', answering(() => ({ a: [1] }))],
    ['a number', answering(() => 5)],
    ['bytes', answering(() => Buffer.from([1, 2]))],
    ['a stream', answering(() => Readable.from(['a', 'b']))],
    ['a stream of the web', answering(() => new Blob(['ab']).stream())],
    ['a blob', answering(() => new Blob(['ab'], { type: 'text/css' }))],
    ['a response', answering(() => new Response('ab', { status: 201 }))],
    ['nothing at all', () => {}],
    [
      'a status alone',
      (ctx) => {
        ctx.status = 409;
      },
    ],
    ['an empty body', answering(() => null)],
    ['a redirect', (ctx) => ctx.redirect('/elsewhere')],
    [
      'its own letters, cookies and lists',
      (ctx) => {
        ctx.set('x-MINE', ['a', 'b']);
        ctx.cookies.set('a', '1');
        ctx.cookies.set('b', '2');
        ctx.body = 'hello';
      },
    ],
    [
      'the response of Node, by itself',
      (ctx) => {
        (ctx as { respond?: boolean }).respond = false;
        setImmediate(() => ctx.res.writeHead(418, { 'X-Raw': '1' }).end('raw'));
      },
    ],
  ];

  test.each(bodies)('%s', async (_sentence, answer) => {
    const koa = new Koa();
    koa.silent = true;
    koa.use(answer as Koa.Middleware);
    const bare = createServer(koa.callback()).listen(0, '127.0.0.1');
    onTestFinished(() => void bare.close());
    const { url } = await serving({ middleware: [answer] });
    const { port } = bare.address() as { port: number };
    const expected = await send(`http://127.0.0.1:${port}`, '/things');
    const came = await send(url, '/things');
    const { date: _, ...headers } = expected.headers;
    expect([came.status, came.body]).toEqual([expected.status, expected.body]);
    expect(came.headers).toMatchObject(headers);
  });

  test('and take away what stands on every answer', async () => {
    const strip: Middleware = async (ctx, next) => {
      await next();
      ctx.remove('X-Powered-By');
      ctx.remove('Access-Control-Allow-Origin');
    };
    const headers = { Origin: 'http://localhost:5173' };
    const dialect: Dialect = { ...rest, headers: { 'X-Powered-By': 'rest' } };
    const plain = await serving({ dialect });
    expect((await plain.get('/things', headers)).headers).toMatchObject({
      'x-powered-by': 'rest',
      'access-control-allow-origin': 'http://localhost:5173',
    });
    const { get } = await serving({ dialect, middleware: [strip] });
    const answer = await get('/things', headers);
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a session', () => {
  test('is not asked of what middleware answers by itself', async () => {
    const login: Middleware = (ctx, next) => {
      if (ctx.path !== '/login') return next();
      ctx.body = 'welcome';
    };
    const { get } = await serving({ sessions: 'required', middleware: [login] });
    expect((await get('/login')).body).toBe('welcome');
    expect((await get('/things')).json).toMatchObject({ code: 'session-required' });
  });

  test.each(['/_standin/s/a/_standin/db', '/_standin/s/a/_standin'])(
    'has no control routes: %s',
    async (path) => {
      const { get } = await serving({});
      expect(await get(path)).toMatchObject({ status: 404, json: { code: 'unknown-resource' } });
    },
  );
});
