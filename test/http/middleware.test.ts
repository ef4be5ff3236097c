import bodyParser from 'koa-bodyparser';
import { describe, expect, test } from 'vitest';
import type { Middleware } from '../../src/options/middleware.ts';
import type { Options } from '../../src/options/options.ts';
import { Problem } from '../../src/problem.ts';
import { serve } from '../serve.ts';

const sources = () => ({ things: [{ id: 1, name: 'first' }], settings: { theme: 'dark' } });
const serving = (middleware: Middleware[], options: Options = {}) =>
  serve({ sources: sources(), writes: 'memory', middleware, ...options });

const error = (properties: object) => Object.assign(new Error('the secret place'), properties);
const throwing = (thrown: () => unknown): Middleware => {
  return () => {
    throw thrown();
  };
};

describe('what middleware throws with a status keeps it', () => {
  const words: [dialect: string, status: number, said: string[], body: unknown][] = [
    ['rest', 401, [], { error: 'Unauthorized', message: 'Unauthorized', code: 'refused' }],
    [
      'rest',
      418,
      ['short and stout'],
      { error: 'short and stout', message: 'short and stout', code: 'refused' },
    ],
    ['rest', 499, [], { error: 'Bad Request', message: 'Bad Request', code: 'refused' }],
    ['json-server', 401, [], { error: 'Unauthorized' }],
    ['json-server', 404, [], {}],
    ['json-server-1', 403, ['not you'], { error: 'not you' }],
    ['jsonplaceholder', 401, ['no token'], { error: 'no token' }],
    ['django', 401, [], { detail: 'Authentication credentials were not provided.' }],
    ['django', 403, ['not you'], { detail: 'not you' }],
    ['django', 404, [], { detail: 'Not found.' }],
    ['django', 429, [], { detail: 'Request was throttled.' }],
    ['fastapi', 401, [], { detail: 'Unauthorized' }],
    ['fastapi', 403, ['not you'], { detail: 'not you' }],
    ['fastapi-pydantic1', 401, [], { detail: 'Unauthorized' }],
  ];

  test.each(words)('%s: ctx.throw(%i, …%j) is %j', async (dialect, status, said, body) => {
    const { get, lines } = await serving([(ctx) => ctx.throw(status, ...(said as [string]))], { dialect });
    const answer = await get('/things/1');
    expect([answer.status, answer.json]).toEqual([status, body]);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('in the form of RFC 9457 too', async () => {
    const { get } = await serving([(ctx) => ctx.throw(401, 'no token')]);
    const { status, json } = await get('/things', { Accept: 'application/problem+json' });
    expect([status, json]).toEqual([401, expect.objectContaining({ status: 401, detail: 'no token' })]);
  });

  test.each(['rest', 'json-server-1', 'django', 'fastapi'])('and its headers, in %s', async (dialect) => {
    const headers = { 'WWW-Authenticate': 'Bearer', 'X-Tries': 3 };
    const { get } = await serving([(ctx) => ctx.throw(401, { headers })], { dialect });
    expect((await get('/things/1')).headers).toMatchObject({ 'www-authenticate': 'Bearer', 'x-tries': '3' });
  });

  test('and stands under CORS, for a browser app to read', async () => {
    const { get } = await serving([(ctx) => ctx.throw(401)]);
    const { headers } = await get('/things', { Origin: 'http://localhost:5173' });
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
  });

  test('behind the routes as well as before them, and by ctx.assert', async () => {
    const late: Middleware = async (ctx, next) => {
      await next();
      ctx.assert(ctx.status !== 404, 410, 'it was here');
    };
    const { get } = await serving([late]);
    expect((await get('/things/1')).status).toBe(200);
    expect(await get('/things/2')).toMatchObject({ status: 404 });
    expect(
      (await serving([(ctx) => ctx.assert(false, 402, 'pay')]).then(({ get }) => get('/things'))).status,
    ).toBe(402);
  });

  const faults: [sentence: string, thrown: () => unknown, status: number, isLogged: boolean][] = [
    ['a status of its own and a message for clients', () => error({ status: 409, expose: true }), 409, false],
    ['a statusCode', () => error({ statusCode: 409, expose: true }), 409, false],
    ['a status, and a message that is not for clients', () => error({ status: 409 }), 409, true],
    ['a status of servers', () => error({ status: 503 }), 503, true],
    ['a status that is none', () => error({ status: 700 }), 500, true],
    ['a status of success', () => error({ status: 200 }), 500, true],
    ['a status in words', () => error({ status: '401' }), 500, true],
    ['no status', () => error({}), 500, true],
    ['no error', () => ({ status: 401 }), 500, true],
    ['a problem', () => new Problem('forbidden', 'not you'), 403, false],
  ];

  test.each(faults)('%s', async (_sentence, thrown, status, isLogged) => {
    const { get, lines } = await serving([throwing(thrown)]);
    const answer = await get('/things');
    expect(answer.status).toBe(status);
    if (isLogged) expect(answer.body).not.toContain('secret');
    expect(lines.some(({ level }) => level === 'error')).toBe(isLogged);
  });
});

describe('a body that middleware has parsed is used', () => {
  const parser = bodyParser() as unknown as Middleware;
  const JSON_TYPE = { 'Content-Type': 'application/json' };

  test('by every kind of write, in every dialect', async () => {
    for (const dialect of ['rest', 'json-server', 'json-server-1', 'django', 'fastapi']) {
      const { post, put, patch } = await serving([parser], { dialect });
      const end = dialect === 'django' ? '/' : '';
      expect(await post(`/things${end}`, { name: 'new' }), dialect).toMatchObject({
        status: 201,
        json: { name: 'new' },
      });
      expect((await put(`/things/1${end}`, { name: 'other' })).json, dialect).toMatchObject({
        name: 'other',
      });
      expect((await patch(`/things/1${end}`, { name: 'third' })).json, dialect).toMatchObject({
        name: 'third',
      });
      expect((await patch(`/settings${end}`, { theme: 'light' })).json, dialect).toEqual({ theme: 'light' });
    }
  });

  test('with several items, and as a patch', async () => {
    const { post, patch } = await serving([parser]);
    expect((await post('/things', [{ name: 'a' }, { name: 'b' }])).status).toBe(201);
    const patched = [{ op: 'replace', path: '/name', value: 'c' }];
    const type = { 'Content-Type': 'application/json-patch+json' };
    expect((await patch('/things/1', JSON.stringify(patched), type)).json).toEqual({ id: 1, name: 'c' });
  });

  test('with what middleware changed in it', async () => {
    const stamp: Middleware = (ctx, next) => {
      if (ctx.method === 'POST')
        ctx.request.body = { ...(ctx.request.body as object), by: 'ann', at: new Date(0) };
      return next();
    };
    const { post } = await serving([parser, stamp]);
    expect((await post('/things', { name: 'new' })).json).toEqual({
      id: 2,
      name: 'new',
      by: 'ann',
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  test('of a type that the dialect does not read itself', async () => {
    const { post } = await serving([parser]);
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await post('/things', 'name=new', type)).json).toEqual({ id: 2, name: 'new' });
  });

  test('where it is an empty object', async () => {
    const { post } = await serving([parser]);
    expect((await post('/things', {})).status).toBe(201);
  });

  test('and one of a type that the parser does not know is read as ever', async () => {
    const { patch, post } = await serving([parser]);
    const merge = { 'Content-Type': 'application/merge-patch+json' };
    expect((await patch('/things/1', '{"name":null}', merge)).json).toEqual({ id: 1 });
    expect((await post('/things', 'x', { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  test('and none is none', async () => {
    const { post, send } = await serving([parser]);
    expect((await post('/things', '', JSON_TYPE)).json).toMatchObject({ code: 'empty-body' });
    const chunked = { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' };
    const answer = await send('/things', { method: 'POST', headers: chunked, body: '' });
    expect(answer.json).toMatchObject({ code: 'empty-body' });
  });

  const read: [sentence: string, left: (bytes: Buffer) => unknown, status: number, json: unknown][] = [
    ['text', (bytes) => bytes.toString(), 201, { id: 2, name: 'new' }],
    ['bytes', (bytes) => bytes, 201, { id: 2, name: 'new' }],
    ['broken text', (bytes) => bytes.toString().slice(1), 400, { code: 'bad-json' }],
    ['a list', () => [{ name: 'a' }], 201, [{ id: 2, name: 'a' }]],
    ['a number', () => 5, 400, { code: 'bad-body' }],
    ['what JSON cannot hold', () => 5n, 400, { code: 'bad-body' }],
    ['a function', () => () => {}, 400, { code: 'bad-body' }],
    ['nothing of it', () => undefined, 500, { code: 'internal' }],
  ];

  test.each(read)('middleware that reads it by itself leaves %s', async (_sentence, left, status, json) => {
    const reader: Middleware = async (ctx, next) => {
      const chunks: Buffer[] = [];
      for await (const chunk of ctx.req) chunks.push(chunk);
      ctx.request.body = left(Buffer.concat(chunks));
      return next();
    };
    const { post, says } = await serving([reader]);
    const answer = await post('/things', { name: 'new' });
    expect(answer.status).toBe(status);
    if (Array.isArray(json)) expect(answer.json).toEqual(json);
    else expect(answer.json).toMatchObject(json as object);
    if (status === 500) await says(/middleware has read the body, and left nothing of it/);
  });

  test('nested too deep it is refused, as any other', async () => {
    let deep: unknown = 1;
    for (let i = 0; i < 5000; i++) deep = [deep];
    const inject: Middleware = (ctx, next) => {
      ctx.request.body = { deep };
      return next();
    };
    const { post, get } = await serving([inject]);
    expect((await post('/things', {})).json).toMatchObject({ code: 'too-deep' });
    expect((await get('/things')).status).toBe(200);
  });
});
