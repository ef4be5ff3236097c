import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DialectParameter, Query, Terms } from '../../src/dialect/index.ts';
import { writeTerms } from '../../src/dialect/terms.ts';
import type { Options } from '../../src/options/options.ts';
import { reading } from './asked.ts';

const sources = {
  posts: [
    { id: 1, title: 'one', views: 3, authorId: 1, meta: { lang: 'en', 'a b': 1 } },
    { id: 2, title: 'two', views: 5, authorId: 1, meta: { lang: 'de' } },
  ],
  authors: [{ id: 1, name: 'Ann' }],
};

/** What an application lists. */
const listed = (pages: Options = {}): Options => ({
  pageSize: 5,
  ...pages,
  resources: {
    posts: {
      filters: {
        title: ['exact', 'iexact', 'contains', 'icontains', 'startswith', 'in', 'isnull', 'date', 'range'],
        views: ['exact', 'gte', 'lte', 'gt', 'lt', 'year'],
        author__name: ['exact', 'endswith'],
      },
      search: ['title', '^author__name'],
      sort: ['id', 'title', 'views', 'authorId', 'meta__lang', 'author__name'],
      maxPageSize: 50,
    },
  },
});

interface Spoken {
  readonly dialect?: string;
  readonly options?: Options;
  /** Of several values of one filter, all count. */
  readonly many?: boolean;
  /** One key to sort by, and a page only with its size. */
  readonly few?: boolean;
}

/** Each dialect, with what a config lists where it needs that. */
const spoken: Readonly<Record<string, Spoken>> = {
  rest: { many: true },
  'json-server': { many: true },
  jsonplaceholder: { many: true },
  'json-server-1': {},
  'simple-rest': { few: true },
  django: { options: listed() },
  'django, limit and offset': { dialect: 'django', options: listed({ pagination: 'limit-offset' }) },
  'django, cursors': { dialect: 'django', options: listed({ pagination: 'cursor' }) },
  'django without a config': { dialect: 'django' },
  fastapi: { options: listed({ pagination: 'skip-limit' }) },
  'fastapi-pydantic1': { options: listed({ pagination: 'skip-limit' }) },
};

const fields = ['id', 'title', 'views', 'authorId', 'meta.lang', 'author.name'];
const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '7',
    '007',
    'true',
    'null',
    'a,b',
    '-a',
    '&',
    '=',
    '%',
    '+',
    '#',
    '[0]',
    '?',
    'ü',
    '😀',
    '\0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

/** Terms that these rows can say. */
function termsFor(
  rows: readonly DialectParameter[],
  { many = false, few = false }: Spoken,
): fc.Arbitrary<Terms> {
  const filters = rows.flatMap(({ for: purpose }) =>
    purpose.kind === 'filter' && purpose.operator !== undefined
      ? (purpose.field === undefined ? fields : [purpose.field]).map((field) => ({
          field,
          operator: purpose.operator as string,
        }))
      : [],
  );
  const has = (kind: string) => rows.some((row) => row.for.kind === kind);
  const filter = fc.record({
    key: fc.nat(Math.max(0, filters.length - 1)),
    values: fc.array(text, { minLength: 1, maxLength: many ? 3 : 1 }),
  });
  const where = fc
    .uniqueArray(filter, { selector: ({ key }) => key, maxLength: filters.length === 0 ? 0 : 4 })
    .map((all) =>
      all.map(({ key, values }) => ({ ...(filters[key] as { field: string; operator: string }), values })),
    );
  const sort = fc.uniqueArray(fc.record({ field: fc.constantFrom(...fields), descending: fc.boolean() }), {
    selector: ({ field }) => field,
    minLength: 1,
    maxLength: few ? 1 : 3,
  });
  const count = fc.integer({ min: 1, max: 40 });
  const terms = fc.record(
    {
      where,
      other: fc.constant([]),
      ...(has('search') ? { search: text } : {}),
      ...(has('sort') ? { sort } : {}),
      ...(has('page') && !few ? { page: count } : {}),
      ...(has('size') ? { size: count } : {}),
    },
    { requiredKeys: ['where', 'other'] },
  ) as fc.Arbitrary<Terms>;
  if (!few) return terms;
  return fc.oneof(
    terms,
    fc.record({ terms, page: count, size: count }).map(({ terms, ...pages }) => ({ ...terms, ...pages })),
  );
}

/** Terms without what is only a question of order. */
const plain = ({ where, ...terms }: Terms) => ({
  ...terms,
  where: where.map((one) => JSON.stringify(one)).sort(),
});

/** A query without the order of its conditions, as far as that is all the same. */
function unordered(query: Query | undefined): unknown {
  const { where, ...more } = query ?? {};
  const all = where && 'all' in where ? where.all : [where];
  return { ...more, where: all.map((one) => JSON.stringify(one)).sort() };
}

/** Names and values as people write them, good and bad. */
const pairsFor = (all: readonly DialectParameter[]) => {
  // A delay would be waited for.
  const rows = all.filter((row) => row.name !== '_delay');
  const names = rows.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const name = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...fields, 'nothing'));
  const known = name.map(([one, field]) => one.replace('{field}', field));
  const example = fc.constantFrom(...rows.flatMap((row) => [...new URLSearchParams(row.example)]));
  const made = fc.tuple(
    fc.oneof(known, text),
    fc.oneof(
      text,
      fc.constantFrom('1', '2', '10', 'title', '-views,id', 'desc', 'asc', '{"views":{"gt":1}}'),
    ),
  );
  return fc.array(fc.oneof(made, example), { maxLength: 5 });
};

describe.each(Object.entries(spoken))('%s', (name, speaking) => {
  const { dialect = name, options = {} } = speaking;
  const start = () => reading(dialect, 'posts', { sources, ...options });

  test('what is written is read back the same', async () => {
    const { rows, read } = await start();
    await fc.assert(
      fc.asyncProperty(termsFor(rows, speaking), async (terms) => {
        const seen = await read(writeTerms(rows, terms));
        expect(seen && plain(seen.terms)).toEqual(plain(terms));
      }),
      { numRuns: 200 },
    );
  });

  test('what is read is written so that it means the same', async () => {
    const { rows, read } = await start();
    await fc.assert(
      fc.asyncProperty(pairsFor(rows), async (pairs) => {
        const sent = await read(new URLSearchParams(pairs as [string, string][]).toString());
        if (!sent) return;
        const again = await read(writeTerms(rows, sent.terms));
        expect(again && plain(again.terms)).toEqual(plain(sent.terms));
        expect(again?.status).toBe(sent.status);
        expect(unordered(again?.query)).toEqual(unordered(sent.query));
      }),
      { numRuns: 300 },
    );
  });
});
