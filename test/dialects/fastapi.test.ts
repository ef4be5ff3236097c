import { expect, test } from 'vitest';
import { ada, bookshop, data, fault, missing, noInt } from './bookshop.ts';

/** A sentence, the request, and what it comes to. */
type Row = readonly [
  sentence: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  answer: unknown,
];

const rows: readonly Row[] = [
  ['an unknown path', 'GET', '/nope', undefined, 404, { detail: 'Not Found' }],
  ['there is nothing at the root', 'GET', '/', undefined, 404, { detail: 'Not Found' }],
  ['names keep their letters', 'GET', '/Authors', undefined, 404, { detail: 'Not Found' }],
  [
    'a missing item has the name of its kind',
    'GET',
    '/authors/9',
    undefined,
    404,
    { detail: 'Author not found' },
  ],
  ['a missing parent too', 'GET', '/authors/9/books', undefined, 404, { detail: 'Author not found' }],
  ["another parent's child", 'GET', '/authors/1/books/2', undefined, 404, { detail: 'Book not found' }],
  [
    'an id is an integer',
    'GET',
    '/authors/x',
    undefined,
    422,
    { detail: [noInt(['path', 'author_id'], 'x')] },
  ],
  ['01 is 1', 'GET', '/tags/01', undefined, 200, { id: 1, word: 'new' }],
  [
    'two bad ids are told together',
    'GET',
    '/authors/x/books/y',
    undefined,
    422,
    { detail: [noInt(['path', 'author_id'], 'x'), noInt(['path', 'book_id'], 'y')] },
  ],
  [
    'a bad id and a bad body are told together, the id first',
    'PUT',
    '/tags/x',
    {},
    422,
    { detail: [noInt(['path', 'tag_id'], 'x'), missing('word', {})] },
  ],
  ['a bad body comes before a missing item', 'PUT', '/tags/9', {}, 422, { detail: [missing('word', {})] }],
  ['and before a missing parent', 'POST', '/authors/9/books', {}, 422, { detail: [missing('title', {})] }],
  ['a good body on a missing item', 'PUT', '/tags/9', { word: 'x' }, 404, { detail: 'Tag not found' }],
  [
    'null where a body belongs',
    'POST',
    '/tags',
    'null',
    422,
    { detail: [fault('missing', ['body'], 'Field required', null)] },
  ],
  [
    'a list where an object belongs',
    'POST',
    '/tags',
    '[1]',
    422,
    {
      detail: [
        fault(
          'model_attributes_type',
          ['body'],
          'Input should be a valid dictionary or object to extract fields from',
          [1],
        ),
      ],
    },
  ],
  [
    'text that is not JSON',
    'POST',
    '/tags',
    '{"word" 1}',
    422,
    {
      detail: [
        {
          ...fault('json_invalid', ['body', 8], 'JSON decode error', {}),
          ctx: { error: "Expecting ':' delimiter" },
        },
      ],
    },
  ],
  [
    'fields that the model has not are dropped',
    'POST',
    '/tags',
    { word: 'x', y: 1 },
    201,
    { id: 2, word: 'x' },
  ],
  [
    'or forbidden',
    'POST',
    '/authors/1/books',
    { title: 'x', id: 5 },
    422,
    { detail: [fault('extra_forbidden', ['body', 'id'], 'Extra inputs are not permitted', 5)] },
  ],
  ['an id that may be written is kept', 'POST', '/tags', { id: '7', word: 'x' }, 201, { id: 7, word: 'x' }],
  [
    'an id that may not is ignored',
    'POST',
    '/authors',
    { ...ada, id: 70 },
    201,
    { id: 3, ...ada, nick: null },
  ],
  [
    'a child takes its parent from the path, and defaults are filled in',
    'POST',
    '/authors/2/books',
    { title: 'Ideals', pages: '40' },
    201,
    { id: 3, authorId: 2, title: 'Ideals', pages: 40, shelf: 'hall' },
  ],
  [
    'PUT resets what is left out',
    'PUT',
    '/books/1',
    { title: 'Sketch' },
    200,
    { id: 1, authorId: 1, title: 'Sketch', shelf: 'hall' },
  ],
  [
    'PATCH replaces an object inside',
    'PATCH',
    '/authors/1',
    { home: { city: 'Rome' } },
    200,
    { ...data.authors[0], home: { city: 'Rome', zip: null } },
  ],
  ['PATCH stores null', 'PATCH', '/tags/1', { word: null }, 200, { id: 1, word: null }],
  [
    'a taken value is a rule of the application',
    'POST',
    '/tags',
    { word: 'new' },
    400,
    { detail: 'Word already registered' },
  ],
  ['a filter that is declared', 'GET', '/books?min_pages=20', undefined, 200, [data.books[0]]],
  ['others are ignored', 'GET', '/books?title=x&page=7', undefined, 200, data.books],
  [
    'a filter has the type of its field',
    'GET',
    '/books?shelf=cellar&max_pages=x',
    undefined,
    422,
    {
      detail: [
        fault('enum', ['query', 'shelf'], "Input should be 'attic' or 'hall'", 'cellar', {
          expected: "'attic' or 'hall'",
        }),
        noInt(['query', 'max_pages'], 'x'),
      ],
    },
  ],
  ['skip and limit', 'GET', '/authors?skip=1&limit=1', undefined, 200, [data.authors[1]]],
  [
    'the last of a repeated parameter counts',
    'GET',
    '/authors?skip=5&skip=1',
    undefined,
    200,
    [data.authors[1]],
  ],
  [
    'skip and limit have bounds',
    'GET',
    '/authors?skip=-1&limit=51',
    undefined,
    422,
    {
      detail: [
        fault('greater_than_equal', ['query', 'skip'], 'Input should be greater than or equal to 0', '-1', {
          ge: 0,
        }),
        fault('less_than_equal', ['query', 'limit'], 'Input should be less than or equal to 50', '51', {
          le: 50,
        }),
      ],
    },
  ],
];

test.each(rows)('%s', async (_, method, path, body, status, answer) => {
  const { send } = await bookshop();
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const came = await send(path, { method, headers, body });
  expect([came.status, came.json]).toEqual([status, answer]);
  expect(came.headers['content-type']).toBe('application/json');
});
