import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const sources = () => ({ users: [{ id: 1 }], posts: [{ id: 1, userId: 1 }], settings: {} });

describe('a refusal says what was meant', () => {
  const rows: [sentence: string, path: string, expected: { error: string; code: string; hint: unknown }][] = [
    [
      'a resource nearly right',
      '/user',
      {
        error: "there is no resource 'user'",
        code: 'unknown-resource',
        hint: "Did you mean 'users'? There is: users, posts, settings.",
      },
    ],
    [
      'an item',
      '/users/7',
      { error: "users has no item with the id '7'", code: 'not-found', hint: 'It has: 1.' },
    ],
    [
      'a nested resource nearly right',
      '/users/1/post',
      {
        error: "there is no 'post' below users",
        code: 'unknown-resource',
        hint: expect.stringContaining("Did you mean 'posts'?"),
      },
    ],
    [
      'below a singleton',
      '/settings/1',
      { error: "'settings' has nothing below it", code: 'unknown-resource', hint: undefined },
    ],
  ];
  test.each(rows)('%s', async (_sentence, path, expected) => {
    const { get } = await serve({ sources: sources() });
    const { status, json } = await get(path);
    expect(status).toBe(404);
    // The sentence stands under both names: data providers of admin interfaces read `message`.
    expect({ hint: undefined, ...(json as object) }).toEqual({ ...expected, message: expected.error });
  });
});

test('a client that asks for RFC 9457 gets the same facts in its form', async () => {
  const { get } = await serve({ sources: sources() });
  const { headers, json } = await get('/users/7', { Accept: 'application/problem+json' });
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(json).toEqual({
    type: 'about:blank',
    title: 'No such item',
    status: 404,
    detail: "users has no item with the id '7'",
    code: 'not-found',
    hint: 'It has: 1.',
  });
});

const accepts: [accept: string, type: string][] = [
  ['application/problem+json', 'application/problem+json'],
  ['Application/Problem+JSON;q=0.5', 'application/problem+json'],
  ['text/html, application/problem+json; charset=utf-8', 'application/problem+json'],
  ['application/problem+json;q=0.001', 'application/problem+json'],
  ['application/problem+json;q=0', 'application/json'],
  ['application/problem+json; q=0.000, */*', 'application/json'],
  ['application/json, application/problem+json ; Q = 0', 'application/json'],
  ['application/problem+json;v=1;q=0.0', 'application/json'],
  ['application/problem+jsonp', 'application/json'],
  ['application/*', 'application/json'],
  ['', 'application/json'],
];

test.each(accepts)(
  'a refusal for Accept: %s is %s, and says that it depends on that',
  async (accept, type) => {
    const { get } = await serve({ sources: { things: [] } });
    for (const path of ['/nothing', '/things/1', '/things?_page=0']) {
      const { headers } = await get(path, {
        ...(accept === '' ? {} : { Accept: accept }),
        Origin: 'http://a.test',
      });
      expect([path, headers['content-type']]).toEqual([path, `${type}; charset=utf-8`]);
      expect(headers.vary?.split(', ').sort()).toEqual(['Accept', 'Origin']);
    }
  },
);

test('a fault of the server is a 500 that shows nothing of it, and a log line that does', async () => {
  const { get, lines } = await serve({
    sources: sources(),
    middleware: [
      () => {
        throw new Error('the secret place');
      },
    ],
  });
  const { status, body, json } = await get('/users');
  expect(status).toBe(500);
  expect(json).toMatchObject({ code: 'internal' });
  expect(body).not.toMatch(/secret|\.ts|\.js|at /);
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'error',
      text: expect.stringContaining('the secret place'),
      stack: expect.any(String),
    }),
  );
});

test('no answer holds a stack, whatever is asked', async () => {
  const { send } = await serve({ sources: sources() });
  const odd = [
    '/%',
    '/users/%FF',
    '/users?_page=x',
    '/users?__proto__=1',
    '/users?constructor=1',
    '/users?_where={',
    '/users?_sort=constructor',
    '/users?_embed=__proto__',
    '/users/1/__proto__/1/constructor',
    `/users/${'x'.repeat(5000)}`,
    `/${'a/'.repeat(500)}`,
    '/users?%',
  ];
  for (const path of odd) {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const { status, body } = await send(path, { method, ...(method === 'GET' ? {} : { body: { a: 1 } }) });
      expect([path, method, status < 500], body).toEqual([path, method, true]);
      expect(body).not.toMatch(/node_modules|\.ts:|\.js:|\n\s+at /);
    }
  }
});

test('each request is a line of the log, and none with quiet', async () => {
  const { get, lines } = await serve({ sources: sources() });
  await get('/users?_sort=id');
  await get('/users/9');
  expect(lines.map(({ text }) => text.replace(/[\d.]+ ms/, 'ms'))).toEqual([
    'GET /users?_sort=id 200 ms',
    "GET /users/9 404 ms: users has no item with the id '9'. It has: 1.",
  ]);
  const quiet = await serve({ sources: sources(), quiet: true });
  await quiet.get('/users');
  expect(quiet.lines).toEqual([]);
});
