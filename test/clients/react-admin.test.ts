import drfModule from 'ra-data-django-rest-framework';
import jsonServerProvider from 'ra-data-json-server';
import simpleRestProvider from 'ra-data-simple-rest';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/index.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const files = {
  'books.json': Array.from({ length: 12 }, (_, i) => ({
    id: i + 1,
    title: `Book ${String.fromCharCode(76 - i)}`,
    pages: 100 + 10 * (i % 5),
    shelfId: (i % 3) + 1,
  })),
  'shelves.json': [1, 2, 3].map((id) => ({ id, name: `Shelf ${id}` })),
  'schemas/books.schema.json': {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', minLength: 2 },
      pages: { type: 'integer', minimum: 1 },
      shelfId: { type: 'integer' },
    },
  },
};

interface Book {
  readonly id: number;
  readonly title: string;
  readonly pages: number;
  readonly shelfId: number;
}

// CommonJS: what `import` gives is what it exports.
const drfProvider = ((drfModule as unknown as { default?: unknown }).default ??
  drfModule) as typeof simpleRestProvider;

const filters = { pages: ['exact', 'gte'], shelfId: ['exact'] };

/** The providers of react-admin, each with the dialect that it was written for. */
const providers: [name: string, make: typeof simpleRestProvider, options: Options, withMany: boolean][] = [
  ['ra-data-simple-rest', simpleRestProvider, { dialect: 'simple-rest' }, true],
  // Its deleteMany reads an id from each answer, and rest answers 204 without a body.
  ['ra-data-json-server', jsonServerProvider as typeof simpleRestProvider, { dialect: 'rest' }, false],
  [
    'ra-data-json-server with json-server',
    jsonServerProvider as typeof simpleRestProvider,
    { dialect: 'json-server', writes: 'memory' },
    true,
  ],
  [
    'ra-data-django-rest-framework',
    drfProvider,
    {
      dialect: 'django',
      pagination: 'page',
      pageSize: 5,
      resources: { books: { maxPageSize: 100, filters, sort: ['title', 'pages', 'id'], search: ['title'] } },
    },
    true,
  ],
];

describe.each(providers)('%s', (_name, make, options, withMany) => {
  const start = async () => {
    const served = await serve({ sources: folder(files).path, ...options });
    return { ...served, provider: make(served.url) };
  };
  const byTitle = { field: 'title', order: 'ASC' } as const;
  const titles = (books: readonly unknown[]) => books.map((book) => (book as Book).title.slice(-1)).join('');

  test('getList gives a sorted page and the total', async () => {
    const { provider } = await start();
    const page = { page: 2, perPage: 5 };
    const { data, total } = await provider.getList('books', { pagination: page, sort: byTitle, filter: {} });
    expect([titles(data), total]).toEqual(['FGHIJ', 12]);
  });

  test('getList filters and searches', async () => {
    const { provider } = await start();
    const pagination = { page: 1, perPage: 5 };
    const asked = { pagination, sort: byTitle };
    const filtered = await provider.getList('books', { ...asked, filter: { pages: 110 } });
    expect([titles(filtered.data), filtered.total]).toEqual(['AFK', 3]);
    const found = await provider.getList('books', { ...asked, filter: { q: 'book c' } });
    expect(titles(found.data)).toBe('C');
  });

  test('getOne and getMany', async () => {
    const { provider } = await start();
    expect((await provider.getOne<Book>('books', { id: 3 })).data).toMatchObject({ id: 3, title: 'Book J' });
    const { data } = await provider.getMany<Book>('books', { ids: [2, 5] });
    expect(data.map(({ id }) => id)).toEqual([2, 5]);
  });

  test('getManyReference gives what points at an item', async () => {
    const { provider } = await start();
    const { data, total } = await provider.getManyReference('books', {
      target: 'shelfId',
      id: 2,
      pagination: { page: 1, perPage: 3 },
      sort: byTitle,
      filter: {},
    });
    expect([titles(data), total]).toEqual(['BEH', 4]);
  });

  test('create, update and delete', async () => {
    const { provider } = await start();
    const data = { title: 'New', pages: 7, shelfId: 1 };
    const made = (await provider.create<Book>('books', { data })).data;
    expect(made).toMatchObject(data);
    const previousData = made;
    const next = { ...made, pages: 8 };
    const changed = await provider.update<Book>('books', { id: made.id, data: next, previousData });
    expect(changed.data).toEqual(next);
    const gone = await provider.delete<Book>('books', { id: made.id, previousData: next });
    // json-server answers a delete with {}, and its provider hands that on.
    expect(gone.data === undefined || Object.keys(gone.data).length === 0 || gone.data.id === made.id).toBe(
      true,
    );
    await expect(provider.getOne('books', { id: made.id })).rejects.toMatchObject({ status: 404 });
  });

  test.runIf(withMany)('updateMany and deleteMany', async () => {
    const { provider, standin } = await start();
    const updated = await provider.updateMany('books', { ids: [1, 2], data: { title: 'Same', pages: 9 } });
    expect(updated.data).toEqual([1, 2]);
    const { data } = await provider.getMany<Book>('books', { ids: [1, 2] });
    expect(data.map(({ title, pages }) => [title, pages])).toEqual([
      ['Same', 9],
      ['Same', 9],
    ]);
    await provider.deleteMany('books', { ids: [1, 2] });
    expect(standin.count('books')).toBe(10);
  });

  test('what is refused has a status and a sentence', async () => {
    const { provider } = await start();
    const refused = await provider.create('books', { data: { title: 'x' } }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: expect.any(Number), message: expect.stringMatching(/./) });
  });
});

test('simple-rest says what is wrong by field, as the forms of react-admin show it', async () => {
  const { url } = await serve({ sources: folder(files).path, dialect: 'simple-rest' });
  const provider = simpleRestProvider(url);
  await expect(provider.create('books', { data: { title: 'x', pages: 0 } })).rejects.toMatchObject({
    status: 422,
    body: { errors: { title: 'must have at least 2 characters', pages: 'must be >= 1' } },
  });
});
