import { describe, expect, test } from 'vitest';
import type { Answer } from '../request.ts';
import { serve } from '../serve.ts';
import { library } from './library.ts';

const start = () => serve({ sources: [library] });
const ids = ({ json }: Answer) => (json as { id: unknown }[]).map(({ id }) => id);

/** The links of an answer by their relation, without the origin. */
const links = ({ headers }: Answer): Record<string, string> =>
  Object.fromEntries(
    (headers.link ?? '')
      .split(', ')
      .filter((link) => link !== '')
      .map((link) => [/rel="(\w+)"/.exec(link)?.[1], /<http:\/\/[^/]+([^>]*)>/.exec(link)?.[1]]),
  );

describe('X-Total-Count', () => {
  test.each([
    ['/books', '5'],
    ['/books?_page=2&_limit=2', '5'],
    ['/books?authorId=1&_limit=1', '2'],
    ['/books?_page=9', '5'],
    ['/authors/1/books?_limit=1', '2'],
    ['/empty', '0'],
  ])('stands on %s, and on its HEAD', async (path, total) => {
    const { get, send } = await start();
    expect((await get(path)).headers['x-total-count']).toBe(total);
    const head = await send(path, { method: 'HEAD' });
    expect([head.headers['x-total-count'], head.body]).toEqual([total, '']);
  });

  test('browsers may read it, and the links', async () => {
    const { get } = await start();
    const { headers } = await get('/books', { Origin: 'http://localhost:5173' });
    expect(headers['access-control-expose-headers']).toMatch(/Content-Range.*Link.*X-Total-Count/);
  });
});

describe('Link', () => {
  test('first, prev, next and last, with all other parameters as they were sent', async () => {
    const { get } = await start();
    expect(links(await get('/books?views%3Aexists=true&_page=2&_limit=1'))).toEqual({
      first: '/books?views%3Aexists=true&_page=1&_limit=1',
      prev: '/books?views%3Aexists=true&_page=1&_limit=1',
      next: '/books?views%3Aexists=true&_page=3&_limit=1',
      last: '/books?views%3Aexists=true&_page=4&_limit=1',
    });
  });

  test('no prev on the first page, no next on the last', async () => {
    const { get } = await start();
    expect(Object.keys(links(await get('/books?_page=1&_limit=3')))).toEqual(['first', 'next', 'last']);
    expect(Object.keys(links(await get('/books?_page=2&_limit=3')))).toEqual(['first', 'prev', 'last']);
  });

  test('in the style that was asked for', async () => {
    const { get } = await start();
    expect(links(await get('/books?_page=1&_per_page=3')).next).toBe('/books?_per_page=3&_page=2');
    expect(links(await get('/books?_start=2&_end=4')).next).toBe('/books?_start=4&_end=6');
    expect(links(await get('/books?_limit=2')).next).toBe('/books?_page=2&_limit=2');
    expect(links(await get('/books?_start=2&_limit=2')).next).toBe('/books?_limit=2&_start=4');
  });

  test('following next reads every item once', async () => {
    const { get } = await start();
    for (const first of [
      '/books?_limit=2',
      '/books?_start=0&_end=2',
      '/books?_per_page=2&_page=1',
      '/books?_cursor=&_limit=2&_sort=-views',
    ]) {
      const seen: unknown[] = [];
      let path: string | undefined = first;
      for (let i = 0; path !== undefined && i < 10; i++) {
        const answer: Answer = await get(path);
        seen.push(...ids(answer));
        path = links(answer).next;
      }
      expect([first, seen.sort()]).toEqual([first, [1, 2, 3, 4, 5]]);
    }
  });

  test('keeps the brackets of an _embed whole', async () => {
    const { get } = await start();
    const { next } = links(await get('/books?_embed=reviews(_sort=-id&_limit=1)&_page=1&_limit=2'));
    expect(next).toBe('/books?_embed=reviews(_sort=-id&_limit=1)&_page=2&_limit=2');
  });

  test('a list that is whole has none', async () => {
    const { get } = await start();
    expect((await get('/books')).headers.link).toBeUndefined();
  });

  test('on nested lists too', async () => {
    const { get } = await start();
    expect(links(await get('/authors/1/books?_page=1&_limit=1')).next).toBe(
      '/authors/1/books?_page=2&_limit=1',
    );
  });
});

describe('_cursor', () => {
  const nextOf = (answer: Answer) => links(answer).next as string;

  test('stays steady while items are added and removed', async () => {
    const { get, post, del } = await start();
    const first = await get('/books?_sort=title&_cursor=&_limit=2');
    expect(ids(first)).toEqual([1, 3]);
    await post('/books', { title: 'Aaa' });
    await del('/books/3');
    await post('/books', { title: 'Dusk' });
    const second = await get(nextOf(first));
    expect(ids(second)).toEqual([7, 4]);
    const third = await get(nextOf(second));
    expect(ids(third)).toEqual([2, 5]);
    expect(links(third).next).toBeUndefined();
  });

  test('of another order is refused', async () => {
    const { get } = await start();
    const next = nextOf(await get('/books?_cursor=&_limit=2'));
    expect((await get(`${next}&_sort=title`)).json).toMatchObject({ code: 'bad-parameter' });
  });
});

describe('Range', () => {
  const items = (range: string) => ({ Range: range });

  test('answers 206 and says which part', async () => {
    const { get } = await start();
    const answer = await get('/books?_sort=-id', items('items=1-2'));
    expect([answer.status, ids(answer), answer.headers['content-range']]).toEqual([
      206,
      [4, 3],
      'items 1-2/5',
    ]);
    const open = await get('/books', items('items=3-'));
    expect([open.status, open.headers['content-range']]).toEqual([206, 'items 3-4/5']);
  });

  test('behind the end is a 416 that says how many there are', async () => {
    const { get } = await start();
    const answer = await get('/books', items('items=10-19'));
    expect([answer.status, answer.headers['content-range']]).toEqual([416, 'items */5']);
    expect(answer.json).toMatchObject({ code: 'range-not-satisfiable' });
    expect((await get('/empty', items('items=0-9'))).status).toBe(200);
  });

  test('that cannot be read is a 400, in another unit nothing', async () => {
    const { get } = await start();
    expect((await get('/books', items('items=5-1'))).status).toBe(400);
    expect((await get('/books', items('items=x'))).status).toBe(400);
    expect((await get('/books', items('bytes=0-1'))).status).toBe(200);
  });

  test('of another state than If-Range names gives way to all of the list', async () => {
    const { get, post } = await start();
    const { etag = '' } = (await get('/books')).headers;
    const part = await get('/books', { Range: 'items=0-1', 'If-Range': etag });
    expect([part.status, ids(part), part.headers.etag]).toEqual([206, [1, 2], etag]);
    const others = ['"x"', `W/${etag}`, new Date().toUTCString(), '*', `"x", ${etag}`];
    for (const other of others) {
      const full = await get('/books', { Range: 'items=0-1', 'If-Range': other });
      expect([full.status, ids(full), full.headers['content-range']]).toEqual([
        200,
        [1, 2, 3, 4, 5],
        undefined,
      ]);
    }
    expect((await get('/books', { Range: 'items=90-99', 'If-Range': '"x"' })).status).toBe(200);
    expect((await get('/books', { 'If-Range': '"x"' })).status).toBe(200);
    await post('/books', {});
    expect((await get('/books', { Range: 'items=0-1', 'If-Range': etag })).status).toBe(200);
    const page = await get('/books?_limit=2', { Range: 'items=4-4', 'If-Range': etag });
    expect(ids(page)).toEqual([1, 2]);
  });

  test('is about the list alone, and gives way to a page', async () => {
    const { get } = await start();
    const { json } = await get('/books?_embed=reviews(_sort=id)', items('items=0-0'));
    expect((json as { reviews: unknown[] }[])[0]?.reviews).toHaveLength(3);
    const page = await get('/books?_page=2&_limit=2', items('items=0-0'));
    expect([page.status, ids(page)]).toEqual([200, [3, 4]]);
  });
});

describe('settings of a resource', () => {
  test('pageSize, maxPageSize and defaultSort', async () => {
    const resources = { books: { pageSize: 2, maxPageSize: 3, defaultSort: ['-id'] } };
    const { get } = await serve({ sources: [library], resources });
    const answer = await get('/books');
    expect(ids(answer)).toEqual([5, 4]);
    expect(links(answer).next).toBe('/books?_page=2&_limit=2');
    expect((await get('/books?_limit=4')).json).toMatchObject({ code: 'bad-parameter' });
    const { json } = await get('/authors/1?_embed=books(id_gte=1)');
    expect((json as { books: { id: number }[] }).books.map(({ id }) => id)).toEqual([1, 3]);
  });
});
