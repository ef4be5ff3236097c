import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { rest } from '../../src/dialects/rest/rest.ts';
import type { Item } from '../../src/json/json.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const fixtures = () => ({
  posts: [
    { id: 1, title: 'a' },
    { id: 2, title: 'b' },
  ],
  comments: [{ id: 1, postId: 1 }],
  profile: { name: 'Ada' },
});

function fail(): never {
  throw new Error('mine');
}
const isBad = (item: unknown): boolean => JSON.stringify(item).includes('bad');
const failFor =
  <T extends unknown[], R>(hook: (item: Item, ...rest: T) => R) =>
  (item: Item, ...rest: T): R =>
    isBad(item) ? fail() : hook(item, ...rest);

/** Ways in which a dialect of one's own fails over an item that holds the word "bad", after it was checked. */
const dialects: [sentence: string, dialect: Dialect][] = [
  ['show', { ...rest, show: failFor((item) => item) }],
  [
    'the writing of an answer',
    {
      ...rest,
      item: failFor(rest.item),
      removed: failFor(rest.removed),
      list: (page, asked) => (isBad(page.items) ? fail() : rest.list(page, asked)),
    },
  ],
  ['delay', { ...rest, delay: (asked) => (asked.method === 'GET' ? 0 : fail()) }],
];

const MERGE = { 'Content-Type': 'application/merge-patch+json' };
const json = { 'Content-Type': 'application/json' };
const writes: [method: string, path: string, body: unknown, headers?: Record<string, string>][] = [
  ['POST', '/posts', { title: 'bad' }],
  ['POST', '/posts', [{ title: 'good' }, { title: 'bad' }]],
  ['POST', '/posts/1/comments', { text: 'bad' }],
  ['PUT', '/posts/1', { title: 'bad' }],
  ['PUT', '/posts/9', { title: 'bad' }],
  ['PATCH', '/posts/1', { title: 'bad' }],
  ['PATCH', '/posts/1', '{"title":"bad"}', MERGE],
  ['PATCH', '/posts?title=a', { title: 'bad' }],
  ['PUT', '/profile', { name: 'bad' }],
  ['PATCH', '/profile', { name: 'bad' }],
];

describe.each(dialects)('where %s throws, the answer is 500 and nothing is stored', (hook, dialect) => {
  const open = (options = {}) => serve({ sources: fixtures(), dialect, putCreates: true, ...options });
  // A singleton has no show of its own.
  const rows = writes.filter(([, path]) => hook !== 'show' || path !== '/profile');

  test.each(rows)('%s %s %j', async (method, path, body, headers = {}) => {
    const api = await open();
    for (const session of [{}, { 'X-Standin-Session': 'ann' }] as Record<string, string>[]) {
      const answer = await api.send(path, { method, body, headers: { ...json, ...headers, ...session } });
      expect(answer).toMatchObject({ status: 500, json: { code: 'internal' } });
      expect((await api.get('/_standin/db', session)).json).toEqual(fixtures());
    }
  });

  test('nor is it saved', async () => {
    const dir = folder({ 'db.json': fixtures() });
    const before = readFileSync(dir.file('db.json'), 'utf8');
    const api = await open({ sources: dir.file('db.json'), writes: 'file' });
    expect((await api.post('/posts', { title: 'bad' })).status).toBe(500);
    expect(readFileSync(dir.file('db.json'), 'utf8')).toBe(before);
    expect((await api.get('/posts')).json).toHaveLength(2);
  });
});

test.each([
  ['DELETE', '/posts/3'],
  ['DELETE', '/posts?title=bad'],
])('an item that cannot be shown is not deleted either: %s %s', async (method, path) => {
  const posts = [...fixtures().posts, { id: 3, title: 'bad' }];
  const api = await serve({ sources: { posts }, dialect: dialects[0]?.[1] as Dialect });
  const answer = await api.send(path, { method, headers: { Prefer: 'return=representation' } });
  expect(answer.status).toBe(500);
  expect((await api.get('/_standin/db')).json).toEqual({ posts });
});

test('an answer is made from what its write leaves', async () => {
  const counting: Dialect = {
    ...rest,
    item: (item, asked) => ({
      ...rest.item(item, asked),
      headers: { 'X-Count': String(asked.shelves.shelf('posts').size) },
    }),
  };
  const { post } = await serve({ sources: fixtures(), dialect: counting });
  expect((await post('/posts', {})).headers['x-count']).toBe('3');
  expect((await post('/posts', {}, { Prefer: 'tx=rollback' })).headers['x-count']).toBe('4');
  expect((await post('/posts', {})).headers['x-count']).toBe('4');
});

describe('a listener cannot harm a write', () => {
  const listeners: [sentence: string, listener: () => unknown][] = [
    ['that throws', fail],
    ['that throws no error', () => Promise.reject(undefined)],
    ['that fails later', async () => fail()],
  ];
  test.each(listeners)('%s', async (_sentence, listener) => {
    const { standin, post, get, says } = await serve({ sources: fixtures() });
    standin.on('change', listener);
    const told: unknown[] = [];
    standin.on('change', (event) => told.push(event));
    expect((await post('/posts', {})).status).toBe(201);
    expect((await says(/a listener failed/)).level).toBe('error');
    expect((await get('/posts')).json).toHaveLength(3);
    expect(told).toMatchObject([{ type: 'create', key: '3' }]);
  });

  test('that changes what it is told', async () => {
    const { standin, post, get } = await serve({ sources: fixtures() });
    standin.on('change', (event) => {
      Object.assign(event.item as object, { title: 'changed', id: 7 });
      Object.assign(event, { type: 'delete' });
    });
    const told: unknown[] = [];
    standin.on('change', (event) => told.push(event));
    await post('/posts', '{"title":"c","__proto__":{"x":1}}', json);
    const kept = JSON.parse('{"id":3,"title":"c","__proto__":{"x":1}}');
    expect((await get('/posts/3')).json).toEqual(kept);
    expect(told).toMatchObject([{ type: 'create', item: kept }]);
  });
});

test.each([
  ['throws', fail],
  ['fails later', async () => fail()],
])('a log that %s costs a warning of the process, and no answer', async (_sentence, log) => {
  const warned = once(process, 'warning');
  const { post, get } = await serve({ sources: fixtures(), log });
  expect((await post('/posts', {})).status).toBe(201);
  expect((await get('/posts?nothing=1')).status).toBe(200);
  expect(String((await warned)[0])).toContain("the option 'log' failed: Error: mine");
});
