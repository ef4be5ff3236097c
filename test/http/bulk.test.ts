import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const sources = () => ({
  posts: [
    { id: 1, userId: 1, title: 'a' },
    { id: 2, userId: 1, title: 'b' },
    { id: 3, userId: 2, title: 'c' },
  ],
  users: [{ id: 1 }, { id: 2 }],
});

describe('POST of an array', () => {
  test('creates all of them', async () => {
    const { post, get } = await serve({ sources: sources() });
    const answer = await post('/posts', [{ title: 'd' }, { id: 9, title: 'e' }, { title: 'f' }]);
    expect([answer.status, answer.json]).toEqual([
      201,
      [
        { id: 4, title: 'd' },
        { id: 9, title: 'e' },
        { id: 10, title: 'f' },
      ],
    ]);
    expect((await get('/posts')).json).toHaveLength(6);
    expect(await post('/posts', [])).toMatchObject({ status: 201, json: [] });
  });

  test('below a parent, sets its key in each', async () => {
    const { post } = await serve({ sources: sources() });
    expect((await post('/users/2/posts', [{}, {}])).json).toEqual([
      { id: 4, userId: 2 },
      { id: 5, userId: 2 },
    ]);
  });

  test('creates none where one is wrong, and says which', async () => {
    const dir = folder({
      'posts.json': [{ id: 1, title: 'a' }],
      'posts.schema.json': { properties: { title: { type: 'string' } }, required: ['title'] },
    });
    const { post, get } = await serve({ sources: dir.path });
    const answer = await post('/posts', [{ title: 'b' }, { title: 1 }, {}]);
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
    const { details } = answer.json as { details: { path: string }[] };
    expect(details.map(({ path }) => path)).toEqual(['/1/title', '/2/title']);
    expect((await get('/posts')).json).toHaveLength(1);
    expect((await post('/posts', { title: 'c' })).json).toEqual({ id: 2, title: 'c' });
  });

  test('an id that is taken, by another of them too, is told with its place', async () => {
    const { post, get } = await serve({ sources: sources() });
    for (const [body, paths] of [
      [[{ title: 'x' }, { id: 1 }], ['/1/id']],
      [[{ id: 7 }, { id: 7 }], ['/1/id']],
    ] as const) {
      const answer = await post('/posts', body);
      expect(answer).toMatchObject({ status: 409, json: { details: paths.map((path) => ({ path })) } });
    }
    expect((await get('/posts')).json).toHaveLength(3);
  });

  test.each([
    [[1], 0],
    [[{}, null], 1],
    [[[]], 0],
    [[{}, {}, 'x', 4], 2],
  ])('%j is refused, and its item %i named', async (body, index) => {
    const { post, get } = await serve({ sources: sources() });
    const { status, json } = await post('/posts', body);
    expect([status, json]).toMatchObject([400, { code: 'bad-body' }]);
    expect((json as { error: string }).error).toMatch(
      new RegExp(`^item ${index}: expected a JSON object .*; none was created$`),
    );
    expect((await get('/posts')).json).toHaveLength(3);
  });

  test('names the index in the sentence too, of the first three items that are wrong', async () => {
    const { post } = await serve({ sources: sources(), unique: { posts: ['title'] } });
    const taken = await post('/posts', [{ title: 'new' }, { title: 'a' }]);
    expect(taken.json).toMatchObject({
      error: '1 of 2 items refused, none was created: item 1: title is taken',
      details: [{ path: '/1/title' }],
    });
    const { json } = await post(
      '/posts',
      Array.from({ length: 6 }, () => ({ title: 'b' })),
    );
    expect((json as { error: string }).error).toMatch(
      /^6 of 6 items .*item 0: .*item 1: .*item 2: .*; and 3 more$/,
    );
    expect((json as { details: unknown[] }).details).toHaveLength(6);
  });
});

describe('PATCH and DELETE of a collection', () => {
  test('without a filter they are 405, and not in Allow', async () => {
    const { patch, del, send } = await serve({ sources: sources() });
    for (const path of ['/posts', '/posts?_sort=id', '/posts?_limit=1', '/posts?_embed=user']) {
      expect((await patch(path, {})).status).toBe(405);
      expect((await del(path)).status).toBe(405);
    }
    expect((await send('/posts', { method: 'OPTIONS' })).headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  });

  test('with one, write what it finds', async () => {
    const { patch, del, get } = await serve({ sources: sources() });
    const changed = await patch('/posts?userId=1', { title: 'x' });
    expect([changed.status, changed.json]).toEqual([
      200,
      [
        { id: 1, userId: 1, title: 'x' },
        { id: 2, userId: 1, title: 'x' },
      ],
    ]);
    const gone = await del('/posts?userId=1');
    expect([gone.status, gone.headers['x-total-count']]).toEqual([204, '2']);
    expect((await get('/posts')).json).toEqual([{ id: 3, userId: 2, title: 'c' }]);
    expect((await del('/posts?userId=1')).status).toBe(204);
  });

  test('below a parent, reach its children alone', async () => {
    const { del, get } = await serve({ sources: sources() });
    expect((await del('/users/1/posts?title:ne=a')).status).toBe(204);
    expect((await get('/posts')).json).toMatchObject([{ id: 1 }, { id: 3 }]);
  });

  test.each([
    '/posts?userId=1&titel=a',
    '/posts?titel=a',
    '/posts?userId=1&_limit=1',
    '/posts?userId=1&_page=1',
  ])('%s is refused: it would reach further than it says, or less far', async (path) => {
    const { del, patch, get } = await serve({ sources: sources() });
    expect((await del(path)).status).toBe(400);
    expect((await patch(path, { title: 'x' })).status).toBe(400);
    expect((await get('/posts')).json).toEqual(sources().posts);
  });

  test('the size of a page does not cut them short', async () => {
    const { del, get } = await serve({ sources: sources(), resources: { posts: { pageSize: 1 } } });
    expect((await del('/posts?userId=1')).headers['x-total-count']).toBe('2');
    expect((await get('/posts?_limit=10')).json).toHaveLength(1);
  });

  test('all or nothing', async () => {
    const { patch, get } = await serve({ sources: sources(), unique: { posts: ['title'] } });
    const { status, json } = await patch('/posts?userId=1', { title: 'x' });
    expect([status, json]).toMatchObject([
      409,
      {
        error: '1 of 2 items refused, none was changed: item 1 (posts/2): title is taken',
        details: [{ path: '/1/title' }],
      },
    ]);
    expect((await get('/posts')).json).toEqual(sources().posts);
  });

  test('another dialect has none', async () => {
    const { del, post } = await serve({ sources: sources(), dialect: 'json-server', writes: 'memory' });
    expect((await del('/posts?userId=1')).status).toBe(404);
    expect((await post('/posts', [{}])).status).not.toBe(404);
  });
});

/** Filters that every item meets, whatever it holds. */
const vacuous: [sentence: string, query: string][] = [
  ['an empty condition', '_where={}'],
  ['an empty and', '_where={"and":[]}'],
  ['empty conditions in an and', '_where={"and":[{},{"and":[]}]}'],
  ['an empty condition in an or', '_where={"or":[{"id":1},{}]}'],
  ['not nothing', '_where={"not":{"or":[]}}'],
  ['not not everything', '_where={"not":{"not":{}}}'],
  ['not a choice of none', '_where={"not":{"id":[]}}'],
  ['a field without a condition', '_where={"title":{}}'],
  ['a field of a field without a condition', '_where={"id":{},"title":{}}'],
  ['no value to differ from', '_where={"title":{"ne":[]}}'],
  ['no values to exclude', '_where={"id":{"nin":[]}}'],
  ['there or not there', 'title:exists=true&title:exists=false'],
  ['there or not there, as JSON', '_where={"title":{"exists":[true,false]}}'],
  ['an empty search', 'q='],
  ['an empty search in some fields', 'q=&_q=title'],
  ['fields to search and nothing to search for', '_q=title'],
  ['an empty text inside', 'title:contains='],
  ['an empty text inside, as json-server writes it', 'title_like='],
  ['an empty text among others', 'title:startsWith=a&title:startsWith='],
  ['an empty text at the end, as JSON', '_where={"title":{"endsWith":""}}'],
  ['several that say nothing', '_where={}&q=&_where={"and":[]}'],
  ['one that says nothing, sorted', '_where={}&_sort=-id'],
];

describe('a filter that says nothing', () => {
  test.each(vacuous)('%s: ?%s is refused for a write, and lists everything', async (_sentence, query) => {
    const { patch, del, get } = await serve({ sources: sources() });
    for (const path of ['/posts', '/users/1/posts']) {
      for (const answer of [await del(`${path}?${query}`), await patch(`${path}?${query}`, { title: 'x' })])
        expect(answer).toMatchObject({
          status: 400,
          json: { code: 'bad-parameter', hint: expect.stringContaining('?id:exists=true') },
        });
    }
    expect((await get('/posts')).json).toEqual(sources().posts);
    expect((await get(`/posts?${query}`)).headers['x-total-count']).toBe('3');
  });

  test('beside one that says something does no harm', async () => {
    const { del, get } = await serve({ sources: sources() });
    expect((await del('/posts?userId=1&q=&_where={}')).status).toBe(204);
    expect((await get('/posts')).json).toMatchObject([{ id: 3 }]);
  });

  test('is none where nothing is met by it', async () => {
    const { del, get } = await serve({ sources: sources() });
    for (const where of [
      '{"or":[]}',
      '{"not":{}}',
      '{"id":[]}',
      '{"id":{"in":[]}}',
      '{"and":[{},{"or":[]}]}',
    ]) {
      const { status, headers } = await del(`/posts?_where=${where}`);
      expect([where, status, headers['x-total-count']]).toEqual([where, 204, '0']);
    }
    expect((await get('/posts')).json).toHaveLength(3);
  });

  test('gives way to one that says that all are meant', async () => {
    const { del, get } = await serve({ sources: sources() });
    expect((await del('/posts?id:exists=true')).headers['x-total-count']).toBe('3');
    expect((await get('/posts')).json).toEqual([]);
  });

  test('however it is nested', async () => {
    const { get, del } = await serve({ sources: sources() });
    const empties = fc.letrec<{ where: unknown }>((tie) => ({
      where: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom({}, { and: [] }, { or: [] }, { title: {} }, { id: { in: [] } }, { id: { nin: [] } }),
        fc.record({ and: fc.array(tie('where'), { maxLength: 3 }) }),
        fc.record({ or: fc.array(tie('where'), { maxLength: 3 }) }),
        fc.record({ not: tie('where') }),
      ),
    })).where;
    await fc.assert(
      fc.asyncProperty(empties, async (where) => {
        const path = `/posts?_where=${encodeURIComponent(JSON.stringify(where))}`;
        const listed = (await get(path)).headers['x-total-count'];
        // Emptiness alone never tells one item from another.
        expect(['0', '3']).toContain(listed);
        expect((await del(path)).status).toBe(listed === '3' ? 400 : 204);
      }),
      { numRuns: 150 },
    );
    expect((await get('/posts')).json).toEqual(sources().posts);
  });
});

describe('Prefer: max-affected', () => {
  const at = (most: string) => ({ Prefer: `max-affected=${most}` });
  test('refuses what reaches further', async () => {
    const { del, patch, post, get } = await serve({ sources: sources() });
    expect(await del('/posts?userId=1', at('1'))).toMatchObject({
      status: 400,
      json: { code: 'max-affected' },
    });
    expect((await patch('/posts?userId=1', { title: 'x' }, at('1'))).status).toBe(400);
    expect((await post('/posts', [{}, {}], at('1'))).status).toBe(400);
    expect((await get('/posts')).json).toEqual(sources().posts);
    const { status, headers } = await del('/posts?userId=1', at('2'));
    expect([status, headers['preference-applied']]).toEqual([204, 'max-affected=2']);
  });

  test('counts what a delete takes with it', async () => {
    const relations = { 'posts.userId': { to: 'users', onDelete: 'cascade' as const } };
    const { del } = await serve({ sources: sources(), relations });
    expect((await del('/users/1', at('2'))).status).toBe(400);
    expect((await del('/users/1', at('3'))).status).toBe(204);
  });

  test.each(['', 'many', '-1', '1.5'])('"%s" is no number', async (most) => {
    const { del } = await serve({ sources: sources() });
    expect(await del('/posts?userId=1', at(most))).toMatchObject({
      status: 400,
      json: { code: 'bad-parameter' },
    });
  });
});
