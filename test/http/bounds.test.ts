import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { growsLinearly } from '../growth.ts';
import type { Answer } from '../request.ts';
import { client } from '../request.ts';
import { serve } from '../serve.ts';
import { library } from './library.ts';

const enc = encodeURIComponent;
const times = (count: number, make: (i: number) => string, join = ','): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(join);
const json = (value: unknown) => enc(JSON.stringify(value));

/** Items with as many fields as a bound may ask for. */
const wide = Array.from({ length: 3 }, (_, at) => ({
  id: at + 1,
  ...Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`f${i}`, (at * 7 + i) % 5])),
}));
const sources = () => ({
  ...structuredClone(library),
  wide: structuredClone(wide),
  desks: [{ id: 1, lampId: 1, on: true }],
  lamps: [{ id: 1, deskId: 1, on: true }],
});

/** The same server for questions that are longer than Node takes by itself. */
async function serveLong(dialect: string, options: object = {}) {
  const api = await serve({ sources: sources(), dialect, writes: 'memory', ...options });
  const server = createServer({ maxHeaderSize: 10_000_000 }, api.standin.app.callback());
  onTestFinished(() => {
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { ...api, ...client(`http://127.0.0.1:${port}`) };
}

const where = (depth: number): string =>
  json(Array.from({ length: depth - 1 }).reduce((inner) => ({ not: inner }), { id: 1 }));

/** What a query may hold so many of, the bound, and a query with so many. */
const rows: [sentence: string, bound: number, says: RegExp, query: (count: number) => string][] = [
  ['sort keys', 20, /at most 20 sort keys/, (n) => `_sort=${times(n, (i) => `f${i}`)}`],
  [
    'sort keys, in several parameters',
    20,
    /at most 20 sort keys/,
    (n) => times(n, (i) => `_sort=-f${i}`, '&'),
  ],
  [
    'sort keys inside an _embed',
    20,
    /at most 20 sort keys/,
    (n) => `_embed=notes(_sort=${times(n, (i) => `n${i}`)})`,
  ],
  ['fields', 100, /at most 100 fields/, (n) => `_fields=${times(n, (i) => `f${i}`)}`],
  ['fields, in several parameters', 100, /at most 100 fields/, (n) => times(n, (i) => `_fields=f${i}`, '&')],
  ['one field, again and again', 100, /at most 100 fields/, (n) => `_fields=${times(n, () => 'id')}`],
  ['fields to search', 100, /at most 100 fields/, (n) => `q=1&_q=${times(n, (i) => `f${i}`)}`],
  ['embeds', 20, /at most 20 embeds/, (n) => `_embed=${times(n, () => 'notes')}`],
  ['embeds, in several parameters', 20, /at most 20 embeds/, (n) => times(n, () => '_embed=notes', '&')],
  [
    'embeds, in brackets too',
    20,
    /at most 20 embeds/,
    (n) => `_embed=notes(_embed=${times(n - 1, () => 'wide')})`,
  ],
  ['values of in', 5000, /at most 5000 values/, (n) => `id:in=${times(n, (i) => String(i % 10))}`],
  ['values of nin', 5000, /at most 5000 values/, (n) => `id:nin=${times(n, (i) => String(i % 10))}`],
  ['values of one name', 5000, /at most 5000 values/, (n) => times(n, () => 'id=1', '&')],
  [
    'values in _where',
    5000,
    /at most 5000 values/,
    (n) => `_where=${json({ id: { in: Array(n).fill(1) } })}`,
  ],
  [
    'values in _where, without an operator',
    5000,
    /at most 5000 values/,
    (n) => `_where=${json({ id: Array(n).fill(1) })}`,
  ],
  ['conditions', 100, /at most 100 conditions/, (n) => times(n, (i) => `f${i}=1`, '&')],
  [
    'conditions in _where',
    100,
    /at most 100 conditions/,
    (n) => `_where=${json({ or: Array(n).fill({ id: 1 }) })}`,
  ],
  [
    'conditions in several _where',
    100,
    /at most 100 conditions/,
    (n) => times(n, () => `_where=${json({ id: 1 })}`, '&'),
  ],
  [
    'conditions in both',
    100,
    /at most 100 conditions/,
    (n) => `_where=${json({ or: Array(n - 1).fill({ id: 1 }) })}&f1=1`,
  ],
  [
    'conditions that say nothing',
    100,
    /at most 100 conditions/,
    (n) => `_where=${json({ and: Array(n).fill({}) })}`,
  ],
  [
    'empty groups',
    100,
    /at most 100 conditions/,
    (n) => `_where=${json({ or: Array(n).fill({ and: [] }) })}`,
  ],
  ['levels of _where', 10, /at most 10 deep/, (n) => `_where=${where(n)}`],
  [
    'levels of _embed',
    5,
    /at most 5 levels/,
    (n) => `_embed=${times(n, (i) => (i % 2 ? 'wide' : 'notes'), '.')}`,
  ],
  [
    'levels of _embed, in brackets',
    5,
    /at most 5 levels/,
    (n) => `_embed=${times(n, (i) => (i % 2 ? 'wide' : 'notes'), '(_embed=')}${')'.repeat(n - 1)}`,
  ],
  [
    'relations of a condition',
    5,
    /at most 5 relations/,
    (n) => `${times(n, (i) => (i % 2 ? 'wide' : 'notes'), '.')}.id=1`,
  ],
  [
    'relations of a sort key',
    5,
    /at most 5 relations/,
    (n) => `_sort=${times(n, (i) => (i % 2 ? 'wide' : 'notes'), '.')}.id`,
  ],
  [
    'relations in _where',
    5,
    /at most 5 relations/,
    (n) => `_where=${json({ [`${times(n, (i) => (i % 2 ? 'wide' : 'notes'), '.')}.id`]: 1 })}`,
  ],
];

/** Notes that point at `wide`, so that the two lead to each other. */
const notes = [
  { id: 1, wideId: 1, ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`n${i}`, i])) },
  { id: 2, wideId: 1 },
];

describe('a query holds so much, and one more is a 400 that says how much', () => {
  test.each(rows)('%s: %i', async (_sentence, bound, says, query) => {
    const { get } = await serveLong('rest', { sources: { ...sources(), notes } });
    const most = await get(`/wide?${query(bound)}`);
    expect([most.status, most.status === 200 ? '' : most.body]).toEqual([200, '']);
    const more = await get(`/wide?${query(bound + 1)}`);
    expect([more.status, (more.json as { code: string }).code]).toEqual([400, 'too-much']);
    expect(more.body).toMatch(says);
  });

  test('a sort key that comes again counts once, and the first of its directions holds', async () => {
    const { get } = await serveLong('rest');
    const ids = ({ json: items }: Answer) => (items as { id: number }[]).map(({ id }) => id);
    expect(ids(await get(`/wide?_sort=${times(7900, (i) => (i % 2 ? 'id' : '-id'))}`))).toEqual([3, 2, 1]);
    expect(ids(await get('/wide?_sort=f0,f0,id&_order=desc,asc,asc'))).toEqual([3, 2, 1]);
    expect(ids(await get('/wide?_sort=id,id,f0&_order=asc,desc,desc'))).toEqual([1, 2, 3]);
  });

  test('an item is asked within the same bounds', async () => {
    const { get } = await serveLong('rest', { sources: { ...sources(), notes } });
    expect((await get(`/wide/1?_fields=${times(101, () => 'id')}`)).status).toBe(400);
    expect((await get(`/wide/1?_embed=${times(21, () => 'notes')}`)).status).toBe(400);
    expect((await get(`/wide/1?_embed=${times(20, () => 'notes')}`)).json).toMatchObject({
      notes: [{ id: 1 }, { id: 2 }],
    });
  });

  test('a default of the config has no bound', async () => {
    const defaultSort = Array.from({ length: 30 }, (_, i) => `-f${i}`);
    const { get } = await serve({ sources: sources(), resources: { wide: { defaultSort } } });
    expect((await get('/wide')).status).toBe(200);
  });
});

/** A filter of simple-rest, as JSON. */
const filtering = (filter: unknown): string => `filter=${json(filter)}`;

test.each<[sentence: string, says: RegExp, query: (count: number) => string, bound: number]>([
  ['values', /at most 5000 values/, (n) => filtering({ id: Array(n).fill(1) }), 5000],
  [
    'conditions, on all levels together',
    /at most 100 conditions/,
    // The object itself is one of them.
    (n) =>
      filtering({
        f0: Object.fromEntries(
          times(n - 1, (i) => `k${i}`)
            .split(',')
            .map((k) => [k, 1]),
        ),
      }),
    100,
  ],
  ['embeds', /at most 20 embeds/, (n) => `embed=${json(Array(n).fill('notes'))}`, 20],
])('simple-rest bounds %s', async (_sentence, says, query, bound) => {
  const { get } = await serveLong('simple-rest', { sources: { ...sources(), notes } });
  expect((await get(`/wide?${query(bound)}`)).status).toBe(200);
  const more = await get(`/wide?${query(bound + 1)}`);
  expect(more.status).toBe(400);
  expect(more.body).toMatch(says);
});

const lenient: [sentence: string, dialect: string, query: string, ids: number[], ignored: RegExp][] = [
  [
    'sort keys',
    'json-server',
    `_sort=${times(20, (i) => `x${i}`)},id&_order=${times(21, () => 'desc')}`,
    [1, 2, 3],
    /beyond 20 sort keys: id$/,
  ],
  [
    'repeated sort keys are one',
    'json-server',
    `_sort=${times(7900, () => 'x')},id&_order=desc`,
    [1, 2, 3],
    /^$/,
  ],
  [
    'embeds',
    'json-server',
    `${times(20, () => '_embed=x', '&')}&_expand=last`,
    [1, 2, 3],
    /beyond 20 embeds: last$/,
  ],
  [
    'values',
    'json-server',
    `${times(5000, () => 'id=1', '&')}&id=2`,
    [1],
    /beyond 5000 values of one condition: 2$/,
  ],
  [
    'conditions',
    'json-server',
    `${times(100, (i) => `f${i}_gte=0`, '&')}&id=2`,
    [1, 2, 3],
    /beyond 100 conditions: id$/,
  ],
  [
    'sort keys',
    'json-server-1',
    `_sort=${times(20, (i) => `x${i}`)},-id`,
    [1, 2, 3],
    /beyond 20 sort keys: id$/,
  ],
  [
    'embeds',
    'json-server-1',
    `${times(20, () => '_embed=x', '&')}&_embed=last`,
    [1, 2, 3],
    /beyond 20 embeds: last$/,
  ],
  [
    'values',
    'json-server-1',
    `id:in=${times(5000, () => '1')},2`,
    [1],
    /beyond 5000 values of one condition: 2$/,
  ],
  [
    'values in _where',
    'json-server-1',
    `_where=${json({ f0: { in: [...Array(5000).fill(0), 2] } })}`,
    [1],
    /beyond 5000 values/,
  ],
  [
    'conditions',
    'json-server-1',
    `${times(100, (i) => `f${i}:gte=0`, '&')}&id=2`,
    [1, 2, 3],
    /beyond 100 conditions: id$/,
  ],
  [
    'conditions in _where',
    'json-server-1',
    `_where=${json({ or: Array(101).fill({ f0: 9 }) })}`,
    [1, 2, 3],
    /_where holds at most 100 conditions/,
  ],
  [
    'levels of _where',
    'json-server-1',
    `_where=${enc(`${'{"a":'.repeat(11)}{"eq":1}${'}'.repeat(11)}`)}`,
    [1, 2, 3],
    /at most 10 deep/,
  ],
  [
    'sort keys',
    'django',
    `ordering=${times(20, (i) => `f${i + 1}`)},-id`,
    [3, 1, 2],
    /beyond 20 sort keys: id$/,
  ],
  ['words of a search', 'django', `search=${times(101, (i) => `w${i}`)}`, [], /beyond 100 conditions: w100$/],
  ['one word, again and again', 'django', `search=${times(500, () => '0')}`, [1], /^$/],
];

describe('a dialect that refuses nothing ignores the rest, and names it in the log', () => {
  test.each(lenient)('%s: %s', async (_sentence, dialect, query, ids, ignored) => {
    const settings = { sort: [...Array.from({ length: 120 }, (_, i) => `f${i}`), 'id'], search: ['f0'] };
    const { get, lines } = await serveLong(dialect, { resources: { wide: settings } });
    const { status, json: items } = await get(`/wide${dialect === 'django' ? '/' : ''}?${query}`);
    expect(status).toBe(200);
    expect((items as { id: unknown }[]).map(({ id }) => Number(id))).toEqual(ids);
    const notes = lines.filter(({ text }) => /ignored/.test(text) && !/is no field/.test(text));
    expect(notes.map(({ text }) => text).join('\n')).toMatch(ignored);
  });

  test('django refuses a list of values that is too long in its own words', async () => {
    const filters = { id: ['in'] };
    const { get } = await serveLong('django', { resources: { wide: { filters } } });
    expect((await get(`/wide/?id__in=${times(5000, () => '1')}`)).json).toHaveLength(1);
    const answer = await get(`/wide/?id__in=${times(5001, () => '1')}`);
    expect([answer.status, answer.json]).toEqual([
      400,
      { id__in: ['Ensure there are at most 5000 values (there are 5001).'] },
    ]);
  });
});

/** Questions that grow: a dialect, a path that begins one, what is repeated, and what ends it. */
const growing: [sentence: string, dialect: string, from: string, again: string, to: string, size: number][] =
  [
    ['a bracket that never closes', 'rest', '/wide?_embed=(', '&', '', 20_000],
    ['brackets that never close', 'rest', '/wide?', '_embed=(&', '', 5000],
    ['a bracket that never closes', 'fastapi', '/wide?_embed=(', '&', '', 20_000],
    ['one name that is nothing', 'rest', '/wide?', 'a&', '', 20_000],
    ['a name of underscores', 'rest', '/wide?', '_', '!', 20_000],
    ['one sort key', 'rest', '/wide?_sort=id', ',id', '', 20_000],
    ['a path through relations', 'rest', '/books?', 'author.books.', 'title=x', 5000],
    ['a _where of nots', 'rest', '/wide?_where=', '{"not":', '', 20_000],
    ['a _where of fields, where all fields are good', 'rest', '/empty?_where=', '{"a":', '', 5000],
    ['filters', 'json-server', '/wide?', 'a=1&', '', 20_000],
    ['a sort key through relations', 'json-server', '/books?_sort=', 'author.books.', 'title', 5000],
    ['one sort key', 'json-server-1', '/wide?_sort=id', ',id', '', 20_000],
    ['an ordering', 'django', '/wide/?ordering=id', ',id', '', 20_000],
    ['words', 'django', '/wide/?search=0', ',0', '', 20_000],
    ['slashes', 'fastapi', '', '/', 'wide/', 20_000],
    ['a path of segments', 'rest', '/books', '/1/reviews', '', 5000],
    ['a path that goes round in a circle', 'rest', '/desks/1', '/lamps/1/desks/1', '', 2000],
  ];

describe('a question is read in time that grows with it', () => {
  test.each(growing)('%s, by %s', async (_sentence, dialect, from, again, to, size) => {
    const settings = { sort: ['id'], search: ['f0'] };
    const { get, lines } = await serveLong(dialect, { resources: { wide: settings } });
    await growsLinearly(
      size,
      (count) => from + again.repeat(count).replaceAll('"', '%22') + to,
      async (path) => {
        expect((await get(path)).status).toBeLessThan(500);
      },
      3,
    );
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
