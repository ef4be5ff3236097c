import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { library } from './library.ts';

const ids = (json: unknown) => (json as { id: number }[]).map(({ id }) => id);

const listed: Options = {
  resources: {
    books: {
      search: ['title', '^publisher.city', 'author__name'],
      filters: {
        title: ['exact', 'iexact', 'icontains', 'startswith'],
        author: ['exact'],
        author__name: ['exact'],
        pages: ['exact', 'gte', 'range'],
        price: ['gt'],
        published: ['exact', 'year', 'lte'],
        sold: ['isnull', 'date'],
        genre: ['exact', 'in'],
        lent: ['exact'],
      },
      sort: ['title', 'price', 'sold'],
      defaultSort: ['-pages'],
    },
  },
};

describe('what the config lists is filtered, searched and sorted', () => {
  const rows: [sentence: string, query: string, expected: number[]][] = [
    ['the order of the config, where none is asked for', '', [2, 1]],
    ['exact looks at case', 'title=waves', []],
    ['a value is trimmed', 'title=%20Waves+', [1]],
    ['the last of several counts', 'title=Waves&title=apples', [2]],
    ['iexact does not look at case', 'title__iexact=WAVES', [1]],
    ['a part of a text', 'title__icontains=PPL', [2]],
    ['the start of a text', 'title__startswith=app', [2]],
    ['an empty value is no condition', 'title=&pages=', [2, 1]],
    ['a key', 'author=2', [2]],
    ['a field behind a key', 'author__name=Ada', [1]],
    ['numbers as they are written', 'pages=90.0', [1]],
    ['a bound', 'pages__gte=91', [2]],
    ['a range', 'pages__range=80,100', [1]],
    ['decimals compare as numbers', 'price__gt=10', [2]],
    ['a date', 'published=2010-01-31', [2]],
    ['a year', 'published__year=2001', [1]],
    ['null', 'sold__isnull=true', [1]],
    ['not null', 'sold__isnull=false', [2]],
    ['the day of a moment', 'sold__date=2011-02-03', [2]],
    ['some choices, those unknown ignored', 'genre__in=novel,essay', [2]],
    ['a boolean', 'lent=True', [2]],
    ['a boolean that is none is no condition', 'lent=maybe', [2, 1]],
    ['conditions all hold', 'lent=true&author=1', []],
    ['what is not listed is ignored', 'pages__lt=1&isbn=x&color=red', [2, 1]],
    ['every word is found in one of the fields', 'search=ADA,wave', [1]],
    ['quotes hold words together', 'search=%22a%20w%22', []],
    ['the start of a field', 'search=por', [1]],
    ['not the middle of it', 'search=orto', []],
    ['sorted by code, upper case first', 'ordering=title', [1, 2]],
    ['decimals sort as numbers', 'ordering=price', [1, 2]],
    ['null comes first', 'ordering=sold', [1, 2]],
    ['and last the other way round', 'ordering=-sold', [2, 1]],
    ['an order that is not listed is ignored', 'ordering=id,--title', [2, 1]],
  ];
  test.each(rows)('%s', async (_sentence, query, expected) => {
    const { get } = await library(listed);
    const { status, json } = await get(`/books/?${query}`);
    expect([status, ids(json)]).toEqual([200, expected]);
  });

  const refusals: [query: string, answer: unknown][] = [
    ['pages=x&published=y', { pages: ['Enter a number.'], published: ['Enter a valid date.'] }],
    ['pages__range=1', { pages__range: ['Range query expects two values.'] }],
    ['genre=essay', { genre: ['Select a valid choice. essay is not one of the available choices.'] }],
    ['author=9', { author: ['Select a valid choice. That choice is not one of the available choices.'] }],
    ['search=%00', ['Null characters are not allowed.']],
  ];
  test.each(refusals)('%s is refused', async (query, answer) => {
    const { get } = await library(listed);
    const { status, json } = await get(`/books/?${query}`);
    expect([status, json]).toEqual([400, answer]);
  });

  test('an item that does not meet the conditions is not found, for reading and for writing', async () => {
    const { get, patch } = await library(listed);
    expect((await get('/books/1/?title=Waves')).status).toBe(200);
    expect((await get('/books/1/?title=apples')).status).toBe(404);
    expect((await patch('/books/1/?search=apples', { pages: 1 })).status).toBe(404);
  });

  test('without a list in the config, no parameter means anything', async () => {
    const { get } = await library();
    expect(ids((await get('/books/?title=x&ordering=-id&search=z&page=7')).json)).toEqual([1, 2]);
  });
});

describe('pages', () => {
  const rows: [
    pagination: NonNullable<Options['pagination']>,
    query: string,
    next: string | null,
    previous: string | null,
  ][] = [
    ['page', '', '?page=2', null],
    ['page', '?page=2&z=a%20b&c=%C3%A9', null, '?c=%C3%A9&z=a+b'],
    ['page', '?page=last', null, ''],
    ['page', '?page=%2001', '?page=2', null],
    ['limit-offset', '', '?limit=1&offset=1', null],
    ['limit-offset', '?limit=x&offset=1', null, '?limit=1'],
    ['limit-offset', '?limit=1&offset=5', null, '?limit=1&offset=4'],
    ['limit-offset', '?limit=9&offset=-1', null, null],
  ];
  test.each(rows)('by %s, at %j', async (pagination, query, next, previous) => {
    const { get, url } = await library({ pagination, pageSize: 1 });
    const { json } = await get(`/authors/${query}`);
    const link = (end: string | null) => (end === null ? null : `${url}/authors/${end}`);
    expect(json).toMatchObject({ count: 2, next: link(next), previous: link(previous) });
  });

  test.each(['0', 'x', '1.0', '3'])('page %s is none', async (page) => {
    const { get } = await library({ pageSize: 1 });
    const { status, json } = await get(`/authors/?page=${page}`);
    expect([status, json]).toEqual([404, { detail: 'Invalid page.' }]);
  });

  test('by cursor, each page leads to the next', async () => {
    const { get, url } = await library({ pagination: 'cursor', pageSize: 1 });
    const first = (await get('/authors/')).json as { next: string; results: unknown[] };
    expect(first).toMatchObject({ previous: null, results: [{ id: 1 }] });
    const second = await get(first.next.slice(url.length));
    expect(second.json).toEqual({ next: null, previous: null, results: [{ id: 2, name: 'Bo' }] });
  });
});
