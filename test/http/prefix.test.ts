import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import { rest } from '../../src/dialects/rest/rest.ts';
import { serve } from '../serve.ts';

const sources = () => ({
  users: [{ id: 1 }, { id: 2 }],
  posts: [{ id: 'a b', userId: 1 }],
  settings: {},
});
const many = () => Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`things${i}`, [{ id: 1 }]]));

interface Refusal {
  readonly error: string;
  readonly hint?: string;
}

describe('a path outside the prefix', () => {
  test.each([
    ['/users', "Did you mean '/api/users'?"],
    ['/users/1/posts', "Did you mean '/api/users/1/posts'?"],
    ['/apix/users', 'There is: users, posts, settings.'],
    ['/', 'There is: users, posts, settings.'],
    ['/API/users', 'There is: users, posts, settings.'],
  ])('%s says so, in the answer and in the log', async (path, hint) => {
    const { get, says } = await serve({ sources: sources(), prefix: '/api' });
    const { status, json } = await get(path);
    const error = `there is nothing at ${path}: every path begins with /api`;
    expect([status, json]).toEqual([404, { error, message: error, code: 'unknown-resource', hint }]);
    expect((await says(/^GET/)).text).toContain(` 404 `);
    expect((await says(/^GET/)).text).toContain(`${error}. ${hint}`);
  });

  test('keeps its session', async () => {
    const { get } = await serve({ sources: sources(), prefix: '/api' });
    expect((await get('/_standin/s/ann/users')).json).toMatchObject({
      error: 'there is nothing at /_standin/s/ann/users: every path begins with /api',
      hint: "Did you mean '/_standin/s/ann/api/users'?",
    });
    expect((await get('/_standin/s/ann/api/users')).status).toBe(200);
  });

  test.each(dialectNames)(
    'is answered by %s as its backend does, and explained in the log',
    async (dialect) => {
      const { get, send, says } = await serve({ sources: sources(), prefix: '/api/v1', dialect });
      for (const path of ['/users', '/users/', '/users/1', '/']) {
        expect((await get(path)).status).toBe(404);
        const { text } = await says(new RegExp(`^GET ${path} `));
        expect(text).toContain(`nothing at ${path}: every path begins with /api/v1`);
      }
      expect((await send('/users', { method: 'POST', body: '{}' })).status).toBe(404);
    },
  );
});

describe('a hint names what the client may ask for', () => {
  const ask = async (path: string, options: object, body?: unknown): Promise<Refusal> => {
    const { get, post, lines } = await serve({ sources: sources(), ...options });
    const { json } = await (body === undefined ? get(path) : post(path, body));
    // Dialects without hints have them in the log.
    return { error: '', hint: lines.at(-1)?.text ?? '', ...(json as object) };
  };

  test.each([
    ['', 'PUT /posts/a%20b to replace it'],
    ['/api', 'PUT /api/posts/a%20b to replace it'],
  ])('with the prefix %j: an id that is taken', async (prefix, hint) => {
    expect((await ask(`${prefix}/posts`, { prefix }, { id: 'a b' })).hint).toContain(hint);
    const inSession = `/_standin/s/ann${prefix}/posts`;
    const named = hint.replace('PUT ', 'PUT /_standin/s/ann');
    expect((await ask(inSession, { prefix }, { id: 'a b' })).hint).toContain(named);
  });

  test.each([
    ['rest', '/api/users/2/posts/a%20b', 'see userId in /api/posts/a%20b.'],
    ['django', '/api/users/2/posts/a%20b/', 'see userId in /api/posts/a%20b/.'],
  ])('%s: an item of another parent', async (dialect, path, hint) => {
    expect((await ask(path, { dialect, prefix: '/api' })).hint).toContain(hint);
  });

  test('many resources: the list that the dialect has, else their names', async () => {
    const options = { sources: many(), prefix: '/api' };
    expect((await ask('/api/nope', options)).hint).toContain('GET /api/ lists all 12.');
    const { hint } = await ask('/api/nope', { ...options, dialect: 'fastapi' });
    expect(hint).toContain('There is: things0, things1');
    expect(hint).toContain('and 2 more.');
    expect(hint).not.toContain('GET /api/ lists');
  });

  test('a cursor, in no words of another dialect', async () => {
    const cursors = [
      ['rest', '/users?_cursor=nope'],
      ['django', '/users/?cursor=nope'],
    ] as const;
    for (const [dialect, path] of cursors) {
      const { hint } = await ask(path, { dialect, pagination: 'cursor', pageSize: 1 });
      expect(hint, dialect).toContain('Take it from the link to the next page');
    }
  });

  test('what is no relation yet, by the key that makes one', async () => {
    const categories = { categories: [{ id: 1 }], posts: [{ id: 1 }] };
    const { hint } = await ask('/categories/1/posts', { sources: categories });
    expect(hint).toContain('A key such as categoryId makes a relation');
  });
});

describe('/favicon.ico', () => {
  test.each(dialectNames)('is no error in %s', async (dialect) => {
    for (const options of [{}, { prefix: '/api' }, { sessions: 'required' as const }]) {
      const { get, send } = await serve({ sources: sources(), dialect, ...options });
      expect(await get('/favicon.ico')).toMatchObject({ status: 204, body: '' });
      expect((await send('/favicon.ico', { method: 'HEAD' })).status).toBe(204);
      expect((await get('/favicon.png')).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('is what somebody serves: a resource, a page of a dialect, middleware', async () => {
    const icon = { status: 200, headers: {}, body: 'icon' };
    const middleware = [
      (ctx: { path: string; body: unknown }, next: () => Promise<unknown>) => {
        if (ctx.path !== '/favicon.ico') return next();
        ctx.body = 'icon';
      },
    ] as never;
    const servers = [
      { sources: { 'favicon.ico': 'icon' } },
      { sources: sources(), dialect: { ...rest, pages: new Map([['/favicon.ico', () => icon]]) } },
      { sources: sources(), middleware },
    ];
    for (const options of servers) {
      const { status, body } = await (await serve(options)).get('/favicon.ico');
      expect([status, body.replaceAll('"', '')]).toEqual([200, 'icon']);
    }
  });

  test('below a prefix is a path like any other', async () => {
    const { get } = await serve({ sources: sources(), prefix: '/api' });
    expect((await get('/api/favicon.ico')).status).toBe(404);
  });
});

test.each(['/_standin', '/_standin/api'])('%s is none: it would hide the API', async (prefix) => {
  await expect(serve({ sources: sources(), prefix })).rejects.toThrow(
    `option 'prefix' takes a path such as /api that is not /_standin, got '${prefix}'`,
  );
});
