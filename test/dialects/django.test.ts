import { describe, expect, test } from 'vitest';
import { book, library } from './library.ts';

type Row = [sentence: string, method: string, path: string, body: unknown, status: number, answer: unknown];

const detail = (text: string) => ({ detail: text });

describe('routes', () => {
  const rows: Row[] = [
    [
      'a missing item is named by its model',
      'GET',
      '/books/9/',
      undefined,
      404,
      detail('No Book matches the given query.'),
    ],
    ['an id that is no number is only not found', 'GET', '/books/x/', undefined, 404, detail('Not found.')],
    [
      'an id may be written as Python reads numbers',
      'GET',
      '/authors/%2001/',
      undefined,
      200,
      { id: 1, name: 'Ada' },
    ],
    ['a suffix names the format', 'GET', '/authors/2.json', undefined, 200, { id: 2, name: 'Bo' }],
    ['a suffix that names none is not found', 'GET', '/authors/2.xml', undefined, 404, detail('Not found.')],
    ['a parameter may name the format', 'GET', '/authors/?format=csv', undefined, 404, detail('Not found.')],
    ['two slashes in front are one', 'GET', '//authors/1/', undefined, 200, { id: 1, name: 'Ada' }],
    ['a suffix needs an id before it', 'GET', '/authors/.json', undefined, 404, undefined],
    ['a path without a view has a page', 'GET', '/films/', undefined, 404, undefined],
    ['two slashes inside lead nowhere', 'GET', '/authors//', undefined, 404, undefined],
    [
      'a verb that a list has not',
      'DELETE',
      '/authors/',
      undefined,
      405,
      detail('Method "DELETE" not allowed.'),
    ],
    [
      'a missing verb is told before a missing item',
      'POST',
      '/authors/9/',
      {},
      405,
      detail('Method "POST" not allowed.'),
    ],
    ['below a missing parent a list is empty', 'GET', '/authors/9/books/', undefined, 200, []],
    [
      'an item of another parent is not found',
      'GET',
      '/authors/1/books/2/',
      undefined,
      404,
      detail('No Book matches the given query.'),
    ],
    [
      'below a missing parent nothing is made',
      'POST',
      '/authors/9/books/',
      book,
      404,
      detail('No Author matches the given query.'),
    ],
    [
      'and its body is looked at first',
      'POST',
      '/authors/9/books/',
      { ...book, pages: 0 },
      400,
      { pages: ['Ensure this value is greater than or equal to 1.'] },
    ],
  ];
  test.each(rows)('%s', async (_sentence, method, path, body, status, answer) => {
    const { send } = await library();
    const got = await send(path, { method, ...(body === undefined ? {} : { body }) });
    expect([got.status, got.json]).toEqual([status, answer]);
  });

  test('the root lists the resources', async () => {
    const { get, url } = await library();
    expect((await get('/')).json).toEqual({ authors: `${url}/authors/`, books: `${url}/books/` });
    expect((await get('/.json')).json).toEqual({
      authors: `${url}/authors.json`,
      books: `${url}/books.json`,
    });
  });

  test('a path without its last slash is redirected with its query, where the other form leads somewhere', async () => {
    const { get } = await library();
    const moved = await get('/books/9?a=%20');
    expect([moved.status, moved.headers.location, moved.body]).toEqual([301, '/books/9/?a=%20', '']);
    expect((await get('/films')).status).toBe(404);
  });

  test('a redirect inside a session stays there', async () => {
    const { get } = await library();
    const moved = await get('/_standin/s/one/books');
    expect([moved.status, moved.headers.location]).toEqual([301, '/_standin/s/one/books/']);
  });

  test('times and durations as Django writes them are no fault of a fixture', async () => {
    const { standin } = await library();
    expect(standin.warnings).toEqual([]);
    expect(standin.path('books')).toBe('/books/');
  });

  test('every answer of a view says what may be asked and what it depends on', async () => {
    const { get, del } = await library();
    const { headers } = await get('/books/9/');
    expect(headers.allow).toBe('GET, PUT, PATCH, DELETE, HEAD, OPTIONS');
    expect(headers.vary).toContain('Accept, Cookie');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const gone = await del('/books/1/');
    expect([gone.status, gone.body, gone.headers['content-type']]).toEqual([204, '', undefined]);
  });

  test('a format that nobody renders is refused', async () => {
    const { get } = await library();
    const refused = await get('/books/', { Accept: 'image/png' });
    expect([refused.status, refused.json]).toEqual([
      406,
      detail('Could not satisfy the request Accept header.'),
    ]);
    const indented = await get('/authors/1/', { Accept: 'application/json; indent=4' });
    expect(indented.body).toContain('\n    "id": 1');
  });
});

describe('writes', () => {
  test('an item is stored as its fields read it, in their order, with a new id', async () => {
    const { post, get } = await library();
    const sent = {
      publisher: { city: ' Porto ', name: 'Quay', planet: 'Earth' },
      ...{ id: 70, color: 'red', published: '2020-2-2', sold: '2020-03-04T05:06+01:00', length: 'PT90S' },
      ...{ price: 5, pages: '1_0', lent: 'yes', title: '  Cliffs ', author: '2', isbn: '300' },
    };
    const { status, json, headers } = await post('/books/', sent);
    expect([status, headers.location]).toEqual([201, undefined]);
    const stored = {
      ...{
        id: 3,
        author: 2,
        title: 'Cliffs',
        isbn: '300',
        pages: 10,
        price: '5.00',
        published: '2020-02-02',
      },
      ...{ sold: '2020-03-04T04:06:00Z', length: '00:01:30', genre: 'novel', lent: true, contact: null },
      ...{ tags: [], publisher: { name: 'Quay', city: 'Porto' }, prints: [] },
    };
    expect(JSON.stringify(json)).toBe(JSON.stringify(stored));
    expect((await get('/books/3/')).json).toEqual(stored);
  });

  test('an id is never used again', async () => {
    const { post, del } = await library();
    await del('/authors/2/');
    expect((await post('/authors/', { name: 'Cy' })).json).toEqual({ id: 3, name: 'Cy' });
  });

  test('a PUT keeps optional fields, and never makes an item', async () => {
    const { put } = await library();
    const { json } = await put('/books/1/', { ...book, isbn: '100' });
    expect(json).toMatchObject({ id: 1, title: 'Cliffs', genre: 'poetry', tags: ['sea'] });
    expect((await put('/books/9/', book)).status).toBe(404);
  });

  test('a PATCH reaches into objects that the schema describes, and asks for nothing', async () => {
    const { patch } = await library();
    const { status, json } = await patch('/books/1/', { publisher: { city: 'Lagos' } });
    expect([status, json]).toMatchObject([200, { publisher: { name: 'Quay', city: 'Lagos' } }]);
    expect((await patch('/books/1/', {})).status).toBe(200);
  });

  test('a nested create takes the parent from the path', async () => {
    const { post } = await library();
    const { json } = await post('/authors/2/books/', { ...book, author: 1 });
    expect(json).toMatchObject({ id: 3, author: 2 });
  });

  test('forms are read as the JSON they stand for', async () => {
    const { send } = await library();
    const fields =
      'author=1&title=Form&isbn=400&pages=5&price=1&published=2020-01-01&contact=&tags=a&tags=b' +
      '&publisher.name=Quay&publisher.city=Rome';
    const form = await send('/books/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: fields,
    });
    expect(form.json).toMatchObject({ title: 'Form', contact: null, lent: false, tags: ['a', 'b'] });
    const parts = '--X\r\nContent-Disposition: form-data; name="name"\r\n\r\nDi\r\n--X--\r\n';
    const multipart = await send('/authors/', {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=X' },
      body: parts,
    });
    expect(multipart.json).toEqual({ id: 3, name: 'Di' });
  });
});

describe('bodies that cannot be read', () => {
  const type = 'application/json';
  const rows: [sentence: string, type: string, body: string | Uint8Array, status: number, answer: unknown][] =
    [
      [
        'broken JSON has the words of Python',
        type,
        '{"name":}',
        400,
        detail('JSON parse error - Expecting value: line 1 column 9 (char 8)'),
      ],
      [
        'spaces are no JSON',
        type,
        ' ',
        400,
        detail('JSON parse error - Expecting value: line 1 column 2 (char 1)'),
      ],
      ['nothing at all is an empty object', type, '', 400, { name: ['This field is required.'] }],
      [
        'NaN is not JSON',
        type,
        '[NaN]',
        400,
        detail("JSON parse error - Out of range float values are not JSON compliant: 'NaN'"),
      ],
      [
        'a byte order mark',
        type,
        '\uFEFF{}',
        400,
        detail('JSON parse error - Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'),
      ],
      [
        'what is not UTF-8',
        type,
        Uint8Array.of(123, 0xff),
        400,
        detail("JSON parse error - 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"),
      ],
      ['null is no data', type, 'null', 400, { non_field_errors: ['No data provided'] }],
      [
        'an array is no object',
        type,
        '[]',
        400,
        { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] },
      ],
      [
        'a type that nobody parses',
        'text/plain; a=b',
        'x',
        415,
        detail('Unsupported media type "text/plain; a=b" in request.'),
      ],
      [
        'a suffix of JSON is another type',
        'application/vnd.x+json',
        '{}',
        415,
        detail('Unsupported media type "application/vnd.x+json" in request.'),
      ],
    ];
  test.each(rows)('%s', async (_sentence, type, body, status, answer) => {
    const { send } = await library();
    const got = await send('/authors/', { method: 'POST', headers: { 'Content-Type': type }, body });
    expect([got.status, got.json]).toEqual([status, answer]);
  });

  test('a missing item is told before its body is read', async () => {
    const { send } = await library();
    const got = await send('/authors/9/', { method: 'PUT', headers: { 'Content-Type': type }, body: '{' });
    expect([got.status, got.json]).toEqual([404, detail('No Author matches the given query.')]);
  });
});

describe('refusals of a PATCH, each in the words of its field', () => {
  const rows: [sentence: string, body: object, answer: unknown][] = [
    ['null', { title: null }, { title: ['This field may not be null.'] }],
    ['blank after trimming', { title: '  ' }, { title: ['This field may not be blank.'] }],
    ['a text of another type', { title: true }, { title: ['Not a valid string.'] }],
    ['too long', { title: 'x'.repeat(21) }, { title: ['Ensure this field has no more than 20 characters.'] }],
    ['a null character', { title: 'a\0b' }, { title: ['Null characters are not allowed.'] }],
    ['half a character', { title: '\ud800' }, { title: ['Surrogate characters are not allowed: U+D800.'] }],
    [
      'all validators of a text',
      { isbn: 'abcd' },
      { isbn: ['Enter a valid value.', 'Ensure this field has no more than 3 characters.'] },
    ],
    ['a number', { pages: '1.5' }, { pages: ['A valid integer is required.'] }],
    ['a text too long for a number', { pages: '1'.repeat(1001) }, { pages: ['String value too large.'] }],
    ['bounds', { pages: 5001 }, { pages: ['Ensure this value is less than or equal to 5000.'] }],
    [
      'digits',
      { price: '1234.5' },
      { price: ['Ensure that there are no more than 3 digits before the decimal point.'] },
    ],
    [
      'decimal places',
      { price: '1.234' },
      { price: ['Ensure that there are no more than 2 decimal places.'] },
    ],
    [
      'a date',
      { published: '2020-02-30' },
      { published: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'] },
    ],
    ['a choice', { genre: ['novel'] }, { genre: ['"[\'novel\']" is not a valid choice.'] }],
    ['a boolean', { lent: 'maybe' }, { lent: ['Must be a valid boolean.'] }],
    ['an address', { contact: 'a@b' }, { contact: ['Enter a valid email address.'] }],
    ['a list', { tags: 'a' }, { tags: ['Expected a list of items but got type "str".'] }],
    [
      'elements, by their place',
      { tags: ['ok', 'longer', null] },
      {
        tags: { 1: ['Ensure this field has no more than 5 characters.'], 2: ['This field may not be null.'] },
      },
    ],
    [
      'too many elements',
      { tags: ['a', 'b', 'c'] },
      { tags: ['Ensure this field has no more than 2 elements.'] },
    ],
    [
      'an object',
      { publisher: 'Quay' },
      { publisher: { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] } },
    ],
    [
      'fields inside',
      { publisher: { city: '', code: 'y' } },
      {
        publisher: {
          city: ['This field may not be blank.'],
          code: ['This value does not match the required pattern.'],
        },
      },
    ],
    [
      'objects in a list',
      { prints: [{ year: 1 }, 5, { year: 'x' }] },
      {
        prints: {
          1: { non_field_errors: ['Invalid data. Expected a dictionary, but got int.'] },
          2: { year: ['A valid integer is required.'] },
        },
      },
    ],
    [
      'no list of objects',
      { prints: {} },
      { prints: { non_field_errors: ['Expected a list of items but got type "dict".'] } },
    ],
    ['a key that leads nowhere', { author: 9 }, { author: ['Invalid pk "9" - object does not exist.'] }],
    ['a key that is none', { author: 'x' }, { author: ['Incorrect type. Expected pk value, received str.'] }],
    ['a taken value', { isbn: '200' }, { isbn: ['book with this isbn already exists.'] }],
    [
      'values taken together',
      { title: 'apples', author: 2 },
      { non_field_errors: ['The fields title, author must make a unique set.'] },
    ],
    [
      'all faulty fields at once',
      { pages: 0, isbn: '200', lent: 2 },
      {
        isbn: ['book with this isbn already exists.'],
        pages: ['Ensure this value is greater than or equal to 1.'],
        lent: ['Must be a valid boolean.'],
      },
    ],
  ];
  test.each(rows)('%s', async (_sentence, body, answer) => {
    const { patch } = await library();
    const got = await patch('/books/1/', body);
    expect([got.status, got.json]).toEqual([400, answer]);
  });

  test('a create asks for every field without a default', async () => {
    const { post } = await library();
    const { json } = await post('/books/', { publisher: {} });
    const required = ['This field is required.'];
    const scalars = ['author', 'title', 'isbn', 'pages', 'price', 'published'];
    expect(json).toEqual({
      ...Object.fromEntries(scalars.map((field) => [field, required])),
      publisher: { name: required, city: required },
    });
  });
});

test('OPTIONS tells what a view takes', async () => {
  const { send } = await library();
  const list = (await send('/authors/', { method: 'OPTIONS' })).json;
  expect(list).toEqual({
    name: 'Author List',
    description: '',
    renders: ['application/json', 'text/html'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    actions: {
      POST: {
        id: { type: 'integer', required: false, read_only: true, label: 'ID' },
        name: { type: 'string', required: true, read_only: false, label: 'Name', max_length: 40 },
      },
    },
  });
  const item = (await send('/books/1/', { method: 'OPTIONS' })).json as { actions: { PUT: object } };
  expect(item.actions.PUT).toMatchObject({
    author: { type: 'field', required: true },
    isbn: { help_text: 'three digits' },
    price: { type: 'decimal', max_digits: 5, decimal_places: 2 },
    genre: { choices: [{ value: 'novel' }, { value: 'poetry' }] },
    tags: { type: 'list', child: { type: 'string', max_length: 5 } },
    publisher: { type: 'nested object', children: { code: { type: 'regex' } } },
  });
  expect((await send('/books/9/', { method: 'OPTIONS' })).json).not.toHaveProperty('actions');
});
