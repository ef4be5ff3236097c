import { describe, expect, test } from 'vitest';
import { bookshop, fault, missing, noInt } from './bookshop.ts';

const merge = { 'content-type': 'application/merge-patch+json' };
const json = { 'content-type': 'application/json-patch+json' };

/** A sentence, the path, the type of the patch, the patch, the status and the answer. */
type Row = readonly [
  sentence: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  patch: unknown,
  status: number,
  answer: unknown,
];

const book = { id: 1, authorId: 1, title: 'Notes', pages: 66, shelf: 'attic' };
const detail = (...details: unknown[]) => ({ detail: details });

const rows: readonly Row[] = [
  [
    'a text that is an integer is stored as one',
    '/books/1',
    merge,
    { pages: '7' },
    200,
    { ...book, pages: 7 },
  ],
  [
    'by JSON Patch too',
    '/books/1',
    json,
    [{ op: 'replace', path: '/pages', value: '7' }],
    200,
    { ...book, pages: 7 },
  ],
  [
    'a text that is none is refused',
    '/books/1',
    merge,
    { pages: 'x' },
    422,
    detail(noInt(['body', 'pages'], 'x')),
  ],
  [
    'a field that the model forbids',
    '/books/1',
    json,
    [{ op: 'add', path: '/colour', value: 'red' }],
    422,
    detail(fault('extra_forbidden', ['body', 'colour'], 'Extra inputs are not permitted', 'red')),
  ],
  [
    'a required field that is taken away',
    '/books/1',
    json,
    [{ op: 'remove', path: '/title' }],
    422,
    detail(missing('title', { pages: 66, shelf: 'attic' })),
  ],
  [
    'a field with a default comes back with it',
    '/books/1',
    merge,
    { shelf: null },
    200,
    { ...book, shelf: 'hall' },
  ],
  ['what is readOnly stays', '/books/1', merge, { authorId: 2, id: 9 }, 200, book],
  [
    'inside objects',
    '/authors/1',
    json,
    [{ op: 'replace', path: '/home/city', value: 5 }],
    422,
    detail(fault('string_type', ['body', 'home', 'city'], 'Input should be a valid string', 5)),
  ],
];

describe.each(['/books', '/authors'])('a patch document below %s is read like any body', (list) => {
  test.each(rows.filter(([, path]) => path.startsWith(list)))(
    '%s',
    async (_, path, headers, body, status, answer) => {
      const { patch, get } = await bookshop();
      const before = (await get(path)).json;
      const reply = await patch(path, body, headers);
      expect({ status: reply.status, json: reply.json }).toEqual({ status, json: answer });
      expect((await get(path)).json).toEqual(status === 200 ? answer : before);
    },
  );
});

test('and in the words of pydantic 1', async () => {
  const { patch } = await bookshop('fastapi-pydantic1');
  expect((await patch('/books/1', { pages: '7' }, merge)).json).toEqual({ ...book, pages: 7 });
  expect((await patch('/books/1', { pages: 'x' }, merge)).json).toEqual({
    detail: [{ loc: ['body', 'pages'], msg: 'value is not a valid integer', type: 'type_error.integer' }],
  });
});
