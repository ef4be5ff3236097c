import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { serve } from '../serve.ts';

const data = () => ({
  posts: [
    {
      id: 1,
      title: 'Harbour',
      views: 120,
      code: '007',
      live: true,
      tags: ['sea'],
      note: null,
      meta: { lang: 'en' },
    },
    {
      id: 2,
      title: 'Winter 4',
      views: 4,
      code: '10',
      live: false,
      tags: ['food'],
      note: 'cold',
      meta: { lang: 'pt' },
    },
    {
      id: 10,
      title: 'harvest',
      views: 45,
      code: '7',
      live: true,
      tags: [],
      note: '',
      meta: null,
      pinned: true,
    },
    { id: 'x1', title: 'null', views: 9, code: 'abc', live: false, tags: ['sea', 'food'], note: null },
  ],
  users: [{ id: 'ada', name: 'Ada' }],
  notes: [
    { id: 'n', userId: 'ada', text: 'hi' },
    { id: 'm', userId: 'bo', text: 'ho' },
  ],
  profile: { name: 'Quay' },
});

const jsonServer = (options: Options = {}) =>
  serve({ sources: data(), dialect: 'json-server-1', writes: 'memory', ...options });

const ids = (json: unknown): unknown => (json as { id: unknown }[]).map(({ id }) => id);
const all = ['1', '2', '10', 'x1'];

/** What json-server 1.0.0-beta.15 finds too, unless it is said. */
const filters: readonly [query: string, found: readonly string[]][] = [
  ['note=null', ['1', 'x1']],
  ['note:eq=null', ['1', 'x1']],
  ['note_eq=null', ['1', 'x1']],
  ['note:in=null,cold', ['1', '2', 'x1']],
  ['note:ne=null', ['2', '10']],
  ['pinned=null', []],
  ['pinned:ne=null', ['10']],
  ['title=null', ['x1']],
  ['views:contains=4', []],
  ['views:startsWith=4', []],
  ['views:endsWith=5', []],
  ['live:contains=tr', []],
  ['tags:contains=sea', []],
  ['title:contains=HAR', ['1', '10']],
  ['title_contains=4', ['2']],
  ['title:startsWith=har', ['1', '10']],
  ['title:endsWith=T', ['10']],
  ['note:contains=', ['2', '10']],
  ['id:startsWith=1', ['1', '10']],
  ['id:contains=X', ['x1']],
  ['id:gt=1', ['2', '10']],
  ['tags=food', []],
  ['tags:eq=sea', []],
  ['tags:ne=food', all],
  ['views:gt=100', ['1']],
  ['views:lt=45', ['2', 'x1']],
  ['views:gte=9&views:lte=45', ['10', 'x1']],
  ['code:gt=8', ['2']],
  ['code:gt=7a', ['x1']],
  ['note:lt=5', ['1', '10', 'x1']],
  ['live:gt=false', ['1', '10']],
  ['views:in=4, 45', ['2', '10']],
  ['views=4&views=120', ['1']],
  ['meta.lang=en', ['1']],
  ['views:gtt=1', all],
  ['views:gtt=1&views:gt=100', ['1']],
  ['views:=4', []],
  ['title=%ff', []],
  // Texts that look like numbers, and ids that do, match nothing there.
  ['id=1', ['1']],
  ['id:in=2,x1', ['2', 'x1']],
  ['code=007', ['1']],
];

test.each(filters)('%s finds %j', async (query, found) => {
  const { get } = await jsonServer();
  const { status, json } = await get(`/posts?${query.replaceAll(' ', '%20')}`);
  expect([status, ids(json)]).toEqual([200, found]);
});

const conditions: readonly [where: unknown, found: readonly string[]][] = [
  [{ id: { eq: '1' } }, ['1']],
  [{ id: { eq: 'x1' } }, ['x1']],
  [{ id: { eq: 1 } }, []],
  [{ id: { in: ['2', '10', 3] } }, ['2', '10']],
  [{ id: { ne: '1' } }, ['2', '10', 'x1']],
  [{ id: { ne: 1 } }, all],
  [{ id: { gt: '1' } }, ['2', '10', 'x1']],
  [{ id: { gt: 1 } }, ['2', '10']],
  [{ id: { startsWith: '1' } }, ['1', '10']],
  [{ id: { contains: 1 } }, ['1', '10', 'x1']],
  [{ views: { eq: 4 } }, ['2']],
  [{ views: { eq: '4' } }, []],
  [{ code: { eq: '7' } }, ['10']],
  [{ code: { eq: 7 } }, []],
  [{ code: { in: [7, '10'] } }, ['2']],
  [{ title: { in: 'Harbour' } }, ['1']],
  [{ note: { eq: null } }, ['1', 'x1']],
  [{ note: { ne: null } }, ['2', '10']],
  [{ tags: { eq: 'sea' } }, []],
  [{ tags: { eq: ['sea'] } }, []],
  [{ tags: { ne: ['sea'] } }, all],
  [{ title: { contains: 'HAR' } }, ['1', '10']],
  [{ title: { contains: 4 } }, ['2']],
  [{ title: { contains: null } }, ['x1']],
  [{ views: { contains: '4' } }, []],
  [{ views: { gt: 4, lt: 120 } }, ['10', 'x1']],
  [{ views: { gtt: 100 } }, all],
  [{ views: { gtt: 100, lt: 5 } }, ['2']],
  [{ nothing: { gtt: 100 } }, all],
  [{ nothing: { gt: 100 } }, []],
  [{ nothing: { ne: 100 } }, []],
  [{ views: {} }, all],
  [{ views: 4 }, []],
  [{ views: null }, []],
  [{ views: [4] }, []],
  [{ meta: { lang: { eq: 'en' } } }, ['1']],
  [{ meta: { lang: 'en' } }, ['10', 'x1']],
  [{ meta: { gtt: 1 } }, ['10', 'x1']],
  [{ or: [{ views: { eq: 4 } }, { code: { eq: '7' } }] }, ['2', '10']],
  [{ or: [], views: { eq: 4 } }, []],
  [{ or: [7, { views: { eq: 4 } }] }, ['2']],
  [{ or: { views: { eq: 4 } } }, []],
  [{ or: [{}] }, all],
  [{ and: [{ views: { eq: 4 } }] }, []],
  [{ live: { eq: true }, or: [{ views: { gt: 100 } }, { pinned: { eq: true } }] }, ['1', '10']],
  [{}, all],
  [[], all],
  [[7], []],
];

const where = (value: unknown): string => `_where=${encodeURIComponent(JSON.stringify(value))}`;

test.each(conditions)('_where=%j finds %j', async (value, found) => {
  const { get } = await jsonServer();
  expect(ids((await get(`/posts?${where(value)}`)).json)).toEqual(found);
});

describe('_where', () => {
  test('overrides all other filters', async () => {
    const { get } = await jsonServer();
    expect(ids((await get(`/posts?views=9&${where({ views: { eq: 4 } })}`)).json)).toEqual(['2']);
    expect(ids((await get(`/posts?views=9&${where({})}`)).json)).toEqual(all);
  });

  test.each(['{', 'x', '', '7', 'null', '"a"'])(
    'that is %j is no filter, and overrides none',
    async (text) => {
      const { get, lines } = await jsonServer();
      expect(ids((await get(`/posts?views=9&_where=${encodeURIComponent(text)}`)).json)).toEqual(['x1']);
      expect(lines.map((line) => line.text)).toContainEqual(
        expect.stringContaining('_where takes a JSON object'),
      );
    },
  );

  test.each([
    ['nested in nested', '{"a":', '1', '}'],
    ['choices in choices', '{"or":[', '{}', ']}'],
  ])('is answered however deep it is: %s', async (_what, open, core, close) => {
    const { get, lines } = await jsonServer();
    const text = open.repeat(500) + core + close.repeat(500);
    expect((await get(`/posts?_where=${text.replace(/[^\w:,]/g, encodeURIComponent)}`)).status).toBeLessThan(
      432,
    );
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('may lead to a related item', async () => {
    const { get } = await jsonServer();
    const { json } = await get(`/notes?${where({ user: { name: { eq: 'Ada' } } })}`);
    expect(ids(json)).toEqual(['n']);
  });
});

const unknown: readonly [query: string, note: RegExp][] = [
  ['views:gtt=1', /ignored: 'views:gtt' has no operator 'gtt'/],
  [where({ views: { gtt: 1 } }), /ignored: views has no operator 'gtt' \(_where\)/],
  [where({ meta: { lang: 'en' } }), /ignored: meta has no operator 'lang'/],
];
test.each(unknown)('%s is named in the log', async (query, note) => {
  const { get, lines } = await jsonServer();
  await get(`/posts?${query}`);
  expect(lines.map(({ text }) => text)).toContainEqual(expect.stringMatching(note));
});

describe('_embed', () => {
  const [ada, note] = [data().users[0], data().notes[0]];
  const rows: readonly [path: string, answer: unknown][] = [
    ['/users/ada?_embed=notes', { ...ada, notes: [note] }],
    ['/users?_embed=notes&_embed=posts', [{ ...ada, notes: [note], posts: [] }]],
    ['/notes/n?_embed=user', { ...note, user: ada }],
    ['/notes?_embed=user', [{ ...note, user: ada }, data().notes[1]]],
    ['/notes/n?_embed=nothing', note],
  ];
  test.each(rows)('%s', async (path, answer) => {
    const { get } = await jsonServer();
    expect((await get(path)).json).toEqual(answer);
  });
});

test('the index page links to every resource', async () => {
  const { get } = await jsonServer();
  const { status, headers, body } = await get('/');
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(body).toContain('<li><a href="/posts">/posts</a> <small>4</small></li>');
  expect(body).toContain('<li><a href="/profile">/profile</a></li>');
  expect(body).not.toContain('/db');
  expect((await get('/', { 'If-None-Match': headers.etag as string })).status).toBe(304);
});
