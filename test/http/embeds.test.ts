import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';
import { library } from './library.ts';

const start = () => serve({ sources: [library] });

/** A path and a part of its answer. */
const embeds: [sentence: string, path: string, expected: unknown][] = [
  ['a parent', '/books/1?_embed=author', { author: { name: 'Ada' } }],
  ['a parent that is not there is null', '/books/4?_embed=author', { author: null }],
  ['children, by number or text', '/books/1?_embed=reviews', { reviews: [{ id: 1 }, { id: 2 }, { id: 4 }] }],
  ['no children are an empty list', '/books/5?_embed=reviews', { reviews: [] }],
  ['several', '/books/2?_embed=author,reviews', { author: { id: 2 }, reviews: [{ id: 3 }] }],
  [
    'several, sent twice',
    '/books/2?_embed=author&_embed=reviews',
    { author: { id: 2 }, reviews: [{ id: 3 }] },
  ],
  ['a parent of the parent', '/books/1?_embed=author.country', { author: { country: { name: 'Portugal' } } }],
  [
    'children of children',
    '/authors/2?_embed=books.reviews',
    {
      books: [
        { id: 2, reviews: [{ id: 3 }] },
        { id: 5, reviews: [] },
      ],
    },
  ],
  ['a list of ids', '/books/1?_embed=labels', { labels: [{ name: 'one' }, { name: 'two' }] }],
  ['the children of a list of ids', '/labels/2?_embed=books', { books: [{ id: 1 }, { id: 2 }] }],
  [
    'many to many, through what holds both keys',
    '/members/1?_embed=books',
    { books: [{ id: 1 }, { id: 2 }] },
  ],
  ['many to many, the other way', '/books/1?_embed=members', { members: [{ name: 'Mia' }, { name: 'Noa' }] }],
  ['what holds both keys', '/members/2?_embed=loans.book', { loans: [{ book: { id: 1 } }] }],
  ['a filter inside', '/books/1?_embed=reviews(stars_gte=3)', { reviews: [{ id: 1 }, { id: 2 }] }],
  ['a search inside', '/books/1?_embed=reviews(text:contains=GOOD)', { reviews: [{ id: 1 }] }],
  [
    'sort and limit inside, & as it is',
    '/books/1?_embed=reviews(_sort=-id&_limit=2)',
    { reviews: [{ id: 4 }, { id: 2 }] },
  ],
  [
    'sort and limit inside, & encoded',
    '/books/1?_embed=reviews(_sort=-id%26_limit=2)',
    { reviews: [{ id: 4 }, { id: 2 }] },
  ],
  [
    'everything encoded',
    '/books/1?_embed=reviews%28_sort%3D-id%26_limit%3D2%29',
    { reviews: [{ id: 4 }, { id: 2 }] },
  ],
  [
    'brackets encoded, & as it is',
    '/books/1?_embed=reviews%28_sort=-id&_limit=2%29',
    { reviews: [{ id: 4 }, { id: 2 }] },
  ],
  ['fields inside', '/books/2?_embed=reviews(_fields=id)', { reviews: [{ id: 3 }] }],
  [
    'a related sort inside',
    '/countries/pt?_embed=authors(_sort=-country.name,-id)',
    { authors: [{ id: 3 }, { id: 1 }] },
  ],
  [
    'a query on every level',
    '/authors/1?_embed=books(id=1).reviews(_sort=-stars&_limit=1)',
    { books: [{ id: 1, reviews: [{ stars: 5 }] }] },
  ],
  [
    'an embed inside the brackets',
    '/authors/1?_embed=books(_limit=1&_embed=reviews(stars=3))',
    { books: [{ id: 1, reviews: [{ id: 2 }] }] },
  ],
  [
    'round in a circle, as far as asked',
    '/authors/1?_embed=books.author.books',
    { books: [{ author: { books: [{ id: 1 }, { id: 3 }] } }, { id: 3 }] },
  ],
];

describe('_embed puts in', () => {
  test.each(embeds)('%s: %s', async (_sentence, path, expected) => {
    const { get } = await start();
    expect((await get(path)).json).toMatchObject(expected as object);
  });

  test('what a list asks for, on the page only', async () => {
    const { get } = await start();
    const { json } = await get('/books?_embed=author(_fields=name)&_fields=id&_limit=2');
    expect(json).toEqual([
      { id: 1, author: { name: 'Ada' } },
      { id: 2, author: { name: 'Bo' } },
    ]);
  });

  test('into nested lists and their items', async () => {
    const { get } = await start();
    expect((await get('/authors/2/books?_embed=reviews&_fields=id')).json).toMatchObject([
      { id: 2, reviews: [{ id: 3 }] },
      { id: 5 },
    ]);
    expect((await get('/authors/2/books/2?_embed=author')).json).toMatchObject({ author: { id: 2 } });
  });

  test('nothing into what is stored', async () => {
    const { get } = await start();
    await get('/books/1?_embed=reviews,author');
    expect((await get('/books/1')).json).toEqual(library.books[0]);
  });

  test('not more than an answer can hold', async () => {
    const parents = Array.from({ length: 400 }, (_, i) => ({ id: i + 1, groupId: 1 }));
    const { get } = await serve({ sources: [{ groups: [{ id: 1 }], parents }] });
    const answer = await get('/parents?_embed=group.parents');
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, 'too-much']);
    expect((await get('/parents?_embed=group.parents(_limit=1)')).status).toBe(200);
  });
});

describe('embeds of large items', () => {
  const sources = () => [
    {
      authors: [{ id: 1, name: 'Ada', life: 'x'.repeat(1_000_000) }],
      books: Array.from({ length: 100 }, (_, i) => ({ id: i + 1, authorId: 1 })),
    },
  ];
  const rows: [sentence: string, dialect: string, path: string, status: number][] = [
    ['all at once', 'rest', '/books?_embed=author', 400],
    ['two levels down', 'rest', '/authors?_embed=books.author', 400],
    ['into one item', 'rest', '/books/1?_embed=author.books.author', 400],
    ['a page of them', 'rest', '/books?_embed=author&_limit=20', 200],
    ['the fields of them that are small', 'rest', '/books?_embed=author(_fields=id,name)', 200],
    ['the fields of them that are large', 'rest', '/books?_embed=author(_fields=life)', 400],
    ['as json-server expands them', 'json-server', '/books?_expand=author', 400],
    ['as json-server expands a page of them', 'json-server', '/books?_expand=author&_limit=20', 200],
    ['as json-server 1 embeds them', 'json-server-1', '/books?_embed=author', 400],
  ];
  test.each(rows)('%s, in %s', async (_sentence, dialect, path, status) => {
    const { get, lines } = await serve({ sources: sources(), dialect, writes: 'memory' });
    const answer = await get(path);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body).toContain('the answer would embed too much text');
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('a name that is long and stands in every item counts too', async () => {
    const items = Array.from({ length: 9000 }, (_, i) => ({ id: i + 1 }));
    const { get } = await serve({ sources: [{ items }], dialect: 'json-server', writes: 'memory' });
    const name = 'x'.repeat(8000);
    expect((await get(`/items?_embed=${name}`)).status).toBe(400);
    expect((await get(`/items?_embed=${name}&_limit=10`)).status).toBe(200);
  });
});

test('five levels are embedded, six are too many', async () => {
  const { get } = await start();
  const path = (levels: number) =>
    `/authors/1?_embed=${Array.from({ length: levels }, (_, i) => (i % 2 ? 'author' : 'books(id=1)')).join('.')}`;
  const of = (inner: object) => ({ books: [{ id: 1, author: inner }] });
  expect((await get(path(5))).json).toMatchObject(of(of({ id: 1, books: [{ id: 1 }] })));
  expect(await get(path(6))).toMatchObject({
    status: 400,
    json: { code: 'too-much', error: expect.stringContaining('at most 5 levels') },
  });
});

describe('_fields keeps', () => {
  const shapes: [query: string, expected: unknown][] = [
    ['_fields=id,title', { id: 1, title: 'Boats of the North' }],
    ['_fields=title&_fields=id', { id: 1, title: 'Boats of the North' }],
    ['_fields=size.w', { size: { w: 10 } }],
    ['_fields=id&_embed=author(_fields=id)', { id: 1, author: { id: 1 } }],
    ['_fields=id,author.name&_embed=author', { id: 1, author: { name: 'Ada' } }],
    [
      '_embed=reviews&_fields=id,reviews.stars',
      { id: 1, reviews: [{ stars: 5 }, { stars: 3 }, { stars: 1 }] },
    ],
  ];
  test.each(shapes)('?%s', async (query, expected) => {
    const { get } = await start();
    expect((await get(`/books/1?${query}`)).json).toEqual(expected);
    expect((await get(`/books?id=1&${query}`)).json).toEqual([expected]);
  });
});

test('nested lists filter, sort and page like any other', async () => {
  const { get } = await start();
  const answer = await get('/books/1/reviews?stars_gte=2&_sort=stars&_limit=1');
  expect([answer.headers['x-total-count'], answer.json]).toMatchObject(['2', [{ id: 2 }]]);
  expect((await get('/countries/pt/authors?q=cy')).json).toMatchObject([{ id: 3 }]);
});
