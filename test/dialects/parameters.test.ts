import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { type Served, serve } from '../serve.ts';

const sources = () => ({
  posts: [
    { id: 1, title: 'one', views: 3, authorId: 1 },
    { id: 2, title: 'two', views: 5, authorId: 1 },
  ],
  authors: [{ id: 1, name: 'Ann' }],
  settings: { theme: 'dark' },
});

/** What an application of these dialects lists. */
const config: Options = {
  pageSize: 10,
  resources: {
    posts: {
      filters: { title: ['exact'], views: ['gte', 'lt'] },
      search: ['title'],
      sort: ['views'],
      maxPageSize: 100,
    },
  },
};
const styles: Readonly<Record<string, Options>> = {
  django: config,
  fastapi: { ...config, pagination: 'skip-limit' },
  'fastapi-pydantic1': { ...config, pagination: 'skip-limit' },
};
const dialects = [
  'rest',
  'json-server',
  'jsonplaceholder',
  'json-server-1',
  'django',
  'fastapi',
  'fastapi-pydantic1',
];

const serving = (dialect: string, options: Options = {}) =>
  serve({ sources: sources(), dialect, writes: 'memory', quiet: true, ...styles[dialect], ...options });

/** A path as the dialect writes it. */
const at = (dialect: string, path: string, query: string) =>
  `${path}${dialect === 'django' ? '/' : ''}?${query}`;

const notesOf = ({ lines }: Pick<Served, 'lines'>) => lines.map(({ text }) => text);

/** Each dialect's own parameters, by what is asked. */
const understood: [dialect: string, path: string, query: string][] = [
  [
    'rest',
    '/posts',
    'title=one&views:gte=1&author.name=Ann&_sort=views&_limit=1&_page=1&q=o&_embed=author&_fields=id',
  ],
  ['rest', '/posts/1', '_embed=author&_fields=id'],
  ['rest', '/settings', '_fields=theme'],
  [
    'json-server',
    '/posts',
    'title=one&views_gte=1&author.name=Ann&title_like=o&_sort=views&_order=asc&_page=1&_limit=1&q=o',
  ],
  [
    'json-server',
    '/posts',
    'id=1&id[]=2&id[0]=3&_start=0&_end=1&_embed=authors&_expand=author&_delay=1&_=17&callback=f',
  ],
  ['json-server', '/posts/1', '_embed=authors&_expand=author&_delay=1&callback=f&_=17'],
  ['json-server', '/settings', '_delay=1&callback=f'],
  ['jsonplaceholder', '/posts', 'title=one&_limit=1'],
  [
    'json-server-1',
    '/posts',
    'title=one&views:gte=1&views_lt=9&_sort=-views&_page=1&_per_page=1&_embed=author',
  ],
  ['json-server-1', '/posts', `_where=${encodeURIComponent('{"views":{"gt":1}}')}`],
  ['json-server-1', '/posts/1', '_embed=author'],
  [
    'django',
    '/posts',
    'title=one&views__gte=1&views__lt=9&search=o&ordering=-views&page=1&page_size=5&format=json',
  ],
  ['django', '/posts/1', 'title=one&search=o&format=json'],
  ['django', '/settings', 'format=json'],
  ['fastapi', '/posts', 'title=one&min_views=1&views_lt=9&skip=0&limit=1'],
  ['fastapi-pydantic1', '/posts', 'title=one&min_views=1&skip=0&limit=1'],
];

describe('what a dialect understands is neither named nor refused', () => {
  test.each(understood)('%s: %s?%s', async (dialect, path, query) => {
    const lenient = await serving(dialect);
    expect((await lenient.get(at(dialect, path, query))).status).toBe(200);
    expect(notesOf(lenient)).toEqual([]);
    const strict = await serving(dialect, { strictQuery: true });
    expect((await strict.get(at(dialect, path, query))).status).toBe(200);
  });

  test.each(dialects)('%s: a write without a query', async (dialect) => {
    const api = await serving(dialect, { strictQuery: true });
    const end = dialect === 'django' ? '/' : '';
    const headers = { 'Content-Type': 'application/json' };
    expect((await api.post(`/posts${end}`, '{"title":"x"}', headers)).status).toBe(201);
    expect((await api.patch(`/posts/1${end}`, '{"title":"x"}', headers)).status).toBe(200);
    expect(notesOf(api)).toEqual([]);
  });
});

/** What no dialect understands there, and a field that this dialect does not filter by. */
const strangers: [dialect: string, path: string, query: string, hint: string][] = [
  ['rest', '/posts', 'titel=one', "Did you mean 'title'?"],
  ['rest', '/posts/1', '_embde=author', "Did you mean '_embed'?"],
  ['json-server', '/posts', 'titel=one', "Did you mean 'title'?"],
  ['json-server', '/posts', '_limt=1', "Did you mean '_limit'?"],
  ['json-server', '/posts', 'veiws_gte=1', ''],
  ['json-server', '/posts/1', '_sort=views', ''],
  ['json-server', '/settings', '_embed=authors', ''],
  ['jsonplaceholder', '/posts', 'titel=one', "Did you mean 'title'?"],
  ['json-server-1', '/posts', 'titel=one', "Did you mean 'title'?"],
  ['json-server-1', '/posts', '_limit=1', ''],
  ['json-server-1', '/posts', 'veiws:gte=1', ''],
  ['json-server-1', '/posts', 'views:gtt=1', ''],
  ['json-server-1', '/posts/1', '_expand=author', ''],
  ['django', '/posts', 'titel=one', "Did you mean 'title'?"],
  ['django', '/posts', 'authorId=1', 'It is a field: list it in resources.posts.filters.'],
  ['django', '/posts', 'views__gt=1', "Did you mean 'views__gte'?"],
  ['django', '/posts', 'limit=1', ''],
  ['django', '/posts/1', 'page=1', ''],
  ['django', '/posts/1', 'ordering=views', ''],
  ['django', '/authors', 'name=Ann', 'It is a field: list it in resources.authors.filters.'],
  ['django', '/authors', 'search=Ann', ''],
  ['fastapi', '/posts', 'titel=one', "Did you mean 'title'?"],
  ['fastapi', '/posts', 'views=3', 'It is a field: list it in resources.posts.filters.'],
  ['fastapi', '/posts', 'max_views=3', "Did you mean 'min_views'?"],
  ['fastapi', '/posts/1', 'title=one', 'It is a field: list it in resources.posts.filters.'],
  ['fastapi-pydantic1', '/posts', 'page=1', ''],
];

describe('a parameter that is not understood', () => {
  test.each(strangers)(
    '%s: %s?%s is named once, with its hint; strict, it is refused',
    async (dialect, path, query, hint) => {
      const path_ = at(dialect, path, query);
      const name = query.split('=')[0] as string;
      const lenient = await serving(dialect);
      for (let i = 0; i < 3; i++) expect((await lenient.get(path_)).status).toBe(200);
      expect(notesOf(lenient)).toEqual([expect.stringContaining(`'${name}'`)]);
      expect(notesOf(lenient)[0]).toContain(hint);
      const strict = await serving(dialect, { strictQuery: true });
      const status = dialect.startsWith('fastapi') ? 422 : 400;
      expect((await strict.get(path_)).status).toBe(status);
      const asked = await lenient.get(path_, { Prefer: 'handling=strict' });
      expect(asked.status).toBe(status);
    },
  );

  test.each(dialects)('%s: is named once for all items, and once for each resource', async (dialect) => {
    const api = await serving(dialect);
    for (const path of ['/posts/1', '/posts/2', '/posts/1', '/authors/1'])
      expect((await api.get(at(dialect, path, 'nope=1'))).status).toBe(200);
    expect(notesOf(api)).toEqual([
      expect.stringMatching(/^GET \/posts\/1\/?: .*'nope'.* posts/),
      expect.stringMatching(/^GET \/authors\/1\/?: .*'nope'.* authors/),
    ]);
  });

  test.each(dialects)(
    '%s: is named, or refused, with a write as well, and nothing is written then',
    async (dialect) => {
      const headers = { 'Content-Type': 'application/json' };
      const writes: [method: string, path: string][] = [
        ['POST', '/posts'],
        ['PUT', '/posts/1'],
        ['PATCH', '/posts/1'],
        ['PATCH', '/settings'],
        ['DELETE', '/posts/1'],
      ];
      const strict = await serving(dialect, { strictQuery: true });
      const before = (await strict.get('/_standin/db')).body;
      for (const [method, path] of writes) {
        const asking = { method, headers, body: '{"title":"new","views":1,"theme":"light"}' };
        const answer = await strict.send(at(dialect, path, 'nope=1'), asking);
        expect([method, path, answer.status]).toEqual([
          method,
          path,
          dialect.startsWith('fastapi') ? 422 : 400,
        ]);
        const lenient = await serving(dialect);
        expect((await lenient.send(at(dialect, path, 'nope=1'), asking)).status).toBeLessThan(300);
        expect(notesOf(lenient)).toEqual([expect.stringContaining("'nope'")]);
      }
      expect((await strict.get('/_standin/db')).body).toBe(before);
    },
  );

  test('of any number, so many are named as are of use', async () => {
    const api = await serving('json-server-1');
    const query = Array.from({ length: 90 }, (_, i) => `nope${i}=1`).join('&');
    await api.get(`/posts?${query}`);
    expect(notesOf(api)).toHaveLength(21);
    expect(notesOf(api).at(-1)).toContain('70 more parameters are unknown');
  });

  const words: [dialect: string, body: unknown][] = [
    ['rest', expect.objectContaining({ code: 'unknown-parameter', hint: "Did you mean 'title'?" })],
    ['json-server', { error: "'titel' is no field of posts and no parameter" }],
    ['json-server-1', { error: "'titel' is no field of posts and no parameter" }],
    ['django', { titel: ["'titel' is no field of posts and no parameter"] }],
    [
      'fastapi',
      {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['query', 'titel'],
            msg: 'Extra inputs are not permitted',
            input: 'one',
          },
        ],
      },
    ],
    [
      'fastapi-pydantic1',
      { detail: [{ loc: ['query', 'titel'], msg: 'extra fields not permitted', type: 'value_error.extra' }] },
    ],
  ];

  test.each(words)('%s: is refused in the words of the dialect', async (dialect, body) => {
    const { get } = await serving(dialect, { strictQuery: true });
    expect((await get(at(dialect, '/posts', 'titel=one'))).json).toEqual(body);
  });

  test('whose value is not understood is named, or refused, too', async () => {
    const lenient = await serving('django');
    expect((await lenient.get('/posts/?ordering=veiws')).status).toBe(200);
    expect(notesOf(lenient)).toEqual([
      "GET /posts/: ignored: posts cannot be ordered by 'veiws'. Did you mean 'views'?",
    ]);
    const { get } = await serving('django', { strictQuery: true });
    expect((await get('/posts/?ordering=veiws')).json).toEqual({
      ordering: ["posts cannot be ordered by 'veiws'"],
    });
  });
});
