import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import type { Answer } from '../request.ts';
import { serve } from '../serve.ts';
import { bookSchema, library } from './library.ts';

const start = () => {
  const { path } = folder({ 'db.json': library, 'books.schema.json': bookSchema });
  return serve({ sources: [`${path}/db.json`] });
};

const ids = ({ json }: Answer) => (json as { id: unknown }[]).map(({ id }) => id);
const enc = encodeURIComponent;

/** What is asked of /books, and the ids that answer it, in their order. */
const filters: [sentence: string, query: string, ids: number[]][] = [
  ['no question is everything', '', [1, 2, 3, 4, 5]],
  ['a number in the URL finds a number', 'id=1', [1]],
  ['text of digits finds text', 'code=007', [1]],
  ['text of digits is compared as it is stored', 'code=7', [2]],
  ['a name sent twice is any of its values', 'id=1&id=3', [1, 3]],
  ['true is true', 'checked_in=true', [1, 3]],
  ['null finds null', 'views=null', [4]],
  ['two names are and-ed', 'authorId=1&views=25', [3]],
  ['a path goes into an object', 'size.w=10', [1, 3]],
  ['an array is membership', 'tags=sea', [1, 2]],
  ['any element of an array, of any type', 'tags=7', [4]],
  ['an encoded percent sign is one', 'tags=50%25', [5]],
  ['an encoded ampersand is part of the value', 'code=D%26D', [4]],
  ['eq', 'views:eq=10', [1]],
  ['ne leaves out what has no value', 'views:ne=10', [2, 3, 4]],
  ['lt', 'views:lt=10', [2]],
  ['lte', 'views:lte=10', [1, 2]],
  ['gt', 'views:gt=10', [3]],
  ['gte', 'views:gte=10', [1, 3]],
  ['in takes a list', 'id:in=1,4', [1, 4]],
  ['nin', 'id:nin=1,4', [2, 3, 5]],
  ['contains ignores case', 'title:contains=BOAT', [1, 3]],
  ['startsWith', 'title:startsWith=a', [2]],
  ['endsWith', 'title:endsWith=T', [4]],
  ['text is literal, never a pattern', 'title:contains=.*', []],
  ['brackets are literal', 'title:contains=(and', [3]],
  ['exists', 'views:exists=true', [1, 2, 3, 4]],
  ['not exists', 'views:exists=false', [5]],
  ['exists in an object', 'size.w:exists=false', [4]],
  ['_gte as json-server spells it', 'views_gte=10', [1, 3]],
  ['_lte', 'views_lte=5', [2]],
  ['_ne', 'id_ne=1', [2, 3, 4, 5]],
  ['_like is contains', 'title_like=boat', [1, 3]],
  ['like with a colon too', 'title:like=boat', [1, 3]],
  ['_in', 'id_in=2,3', [2, 3]],
  ['_ on a path', 'size.w_gt=5', [1, 2, 3]],
  ['a field first, though it ends like an operator', 'checked_in=false', [2]],
  ['an operator on such a field', 'checked_in_ne=false', [1, 3]],
  [
    'dates compare as moments where the schema says so',
    `published:lt=${enc('2020-03-01T09:00:00Z')}`,
    [2, 4],
  ],
  ['one moment in two spellings', `published=${enc('2020-03-01T07:00:00Z')}`, [2]],
  ['a related field', 'author.name=Ada', [1, 3]],
  ['a related field two steps away', 'author.country.name=Norway', [2, 5]],
  ['a related field with an operator', 'author.born:gte=1950', [2, 5]],
  ['a field of the children', 'reviews.stars:gte=5', [1]],
  ['a field of a list of ids', 'labels.name=two', [1, 2]],
  ['q looks into all text', 'q=boats', [1, 3]],
  ['q looks into what is inside', 'q=craft', [1, 4]],
  ['q ignores case beyond ASCII', `q=${enc('émile')}`, [5]],
  ['_q says where q looks', 'q=boats&_q=code', []],
  ['_q takes several fields', 'q=D&_q=code,title', [3, 4]],
  ['an empty q is none', 'q=', [1, 2, 3, 4, 5]],
  ['q and conditions are and-ed', 'q=boats&views:gt=10', [3]],
  ['_where', `_where=${enc('{"views":{"gte":10}}')}`, [1, 3]],
  ['_where or', `_where=${enc('{"or":[{"views":{"gte":20}},{"author.name":"Bo"}]}')}`, [2, 3, 5]],
  ['_where and', `_where=${enc('{"and":[{"authorId":1},{"views":{"lt":20}}]}')}`, [1]],
  ['_where not', `_where=${enc('{"not":{"authorId":1}}')}`, [2, 4, 5]],
  ['_where: several fields are and-ed', `_where=${enc('{"authorId":1,"views":10}')}`, [1]],
  ['_where: an array is any of', `_where=${enc('{"id":[1,5]}')}`, [1, 5]],
  ['_where: an object is a path', `_where=${enc('{"size":{"w":10}}')}`, [1, 3]],
  ['_where has the types of JSON', `_where=${enc('{"id":"1"}')}`, []],
  ['_where and conditions are and-ed', `_where=${enc('{"authorId":1}')}&views=10`, [1]],
  ['_where, twice, is and-ed', `_where=${enc('{"authorId":1}')}&_where=${enc('{"views":10}')}`, [1]],
  ['_sort', '_sort=views', [2, 1, 3, 4, 5]],
  ['missing and null stand last, downwards too', '_sort=-views', [3, 1, 2, 4, 5]],
  ['_order', '_sort=views&_order=desc', [3, 1, 2, 4, 5]],
  ['_order in capitals', '_sort=id&_order=DESC', [5, 4, 3, 2, 1]],
  ['_sort by two, stable', '_sort=authorId,-id', [3, 1, 5, 2, 4]],
  ['_order for each', '_sort=authorId,id&_order=asc,desc', [3, 1, 5, 2, 4]],
  ['equal items stay as they are', '_sort=authorId', [1, 3, 2, 5, 4]],
  ['_sort by a related field', '_sort=-author.name', [2, 5, 1, 3, 4]],
  ['_sort by a field two relations away', '_sort=author.country.name', [2, 5, 1, 3, 4]],
  ['_sort by a path', '_sort=size.w,id', [5, 1, 3, 2, 4]],
  ['dates sort as moments', '_sort=published', [4, 2, 1, 3, 5]],
  ['_page', '_page=2&_limit=2', [3, 4]],
  ['_per_page', '_page=3&_per_page=2', [5]],
  ['a page behind the end', '_page=9&_limit=2', []],
  ['_limit alone', '_limit=2', [1, 2]],
  ['_start and _end', '_start=1&_end=3', [2, 3]],
  ['_start and _limit', '_start=3&_limit=1', [4]],
  ['_start alone', '_start=3', [4, 5]],
  ['_end alone', '_end=2', [1, 2]],
  ['filter, then sort, then page', 'views:exists=true&_sort=-views&_page=2&_limit=2', [2, 4]],
];

describe('a list is asked', () => {
  test.each(filters)('%s: ?%s', async (_sentence, query, expected) => {
    const { get } = await start();
    const answer = await get(`/books?${query}`);
    expect([answer.status, answer.status === 200 ? ids(answer) : answer.json]).toEqual([200, expected]);
  });
});

const refused: [sentence: string, query: string, code: string, says: RegExp][] = [
  ['an operator that does not exist', 'views:gtt=1', 'bad-parameter', /Did you mean 'gt/],
  ['exists takes true or false', 'views:exists=maybe', 'bad-parameter', /true or false/],
  ['_page below 1', '_page=0', 'bad-parameter', /_page takes a whole number from 1/],
  ['_page that is no number', '_page=two', 'bad-parameter', /_page takes/],
  ['_limit below 0', '_limit=-1', 'bad-parameter', /_limit takes/],
  ['_limit above the most', '_limit=10001', 'bad-parameter', /10000/],
  ['_start with a sign', '_start=-1', 'bad-parameter', /_start takes/],
  ['a stretch that is too long', '_start=0&_end=20000', 'bad-parameter', /at most 10000/],
  ['two styles of paging', '_page=1&_start=3', 'bad-parameter', /not both/],
  ['_end with _limit', '_end=3&_limit=2', 'bad-parameter', /not both/],
  ['_order that is neither', '_sort=id&_order=up', 'bad-parameter', /asc or desc/],
  ['_order without _sort', '_order=desc', 'bad-parameter', /_sort/],
  ['_sort by nothing that is there', '_sort=titel', 'bad-parameter', /Did you mean 'title'/],
  ['_fields of nothing', '_fields=id,nme', 'bad-parameter', /no field 'nme'/],
  ['_q of nothing', 'q=a&_q=nothing', 'bad-parameter', /no field 'nothing'/],
  ['_embed of nothing', '_embed=review', 'bad-parameter', /Did you mean 'reviews'/],
  ['_embed that is not closed', '_embed=reviews(_limit=1', 'bad-parameter', /not understood/],
  ['a control inside an _embed', '_embed=reviews(_limit=x)', 'bad-parameter', /_limit takes/],
  ['_where that is not JSON', '_where={bad', 'bad-parameter', /takes JSON/],
  ['_where that is a list', '_where=[]', 'bad-parameter', /an object/],
  ['_where of an unknown field', `_where=${enc('{"nope":1}')}`, 'bad-parameter', /no field 'nope'/],
  [
    '_where with an unknown operator',
    `_where=${enc('{"views":{"gtx":1}}')}`,
    'bad-parameter',
    /no operator 'gtx'/,
  ],
  ['_where: or takes an array', `_where=${enc('{"or":{"id":1}}')}`, 'bad-parameter', /takes an array/],
  [
    '_where too deep',
    `_where=${enc(`${'{"not":'.repeat(12)}{"id":1}${'}'.repeat(12)}`)}`,
    'too-much',
    /at most 10/,
  ],
  [
    '_where with too many conditions',
    `_where=${enc(JSON.stringify({ or: Array.from({ length: 101 }, () => ({ id: 1 })) }))}`,
    'too-much',
    /at most 100/,
  ],
  ['_embed too deep', '_embed=author.books.author.books.author.books', 'too-much', /at most 5/],
  [
    '_embed too deep in brackets',
    `_embed=${'author(_embed=books(_embed='.repeat(3)}author${'))'.repeat(3)}`,
    'too-much',
    /at most 5/,
  ],
  ['a cursor that is none', '_cursor=abc', 'bad-parameter', /cursor/],
  ['a malformed escape', 'title=%E0%A4%A', 'bad-parameter', /percent/],
];

describe('is always a 400', () => {
  test.each(refused)('%s: ?%s', async (_sentence, query, code, says) => {
    const { get } = await start();
    const { status, json, body } = await get(`/books?${query}`);
    expect([status, (json as { code: string }).code]).toEqual([400, code]);
    expect(body).toMatch(says);
  });

  test('more than 100 conditions', async () => {
    const { get } = await start();
    const query = Array.from({ length: 101 }, (_, i) => `x${i}=1`).join('&');
    expect((await get(`/books?${query}`)).json).toMatchObject({ code: 'too-much' });
  });
});

describe('a parameter that is nothing', () => {
  const unknown: [query: string, near: string][] = [
    ['titel=x', 'title'],
    ['_limt=3', '_limit'],
    ['titel_like=x', 'title'],
    ['_pgae=1', '_page'],
  ];
  test.each(unknown)(
    '%s is ignored and named; strict, it is refused with what is near',
    async (query, near) => {
      const { get, lines } = await start();
      expect(ids(await get(`/books?${query}`))).toHaveLength(5);
      expect(lines.map(({ text }) => text).join('\n')).toContain(`'${query.split('=')[0]}' is no field`);
      const answer = await get(`/books?${query}`, { Prefer: 'handling=strict' });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ code: 'unknown-parameter', hint: `Did you mean '${near}'?` });
    },
  );

  test('strictQuery refuses it always', async () => {
    const { get } = await serve({ sources: [library], strictQuery: true });
    expect((await get('/books?nothing=1')).status).toBe(400);
    expect((await get('/books?id=1&_sort=id&q=a')).status).toBe(200);
    expect((await get('/authors/1/books?nothing=1')).status).toBe(400);
  });

  test('a field named like a control is a field', async () => {
    const { get } = await start();
    expect(ids(await get('/reviews?q=second'))).toEqual([2]);
  });

  test('a name with a colon in it is a field, if it is one', async () => {
    const { get } = await serve({
      sources: [
        {
          notes: [
            { id: 1, 'xml:lang': 'pt' },
            { id: 2, 'xml:lang': 'no' },
          ],
        },
      ],
    });
    expect(ids(await get('/notes?xml:lang=no'))).toEqual([2]);
    expect(ids(await get('/notes?xml:lang:ne=no'))).toEqual([1]);
  });

  test('an empty collection takes every name', async () => {
    const { get } = await start();
    expect((await get('/empty?anything=1&_sort=whatever', { Prefer: 'handling=strict' })).json).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s harms nothing', async (name) => {
    const { get } = await start();
    expect(ids(await get(`/books?${name}=1`))).toHaveLength(5);
    expect(ids(await get(`/books?${name}.x=1&${name}_gte=2`))).toHaveLength(5);
    for (const query of [`_sort=${name}`, `_fields=${name}`, `_embed=${name}`, `id:${name}=1`])
      expect((await get(`/books?${query}`)).status).toBe(400);
    expect((await get(`/books?_where=${enc(`{"${name}":1}`)}`)).status).toBe(400);
  });
});
