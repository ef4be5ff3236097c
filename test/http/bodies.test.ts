import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Served, serve } from '../serve.ts';

const sources = () => ({ things: [{ id: 1, name: 'first' }], settings: { theme: 'dark' }, colours: ['red'] });

const JSON_BODY = '{"name":"new"}';
const gzip = { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' };

describe('content types', () => {
  const rows: [type: string | undefined, status: number][] = [
    ['application/json', 201],
    ['application/json; charset=utf-8', 201],
    ['Application/JSON;Charset="UTF-8"', 201],
    ['application/vnd.api+json', 201],
    ['application/merge-patch+json; charset=utf-8', 201],
    ['text/plain', 415],
    ['text/json', 415],
    ['application/jsonp', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/octet-stream', 415],
    ['json', 415],
    [undefined, 415],
  ];
  test.each(rows)('%s is %i', async (type, status) => {
    const { post, get } = await serve({ sources: sources() });
    const { status: came, json } = await post(
      '/things',
      JSON_BODY,
      type === undefined ? {} : { 'Content-Type': type },
    );
    expect(came).toBe(status);
    if (status === 415) {
      expect(json).toMatchObject({
        code: 'unsupported-media-type',
        error: expect.stringContaining(type ?? 'no Content-Type'),
      });
      expect((json as { error: string }).error).toContain('application/json');
      expect((await get('/things')).json).toHaveLength(1);
    }
  });
});

describe('bodies', () => {
  const json = { 'Content-Type': 'application/json' };
  const rows: [
    sentence: string,
    body: string | Uint8Array | undefined,
    headers: Record<string, string>,
    status: number,
    code?: string,
  ][] = [
    ['an object without fields', '{}', json, 201],
    ['with spaces around it', ` \n\t${JSON_BODY}\r\n `, json, 201],
    ['with a byte order mark', `\uFEFF${JSON_BODY}`, json, 201],
    ['that says it is zipped and breaks off', gzipSync(JSON_BODY).subarray(0, 20), gzip, 400, 'bad-body'],
    ['of nothing', '', json, 400, 'empty-body'],
    ['of spaces', '  \n ', json, 400, 'empty-body'],
    ['that is missing', undefined, json, 400, 'empty-body'],
    ['that is missing, without a type', undefined, {}, 400, 'empty-body'],
    ['of an unfinished object', '{"name":', json, 400, 'bad-json'],
    ['of text that is no JSON', 'name=new', json, 400, 'bad-json'],
    ['of two objects', '{}{}', json, 400, 'bad-json'],
    ['with a comment', '{} // no', json, 400, 'bad-json'],
    ['with a comma too many', '{"a":1,}', json, 400, 'bad-json'],
    ['of a text', '"new"', json, 400, 'bad-body'],
    ['of null', 'null', json, 400, 'bad-body'],
    ['of a number', '3', json, 400, 'bad-body'],
    ['that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), json, 400, 'bad-encoding'],
    ['in UTF-16', Buffer.from(JSON_BODY, 'utf16le'), json, 400, 'bad-json'],
    ['that is zipped', gzipSync(JSON_BODY), gzip, 201],
    ['that is deflated', deflateSync(JSON_BODY), { ...json, 'Content-Encoding': 'deflate' }, 201],
    ['that says it is zipped and is not', JSON_BODY, gzip, 400, 'bad-body'],
    [
      'in an encoding nobody knows',
      JSON_BODY,
      { ...json, 'Content-Encoding': 'rot13' },
      415,
      'unsupported-media-type',
    ],
  ];
  test.each(rows)('%s', async (_sentence, body, headers, status, code) => {
    const { post, get } = await serve({ sources: sources() });
    const answer = await post('/things', body, headers);
    expect([answer.status, (answer.json as { code?: string }).code]).toEqual([status, code]);
    expect((await get('/things')).json).toHaveLength(status === 201 ? 2 : 1);
  });

  test('sent in pieces are put together', async () => {
    const { post } = await serve({ sources: sources() });
    const headers = { ...json, 'Transfer-Encoding': 'chunked' };
    expect((await post('/things', JSON_BODY, headers)).json).toEqual({ id: 2, name: 'new' });
  });

  test('keep letters of every script', async () => {
    const { post, get } = await serve({ sources: sources() });
    const name = 'Žluťoučký 日本 🦊 \u2028 \\ "';
    await post('/things', { name });
    expect((await get('/things/2')).json).toEqual({ id: 2, name });
  });

  test('are checked for PUT and PATCH alike', async () => {
    const { put, patch } = await serve({ sources: sources() });
    for (const verb of [put, patch]) {
      expect((await verb('/things/1', JSON_BODY, { 'Content-Type': 'text/plain' })).status).toBe(415);
      expect((await verb('/things/1', '', json)).status).toBe(400);
      expect((await verb('/things/1', '[]', json)).status).toBe(400);
      expect((await verb('/settings', '[]', json)).status).toBe(400);
    }
  });

  test('of plain values may be of any kind', async () => {
    const { put, get } = await serve({ sources: sources() });
    for (const body of ['["blue"]', '[]', '3', 'null', '"text"', '{"a":1}']) {
      expect((await put('/colours', body, json)).status).toBe(200);
      expect((await get('/colours')).json).toEqual(JSON.parse(body));
    }
  });
});

describe('malformed JSON is refused with its place', () => {
  const rows: [body: string, fault: string, place: string][] = [
    ['{\n  "a": "b"\n  "c": 1\n}', 'expected \',\', found "c"', 'line 3, column 3'],
    ['{"a": }', 'expected a value, found }', 'line 1, column 7'],
    ["{'a': 1}", "expected a property name in double quotes, found '", 'line 1, column 2'],
    ['{a: 1}', 'expected a property name in double quotes, found a', 'line 1, column 2'],
    ['{"a": 1,}', 'expected a property name in double quotes, found }', 'line 1, column 9'],
    ['{"a": "b', 'expected text that ends in a double quote, found "b', 'line 1, column 7'],
    ['{"a": NaN}', 'expected a value, found NaN', 'line 1, column 7'],
    ['{"a": 01}', "expected ',', found 1", 'line 1, column 8'],
    ['{"a": "\\q"}', 'expected a JSON escape such as \\n or \\", found "\\q"', 'line 1, column 7'],
    ['[1, 2', "expected ',' or ']', found the end of the text", 'line 1, column 6'],
    ['{}\n\n{}', 'expected the end of the text, found {', 'line 3, column 1'],
    ['// no\n{}', 'expected a JSON value (comments are not JSON), found /', 'line 1, column 1'],
    [`{"a": ${'x'.repeat(90)}}`, `expected a value, found ${'x'.repeat(20)}…`, 'line 1, column 7'],
  ];
  test.each(rows)('%j', async (body, fault, place) => {
    const { post } = await serve({ sources: sources() });
    const { status, json } = await post('/things', body, { 'Content-Type': 'application/json' });
    const error = `not JSON: ${fault} at ${place}`;
    expect([status, json]).toEqual([400, { error, message: error, code: 'bad-json' }]);
  });
});

describe('the size of a body', () => {
  const big = (size: number) => JSON.stringify({ text: 'x'.repeat(size) });
  const json = { 'Content-Type': 'application/json' };

  test('is bounded by 1 MB', async () => {
    const { post, get } = await serve({ sources: sources() });
    expect((await post('/things', big(1_000_000), json)).status).toBe(201);
    const refused = await post('/things', big(1_100_000), json);
    expect(refused).toMatchObject({
      status: 413,
      json: { code: 'too-large', hint: expect.stringContaining('--body-limit') },
    });
    expect((await get('/things')).json).toHaveLength(2);
  });

  test('is bounded for what a zipped one holds, and for one sent in pieces', async () => {
    const { post } = await serve({ sources: sources() });
    expect((await post('/things', gzipSync(big(2_000_000)), gzip)).status).toBe(413);
    const pieces = { ...json, 'Transfer-Encoding': 'chunked' };
    expect((await post('/things', big(2_000_000), pieces)).status).toBe(413);
  });

  test('is bounded as the option says', async () => {
    const { post } = await serve({ sources: sources(), bodyLimit: '2kb' });
    expect((await post('/things', big(1000), json)).status).toBe(201);
    expect((await post('/things', big(3000), json)).status).toBe(413);
    const larger = await serve({ sources: sources(), bodyLimit: '3mb' });
    expect((await larger.post('/things', big(2_000_000), json)).status).toBe(201);
  });
});

describe('__proto__ and constructor are fields like others', () => {
  const raw = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"name":"odd"}';
  const writes: [method: string, path: string, send: (api: Served) => Promise<unknown>][] = [
    ['POST', '/things/2', ({ post }) => post('/things', raw, { 'Content-Type': 'application/json' })],
    ['PUT', '/things/1', ({ put }) => put('/things/1', raw, { 'Content-Type': 'application/json' })],
    ['PATCH', '/things/1', ({ patch }) => patch('/things/1', raw, { 'Content-Type': 'application/json' })],
    [
      'PATCH of a singleton',
      '/settings',
      ({ patch }) => patch('/settings', raw, { 'Content-Type': 'application/json' }),
    ],
  ];
  test.each(writes)('%s', async (_method, path, write) => {
    const api = await serve({ sources: sources() });
    await write(api);
    const { body, status } = await api.get(path);
    expect(status).toBe(200);
    expect(body).toContain('"__proto__":{"admin":true}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect((await api.get('/things/1')).json).not.toHaveProperty('admin');
  });
});

describe('a body arrives byte by byte', () => {
  const name = 'é → 😀 \u{10FFFF} ÿþ \u0080';
  const body = JSON.stringify({ name });
  const types: [sentence: string, headers: Record<string, string>][] = [
    ['with a type', { 'Content-Type': 'application/json' }],
    ['with one that is no media type', { 'Content-Type': 'json' }],
    ['without a type', {}],
  ];

  describe.each(types)('%s', (_sentence, headers) => {
    const serving = (bodyLimit?: string) =>
      serve({ sources: sources(), dialect: 'json-server-1', ...(bodyLimit ? { bodyLimit } : {}) });
    const unlabelled = headers['Content-Type'] !== 'application/json';

    const good: [sentence: string, bytes: string | Uint8Array, more?: Record<string, string>][] = [
      ['an object', body],
      ['zipped', gzipSync(body), { 'Content-Encoding': 'gzip' }],
      ['in spaces', `\n ${body}\t`],
      ['with a byte order mark', `\uFEFF${body}`],
      ['with a field that could poison a prototype', `{"name":${JSON.stringify(name)},"__proto__":{"a":1}}`],
    ];
    test.each(good)('%s', async (_sentence, bytes, more = {}) => {
      const { post } = await serving();
      const { status, json } = await post('/things', Buffer.from(bytes), { ...headers, ...more });
      expect([status, json]).toEqual([201, expect.objectContaining({ name })]);
    });

    const bad: [sentence: string, bytes: string | Uint8Array, status: number, message: RegExp][] = [
      ['broken JSON', '{"name":', 400, /line 1, column 9/],
      ['what is no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400, /UTF-8/],
      ['a text', '"x"', 400, /JSON object/],
      ['more than the limit', `{"name":"${'x'.repeat(2000)}"}`, 413, /at most 1kb/],
    ];
    test.each(bad)('%s', async (_sentence, bytes, status, message) => {
      const { post } = await serving('1kb');
      const answer = await post('/things', Buffer.from(bytes), headers);
      expect([answer.status, answer.body]).toEqual([status, expect.stringMatching(message)]);
    });

    test.runIf(unlabelled)('and what the client sent as headers stays', async () => {
      const seen: unknown[] = [];
      const { post } = await serve({
        sources: sources(),
        dialect: 'json-server-1',
        middleware: [
          async (ctx, next) => {
            await next();
            seen.push(ctx.headers['content-type']);
          },
        ],
      });
      await post('/things', body, headers);
      expect(seen).toEqual([headers['Content-Type']]);
    });
  });
});
