import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rest } from '../src/dialects/rest/rest.ts';
import type { Options } from '../src/options/options.ts';
import { Problem } from '../src/problem.ts';
import { createStandin } from '../src/standin.ts';
import { run } from './command.ts';
import { folder } from './folder.ts';
import { serve } from './serve.ts';

const sources = () => ({
  posts: [
    { id: 1, title: 'b', userId: 1 },
    { id: 2, title: 'a', userId: 1 },
  ],
  users: [{ id: 1, name: 'Ann' }],
});
const make = (options: object) => createStandin({ sources: sources(), watch: false, ...options } as Options);

type Row = [sentence: string, options: object, message: string, hint?: string];

const posts = (settings: unknown) => ({ resources: { posts: settings } });
const own = (hooks: object) => ({ dialect: { ...rest, ...hooks } });
const writes = (given: object) => own({ conventions: { writes: given } });
const paths = (given: object) => own({ conventions: { paths: given } });
const nothing = () => {};
/** What Express takes. */
const guard = (_request: unknown, _response: unknown, next: () => void) => next();
const failed = (_error: unknown, _request: unknown, _response: unknown, next: () => void) => next();

const refused: Row[] = [
  [
    'a text is no number',
    posts({ pageSize: 'abc' }),
    "'resources.posts.pageSize' takes a whole number, got 'abc'",
  ],
  ['a page holds something', posts({ pageSize: 0 }), "'resources.posts.pageSize' takes 1 to 10000, got 0"],
  [
    'half an item is none',
    posts({ maxPageSize: 1.5 }),
    "'resources.posts.maxPageSize' takes a whole number, got 1.5",
  ],
  ['NaN is no number', { port: Number.NaN }, "'port' takes a whole number, got NaN"],
  [
    'one text is no list',
    posts({ defaultSort: 'title' }),
    "'resources.posts.defaultSort' takes a list of texts, got 'title'",
  ],
  [
    'a list of other things',
    posts({ search: ['title', 5] }),
    `'resources.posts.search' takes a list of texts, got ["title",5]`,
  ],
  [
    'a misspelt choice',
    posts({ pagination: 'curser' }),
    "takes page, limit-offset, cursor or skip-limit, got 'curser'",
    "Did you mean 'cursor'?",
  ],
  [
    'filters by field that are no lists',
    posts({ filters: { title: 'exact' } }),
    "'resources.posts.filters.title' takes a list of texts, got 'exact'",
  ],
  [
    'filters that are neither',
    posts({ filters: 'title' }),
    "'resources.posts.filters' takes a list of texts or an object, got 'title'",
  ],
  ['null for settings', posts(null), "'resources.posts' takes an object, got null"],
  ['a list for settings', posts([]), "'resources.posts' takes an object, got []"],
  [
    'a misspelt setting',
    posts({ pagesize: 5 }),
    "unknown option 'pagesize' in resources.posts",
    "Did you mean 'pageSize'?",
  ],
  [
    'a setting like nothing else',
    posts({ colour: 1 }),
    "unknown option 'colour' in resources.posts",
    'Known: id, search',
  ],
  ['a name of every object', posts({ constructor: 1 }), "unknown option 'constructor' in resources.posts"],
  [
    'a Map, of which nothing would be read',
    { resources: new Map() },
    "'resources' takes an object, got a Map",
  ],
  ['a size in words', { bodyLimit: 'lots' }, "'bodyLimit' takes a size such as 500kb or 10mb, got 'lots'"],
  ['a size with a unit that does not exist', { bodyLimit: '10 monkeys' }, "'bodyLimit' takes a size"],
  ['a size below nothing', { bodyLimit: '-1mb' }, "'bodyLimit' takes a size"],
  ['a size of nothing', { bodyLimit: '0kb' }, "'bodyLimit' takes a size"],
  ['half a byte', { bodyLimit: '0.5' }, "'bodyLimit' takes a size"],
  ['a number for a size', { bodyLimit: 100 }, "'bodyLimit' takes text, got 100"],
  ['unique as one text', { unique: { users: 'name' } }, "'unique.users' takes a list, got 'name'"],
  [
    'unique over no field',
    { unique: { users: [[]] } },
    "'unique.users[0]' takes a list of 1 or more, got []",
  ],
  [
    'unique over a number',
    { unique: { users: ['name', 5] } },
    "'unique.users[1]' takes text or a list of texts, got 5",
  ],
  ['unique over nothing', { unique: { users: null } }, "'unique.users' takes a list, got null"],
  [
    'a relation to a number',
    { relations: { 'posts.userId': 5 } },
    "'relations.posts.userId' takes text, an object or null, got 5",
  ],
  [
    'a relation to nowhere',
    { relations: { 'posts.userId': { onDelete: 'cascade' } } },
    "'relations.posts.userId' lacks to",
  ],
  [
    'a misspelt key of a relation',
    { relations: { 'posts.userId': { to: 'users', ondelete: 'keep' } } },
    "unknown option 'ondelete' in relations.posts.userId",
    "Did you mean 'onDelete'?",
  ],
  [
    'a misspelt action',
    { relations: { 'posts.userId': { to: 'users', onDelete: 'cascad' } } },
    "takes keep, nullify, cascade or restrict, got 'cascad'",
    "Did you mean 'cascade'?",
  ],
  ['a text for the log', { log: 'x' }, "'log' takes a function, got 'x'"],
  ['no text at all', { id: '' }, "'id' takes text that is not empty, got ''"],
  ['no name of a source', { sources: [''] }, "'sources[0]' takes text that is not empty, got ''"],
  ['a number as a source', { sources: 5 }, "'sources' takes text, an object or a list, got 5"],
  ['null among the sources', { sources: [{}, null] }, "'sources[1]' takes text or an object, got null"],
  [
    'a promise of sources',
    { sources: Promise.resolve({}) },
    "'sources' takes text, an object or a list, got a Promise",
  ],
  ['null for a dialect', { dialect: null }, "'dialect' takes text or an object, got null"],
  [
    'one function for a list of middleware',
    { middleware: nothing },
    "'middleware' takes a list, got the function 'nothing' of 0 parameters",
  ],
  [
    'text for middleware',
    { middleware: ['cors'] },
    "'middleware[0]' takes Koa middleware, a function (ctx, next), got 'cors'",
  ],
  [
    'middleware of Express',
    { middleware: [nothing, guard] },
    "'middleware[1]' takes Koa middleware, a function (ctx, next), got the function 'guard' of 3 parameters",
    'Express',
  ],
  [
    'an error handler of Express',
    { middleware: [failed] },
    "got the function 'failed' of 4 parameters",
    'Express',
  ],
  [
    'a misspelt hook',
    own({ coerse: nothing }),
    "unknown option 'coerse' in dialect",
    "Did you mean 'coerce'?",
  ],
  ['a hook that is no function', own({ show: 'x' }), "'dialect.show' takes a function, got 'x'"],
  ['pages that are no Map', own({ pages: {} }), "'dialect.pages' takes a Map, got {}"],
  ['headers that are no texts', own({ headers: { Via: 5 } }), "'dialect.headers.Via' takes text, got 5"],
  [
    'a misspelt convention',
    writes({ ondelete: 'keep' }),
    "unknown option 'ondelete' in dialect.conventions.writes",
    "Did you mean 'onDelete'?",
  ],
  [
    'a choice that does not exist',
    writes({ put: 'merges' }),
    "'dialect.conventions.writes.put' takes replace or merge, got 'merges'",
    "Did you mean 'merge'?",
  ],
  [
    'a status that no convention knows',
    paths({ missingVerb: 400 }),
    "'dialect.conventions.paths.missingVerb' takes 405 or 404, got 400",
  ],
  [
    'a convention inside a convention',
    paths({ nested: { depth: 'all' } }),
    "'dialect.conventions.paths.nested.depth' takes a whole number or Infinity, got 'all'",
  ],
  [
    'a group that does not exist',
    own({ conventions: { write: { put: 'merge' } } }),
    "unknown option 'write' in dialect.conventions",
    "Did you mean 'writes'?",
  ],
  [
    'the name that conventions had',
    own({ rules: { put: 'merge' } }),
    "'dialect.rules' has the name 'conventions'",
    '{ paths, bodies, writes, answers }',
  ],
  [
    'misspelt defaults of a dialect',
    own({ defaults: { pagesize: 5 } }),
    "unknown option 'pagesize' in the dialect's defaults",
    "Did you mean 'pageSize'?",
  ],
  [
    'a default of a dialect out of range',
    own({ defaults: { prefix: 'api' } }),
    "'prefix' in the dialect's defaults takes a path such as /api that is not /_standin, got 'api'",
  ],
];

describe('options inside options are checked like the rest', () => {
  test.each(refused)('%s', async (_sentence, options, message, hint = '') => {
    const error = await make(options).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: 'bad-option', exit: 2, message: expect.stringContaining(message) });
    if (hint !== '') expect((error as Problem).facts.hint).toContain(hint);
  });

  test('in the dialect of a class too, whose hooks stand in its prototype', async () => {
    class Mine {
      name = 'mine';
      conventions = { writes: { put: 'merge' as const } };
      listQuery = rest.listQuery;
      itemQuery = rest.itemQuery;
      item = rest.item;
      removed = rest.removed;
      problem = rest.problem;
      list = rest.list;
      shwo() {}
    }
    await expect(make({ dialect: new Mine() })).rejects.toThrow("unknown option 'shwo' in dialect");
  });

  test.each(['fixtures', null, [], 5, nothing])(
    'what is no object of options is refused: %j',
    async (given) => {
      await expect(createStandin(given as never)).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringContaining('expected an object of options, got '),
      });
    },
  );

  test('in a config file, which is named; the command ends with 2', async () => {
    const dir = folder({
      'db.json': sources(),
      'standin.config.json': { resources: { posts: { pageSize: 'abc' } } },
    });
    const { code, stderr } = await run(['db.json'], { cwd: dir.path });
    expect([code, stderr]).toEqual([
      2,
      `standin: option 'resources.posts.pageSize' in ${dir.file('standin.config.json')} takes a whole number, got 'abc'\n`,
    ]);
  });

  test('and what is understood is taken', async () => {
    const standin = await make({
      resources: {
        posts: { filters: { title: ['exact'] }, defaultSort: ['-title'], pageSize: 1 },
        users: {},
      },
      unique: { users: ['name', ['id', 'name']], posts: [] },
      relations: { 'posts.userId': { to: 'users', onDelete: 'restrict' }, 'users.id': null },
      bodyLimit: '1.5 MB',
      prefix: '',
      middleware: [nothing, async (_ctx: never, next: () => Promise<unknown>) => next()],
      log: nothing,
      host: undefined,
    });
    expect(standin.warnings).toEqual([]);
  });
});

describe('a field that an option names and nothing has', () => {
  const rows: [options: object, warning: string][] = [
    [
      posts({ defaultSort: ['-titel'] }),
      "resources.posts.defaultSort: posts has no field 'titel'. Did you mean 'title'?",
    ],
    [posts({ sort: ['users.name'] }), ''],
    [posts({ sort: ['user.name', 'user__name', 'title.x'] }), ''],
    [posts({ search: ['^titel'] }), "resources.posts.search: posts has no field 'titel'"],
    [posts({ filters: { titel: ['exact'] } }), "resources.posts.filters: posts has no field 'titel'"],
    [{ unique: { users: [['name', 'mail']] } }, "unique.users: users has no field 'mail'"],
    [
      { relations: { 'posts.userID': 'users' } },
      "relations.posts.userID: posts has no field 'userID'. Did you mean 'userId'?",
    ],
  ];

  test.each(rows)('%j is a line at the start, and lists are served', async (options, warning) => {
    const { standin, get } = await serve({ sources: sources(), ...options });
    const lines = standin.warnings.join('\n');
    if (warning !== '') expect(lines).toContain(warning);
    expect((await get('/posts')).status).toBe(200);
  });

  test('is none in a collection that is empty, and says nothing about its fields', async () => {
    const standin = await make({ sources: { posts: [] }, unique: { posts: ['slug'] } });
    expect(standin.warnings).toEqual([]);
  });

  test.each([
    ['django', 'exat', "Did you mean 'exact'?"],
    ['fastapi', 'icontains', 'It has: exact, gte, lte, gt, lt.'],
  ])('goes for a lookup that %s has not: %s', async (dialect, lookup, hint) => {
    const standin = await make({ dialect, ...posts({ filters: { title: ['exact', lookup] } }) });
    expect(standin.warnings).toEqual([
      `resources.posts.filters.title: ${dialect} has no lookup '${lookup}'. ${hint}`,
    ]);
  });
});

describe('whatever an option is given', () => {
  const names = [
    'resources',
    'unique',
    'relations',
    'middleware',
    'sources',
    'dialect',
    'bodyLimit',
    'prefix',
    'id',
  ];
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(undefined, Number.NaN, new Map(), new Date(0), nothing, Symbol('x'), 10n),
  );
  const settings = fc.record(
    {
      id: odd,
      search: fc.oneof(odd, fc.constant(['title'])),
      filters: fc.oneof(odd, fc.constant({ title: ['exact'] })),
      sort: fc.oneof(odd, fc.constant(['title', 'nothing'])),
      defaultSort: fc.oneof(odd, fc.constantFrom(['title'], ['-nothing'], ['user.name'])),
      pageSize: fc.oneof(odd, fc.integer({ min: -1, max: 3 })),
      maxPageSize: fc.oneof(odd, fc.integer({ min: -1, max: 3 })),
      pagination: fc.oneof(odd, fc.constantFrom('page', 'cursor', 'skip-limit', 'limit-offset')),
    },
    { requiredKeys: [] },
  );
  const options = fc.oneof(
    fc.tuple(fc.constantFrom(...names), odd).map(([name, value]) => ({ [name]: value })),
    settings.map(posts),
    fc
      .dictionary(fc.constantFrom('posts.userId', 'posts.x', 'posts'), odd)
      .map((relations) => ({ relations })),
    fc.dictionary(fc.constantFrom('posts', 'users', 'nobody'), odd).map((unique) => ({ unique })),
  );

  test('it is a problem with a sentence, or a server whose lists are served', async () => {
    const served = fc.asyncProperty(
      options,
      fc.constantFrom('rest', 'json-server', 'json-server-1', 'django', 'fastapi'),
      async (given, dialect) => {
        const made = await createStandin({
          sources: sources(),
          dialect,
          writes: 'memory',
          watch: false,
          port: 0,
          ...given,
        } as Options).catch((error: unknown) => error);
        if (made instanceof Problem) {
          expect(made.code).toMatch(/^(bad-option|no-source|bad-fixture)$/);
          return;
        }
        expect(made).not.toBeInstanceOf(Error);
        const standin = made as Awaited<ReturnType<typeof createStandin>>;
        try {
          if (!standin.model.resources.has('posts')) return;
          const { url } = await standin.listen();
          expect((await fetch(url + standin.path('posts'))).status).toBe(200);
        } finally {
          await standin.close();
        }
      },
    );
    await fc.assert(served, { numRuns: 300 });
  });
});

describe('a name that is no resource is a problem', () => {
  test.each(['post', 'constructor', '', '__proto__'])('%j in code', async (name) => {
    const standin = await make({});
    for (const ask of [() => standin.count(name), () => standin.path(name)])
      expect(ask).toThrow(expect.objectContaining({ name: 'Problem', code: 'unknown-resource' }));
    await expect(standin.reset(name)).rejects.toMatchObject({ code: 'unknown-resource' });
  });

  test('with the nearest name', async () => {
    const standin = await make({});
    expect(() => standin.count('post')).toThrow(
      expect.objectContaining({
        facts: { resource: 'post', hint: "Did you mean 'posts'? There is: posts, users." },
      }),
    );
  });

  test('and so is an event that does not exist, and a listener that is none', async () => {
    const standin = await make({});
    expect(() => standin.on('chnage' as 'change', nothing)).toThrow("there is no event 'chnage'");
    expect(() => standin.on('change', 'x' as never)).toThrow('a listener is a function, got string');
  });
});
