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
