import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { serve } from '../serve.ts';

const data = () => ({
  posts: [
    { id: 1, title: 'Harbour lights', views: 120, live: true, userId: 1, tags: ['sea', 'night'], note: null },
    { id: 2, title: 'Winter market', views: 0, live: false, userId: 2, tags: ['food'], note: 'cold' },
    { id: 3, title: 'harbour seals', views: 9, live: true, userId: 1, tags: [], note: '' },
    { id: 4, title: 'a|b [c] 1+1', views: 45, live: false, userId: 3, tags: ['sea'], note: 'odd' },
  ],
  comments: [
    { id: 1, postId: 1, body: 'Lovely' },
    { id: 2, postId: 1, body: 'Too dark' },
    { id: 3, postId: 9, body: 'Where?' },
  ],
  users: [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Ben' },
  ],
  profile: { name: 'Quay' },
});

const jsonServer = (options: Options = {}) =>
  serve({ sources: data(), dialect: 'json-server', writes: 'memory', ...options });

const ids = (json: unknown): unknown => (json as { id: unknown }[]).map(({ id }) => id);

describe('filters', () => {
  const rows: readonly [query: string, found: readonly number[]][] = [
    ['title_like=seals|market', [2, 3]],
    ['title_like=[ls][ie]', [1, 3]],
    ['title_like=r+b?o', [1, 3]],
    ['title_like=^(harbour|winter) [l-n]', [1, 2]],
    ['title_like=^\\w+ \\w+$', [1, 2, 3]],
    ['title_like=1\\+1', [4]],
    ['title_like=a\\|b \\[c\\]', [4]],
    ['views_like=^\\d{2,}$', [1, 4]],
    ['tags_like=sea,', [1]],
    ['live_like=^t', [1, 3]],
    ['note_like=', [2, 3, 4]],
    ['note_like=.', [2, 4]],
    ['title_like=seals&title_like=market$', [2, 3]],
    ['title_like=harbour&live_like=true&views_like=9', [3]],
    ['q=false', []],
    ['q=0', [1]],
    ['q=true', [1, 3]],
    ['q=SEA', [1, 3, 4]],
    ['id[]=1&id[]=3', [1, 3]],
    ['tags[0]=food', [2]],
    ['title=%ff', []],
    ['%ff=1', [1, 2, 3, 4]],
    ['q=%', []],
    ['_limit=', [1, 2, 3, 4]],
    ['_page=', [1, 2, 3, 4]],
    ['_end=', [1, 2, 3, 4]],
  ];
  test.each(rows)('%s finds %j', async (query, found) => {
    const { get } = await jsonServer();
    const { status, json } = await get(`/posts?${query.replace(/[^%\w=&]/g, encodeURIComponent)}`);
    expect([status, ids(json)]).toEqual([200, found]);
  });

  test('a filter that is sent thousands of times, or with thousands of others, is answered', async () => {
    const { get } = await jsonServer();
    const many = Array.from({ length: 1500 }, (_, i) => i);
    expect(ids((await get(`/posts?${many.map((i) => `id=${i}`).join('&')}`)).json)).toEqual([1, 2, 3, 4]);
    expect(ids((await get(`/posts?id=2&${many.map((i) => `id${i}=1`).join('&')}`)).json)).toEqual([2]);
    expect(ids((await get(`/posts?${many.map((i) => `x${i}_ne=1`).join('&')}`)).json)).toEqual([]);
  });

  const notes: readonly [query: string, found: readonly number[], note: RegExp][] = [
    [
      'title_like=(seals',
      [],
      /title_like: '\(seals' is no regular expression: Unterminated group; it is looked for as a plain text/,
    ],
    ['title_like=^(?!harbour)', [], /title_like: .* holds '\(\?!', which is not understood/],
    [`title_like=a{900}|seals`, [], /has more than 250 steps/],
    [
      `note_like=${'.'.repeat(200)}&title_like=${'.'.repeat(60)}|seals`,
      [],
      /ignored: the patterns of a request have at most 250 steps \(title_like\)/,
    ],
    [`title_like=seals&${'note_like=zz&'.repeat(260)}`, [], /ignored: the patterns of a request/],
  ];
  test.each(notes)('%s is named in the log', async (query, found, note) => {
    const { get, lines } = await jsonServer();
    const { status, json } = await get(`/posts?${query.replace(/[^%\w=&]/g, encodeURIComponent)}`);
    expect([status, ids(json)]).toEqual([200, found]);
    expect(lines.map(({ text }) => text).join('\n')).toMatch(note);
  });
});

describe('X-HTTP-Method-Override', () => {
  const rows: readonly [override: string, method: string, path: string, status: number, left: number][] = [
    ['PATCH', 'POST', '/posts/1', 200, 4],
    ['patch', 'POST', '/posts/1', 200, 4],
    ['PUT, DELETE', 'POST', '/posts/1', 200, 4],
    ['DELETE', 'POST', '/posts/1', 200, 3],
    ['DELETE', 'GET', '/posts/1', 200, 4],
    ['DELETE', 'PUT', '/posts/1', 200, 4],
    ['GET', 'POST', '/posts', 201, 5],
    ['OPTIONS', 'POST', '/posts', 201, 5],
    ['TRACE', 'POST', '/posts', 201, 5],
    ['NONSENSE', 'POST', '/posts', 201, 5],
    ['HEAD', 'POST', '/posts/1', 404, 4],
  ];
  test.each(rows)('%s with %s %s is %i', async (override, method, path, status, left) => {
    const { send, get, lines } = await jsonServer();
    const answer = await send(path, {
      method,
      headers: { 'X-HTTP-Method-Override': override },
      body: { a: 1 },
    });
    expect(answer.status).toBe(status);
    expect((await get('/posts')).json).toHaveLength(left);
    const isNamed = lines.some(({ text }) =>
      text.includes('X-HTTP-Method-Override takes PUT, PATCH, DELETE'),
    );
    expect(isNamed).toBe(method === 'POST' && !/^(PUT|PATCH|DELETE)/i.test(override));
  });

  test.each(['rest', 'json-server-1', 'django', 'fastapi'])('means nothing to %s', async (dialect) => {
    const { send, get } = await serve({ sources: data(), dialect, writes: 'memory' });
    const path = dialect === 'django' ? '/posts/1/' : '/posts/1';
    await send(path, { method: 'POST', headers: { 'X-HTTP-Method-Override': 'DELETE' }, body: {} });
    expect((await get(path)).status).toBe(200);
  });
});

describe('callback', () => {
  const rows: readonly [path: string, method: string, status: number, body: RegExp][] = [
    ['/posts/1?callback=show', 'GET', 200, /^\/\*\*\/ typeof show === 'function' && show\(\{[\s\S]*\}\);$/],
    [
      '/posts?id=2&callback=a.b[0]',
      'GET',
      200,
      /^\/\*\*\/ typeof a\.b\[0\] === 'function' && a\.b\[0\]\(\[[\s\S]*\]\);$/,
    ],
    ['/posts/99?callback=show', 'GET', 404, /^\/\*\*\/ typeof show === 'function' && show\(\{\}\);$/],
    ['/nowhere?callback=show', 'GET', 404, /show\(\{\}\);$/],
    ['/db?callback=show', 'GET', 200, /show\(\{[\s\S]*"profile"[\s\S]*\}\);$/],
    ['/profile?callback=show', 'GET', 200, /show\(\{\n {2}"name": "Quay"\n\}\);$/],
    ['/posts?callback=show', 'POST', 201, /show\(\{\n {2}"a": 1,\n {2}"id": 5\n\}\);$/],
    ['/posts/2?callback=show', 'DELETE', 200, /show\(\{\}\);$/],
    ['/posts/1?callback=%ff', 'GET', 200, /typeof ff ===/],
    ['/posts/1?callback=alert(1)//', 'GET', 200, /typeof alert1 ===/],
    ['/posts/1?callback=show&callback=other', 'GET', 200, /typeof show ===/],
    ['/posts/1?callback=constructor', 'GET', 200, /typeof constructor ===/],
  ];
  test.each(rows)('%s by %s is a script', async (path, method, status, body) => {
    const { send, lines } = await jsonServer();
    const answer = await send(path, { method, ...(method === 'POST' ? { body: { a: 1 } } : {}) });
    expect([answer.status, answer.body]).toEqual([status, expect.stringMatching(body)]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test.each(['callback=', 'callback=%20%28%29', 'Callback=a', 'q=callback'])('%s is JSON', async (query) => {
    const { get } = await jsonServer();
    expect((await get(`/posts/1?${query}`)).headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('line ends of older scripts are escaped', async () => {
    const { get } = await jsonServer({ sources: { notes: [{ id: 1, text: 'a\u2028b\u2029c' }] } });
    expect((await get('/notes/1?callback=show')).body).toContain('a\\u2028b\\u2029c');
  });

  test('only json-server knows it', async () => {
    for (const dialect of ['rest', 'json-server-1', 'django', 'fastapi']) {
      const { get } = await serve({ sources: data(), dialect, writes: 'memory' });
      const { headers } = await get(`/posts/1${dialect === 'django' ? '/' : ''}?callback=show`);
      expect(headers['content-type'], dialect).toMatch(/json/);
    }
  });
});

describe('_delay', () => {
  const delays: readonly [query: string, ms: number][] = [
    ['_delay=60', 60],
    ['_delay=60ms', 60],
    ['_delay=60&_delay=5000', 60],
    ['_delay=60.5', 60],
  ];
  test.each(delays)('%s holds an answer back', async (query, ms) => {
    const { get } = await jsonServer();
    const start = performance.now();
    expect((await get(`/posts/1?${query}`)).status).toBe(200);
    // A timer may fire a moment early by this clock.
    expect(performance.now() - start).toBeGreaterThan(ms - 2);
  });

  test('_delay=0 is a second, as there', async () => {
    const { get } = await jsonServer();
    const start = performance.now();
    await get('/posts/1?_delay=0');
    expect(performance.now() - start).toBeGreaterThan(998);
  });

  test.each(['_delay=', '_delay=abc', '_delay=%ff', '_delay=-5000', 'x=_delay'])(
    '%s does not',
    async (query) => {
      const { get, post } = await jsonServer();
      // What is held back comes after what is not.
      const order: string[] = [];
      await Promise.all([
        get('/posts/1?_delay=900').then(() => order.push('held')),
        get(`/posts?${query}`).then(() => order.push('not')),
        post(`/posts?${query}`, {}).then(({ status }) => order.push(String(status))),
      ]);
      expect(order.at(-1)).toBe('held');
      expect(order).toContain('201');
    },
  );

  test('others are answered meanwhile', async () => {
    const { get } = await jsonServer();
    const order: string[] = [];
    await Promise.all([
      get('/posts/1?_delay=300').then(() => order.push('held')),
      get('/posts/1').then(() => order.push('other')),
    ]);
    expect(order).toEqual(['other', 'held']);
  });
});

describe('_embed and _expand', () => {
  const [ada, post] = [data().users[0], data().posts[0]];
  const rows: readonly [path: string, part: unknown][] = [
    ['/users/1?_embed=posts', { posts: [{ id: 1 }, { id: 3 }] }],
    ['/users/2?_embed=posts&_embed=comments', { posts: [{ id: 2 }] }],
    ['/posts/1?_embed=comments&_expand=user', { comments: [{ id: 1 }, { id: 2 }], user: ada }],
    ['/posts/2?_embed=comments', { comments: [] }],
    ['/posts?_embed=comments&id=1', [{ id: 1, comments: [{ id: 1 }, { id: 2 }] }]],
    ['/comments?_expand=post', [{ post }, { post }, { id: 3 }]],
    ['/users/1/posts?_expand=user', [{ user: ada }, { user: ada }]],
    ['/posts/1?_embed=nothing', { nothing: [] }],
    ['/posts/1?_embed=user', { user: [] }],
    ['/posts/1?_embed=post', { post: [] }],
    ['/posts/1?_embed=comments,users', { 'comments,users': [] }],
    ['/posts/1?_embed=%ff', { id: 1 }],
  ];
  test.each(rows)('%s puts them in', async (path, part) => {
    const { get } = await jsonServer();
    const { status, json } = await get(path);
    expect([status, json]).toMatchObject([200, part]);
  });

  test.each([
    '/comments/3?_expand=post',
    '/posts/1?_expand=comments',
    '/posts/1?_expand=nothing',
    '/posts/4?_expand=user',
  ])('%s leaves out what is not there', async (path) => {
    const { get } = await jsonServer();
    const [plain, expanded] = [await get(path.split('?')[0] as string), await get(path)];
    expect([expanded.status, expanded.body]).toEqual([200, plain.body]);
  });

  test('what is embedded is not stored', async () => {
    const { get, patch } = await jsonServer();
    await get('/users/1?_embed=posts');
    expect((await patch('/users/1?_embed=posts', { name: 'Eda' })).json).toEqual({ id: 1, name: 'Eda' });
    expect((await get('/users/1')).json).toEqual({ id: 1, name: 'Eda' });
  });
});

describe('the pages of its own', () => {
  test('the index page links to every resource, with its count', async () => {
    const { get } = await jsonServer({ prefix: '/api' });
    const { status, headers, body } = await get('/api/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('<li><a href="/api/posts">/posts</a> <small>4</small></li>');
    expect(body).toContain('<li><a href="/api/profile">/profile</a></li>');
    expect(body).toContain('<a href="/api/db">/db</a>');
    expect(body).toContain('href="/api/style.css"');
    expect((await get('/api/style.css')).headers['content-type']).toBe('text/css; charset=utf-8');
  });

  test('the index page shows names as text', async () => {
    const { get } = await jsonServer({ sources: { '<b>&"\'': [] } });
    const { body } = await get('/');
    expect(body).toContain('/&#60;b&#62;&#38;&#34;&#39;</a>');
    expect(body).not.toContain('<b>');
  });

  test('/db is everything, as it is now', async () => {
    const { get, post } = await jsonServer();
    await post('/users', { name: 'Cy' });
    const { users, ...others } = data();
    const { status, json, body } = await get('/db');
    expect([status, json]).toEqual([200, { users: [...users, { id: 3, name: 'Cy' }], ...others }]);
    expect(body).toBe(JSON.stringify(json, null, 2));
    expect(Object.keys(json as object)).toEqual(['posts', 'comments', 'users', 'profile']);
  });

  test.each(['/db', '/style.css', '/', '/DB', '/db/', '/db?callback=f'])(
    'HEAD %s is GET without its body',
    async (path) => {
      const { get, send } = await jsonServer();
      const { headers, status } = await get(path);
      const { date: _, ...wanted } = headers;
      const head = await send(path, { method: 'HEAD' });
      expect([head.status, head.body]).toEqual([status, '']);
      expect(status).toBe(200);
      expect(head.headers).toMatchObject(wanted);
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s /db is not there', async (method) => {
    const { send } = await jsonServer();
    expect(await send('/db', { method, body: {} })).toMatchObject({ status: 404, body: '{}' });
  });

  test('a resource of that name comes first', async () => {
    const { get, send } = await jsonServer({ sources: { db: [{ id: 1 }] } });
    expect((await get('/db')).json).toEqual([{ id: 1 }]);
    expect((await send('/db', { method: 'HEAD' })).status).toBe(200);
  });

  test.each(['rest', 'json-server-1', 'django', 'fastapi'])('%s has no /db', async (dialect) => {
    const { get, send } = await serve({ sources: data(), dialect, writes: 'memory' });
    const path = dialect === 'django' ? '/db/' : '/db';
    expect([(await get(path)).status, (await send(path, { method: 'HEAD' })).status]).toEqual([404, 404]);
  });
});
