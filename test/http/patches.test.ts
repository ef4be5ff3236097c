import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const post = { id: 1, title: 'a', tags: ['x', 'y'], author: { name: 'Ann', born: 1980 } };
const MERGE = { 'Content-Type': 'application/merge-patch+json' };
const PATCH = { 'Content-Type': 'application/json-patch+json' };
const start = () =>
  serve({ sources: { posts: [post], settings: { theme: 'dark', size: { w: 1 } }, colours: ['red'] } });

describe('application/json: fields over fields', () => {
  test('an object is replaced, null is a value', async () => {
    const { patch } = await start();
    expect((await patch('/posts/1', { author: { name: 'Bob' }, title: null })).json).toEqual({
      ...post,
      author: { name: 'Bob' },
      title: null,
    });
  });
});

describe('application/merge-patch+json (RFC 7396)', () => {
  const rows: [sentence: string, sent: unknown, after: unknown][] = [
    ['an object is merged', { author: { name: 'Bob' } }, { ...post, author: { name: 'Bob', born: 1980 } }],
    [
      'null deletes',
      { title: null, author: { born: null } },
      { id: 1, tags: ['x', 'y'], author: { name: 'Ann' } },
    ],
    ['an array is replaced', { tags: ['z'] }, { ...post, tags: ['z'] }],
    ['null in what is new is left out', { more: { a: null, b: 1 } }, { ...post, more: { b: 1 } }],
    ['the id stays', { id: 7 }, post],
    ['a deleted id stays', { id: null }, post],
  ];
  test.each(rows)('%s', async (_sentence, sent, after) => {
    const { patch, get } = await start();
    expect(await patch('/posts/1', JSON.stringify(sent), MERGE)).toMatchObject({ status: 200 });
    expect((await get('/posts/1')).json).toEqual(after);
  });

  test('__proto__ is a field like any other', async () => {
    const { patch, get } = await start();
    await patch('/posts/1', '{"__proto__": {"polluted": true}, "author": {"__proto__": {"x": 1}}}', MERGE);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((await get('/posts/1')).json).not.toHaveProperty('polluted');
  });

  test.each(['[]', '1', 'null', '"x"'])('%s is no patch of an item', async (body) => {
    const { patch } = await start();
    expect(await patch('/posts/1', body, MERGE)).toMatchObject({ status: 400, json: { code: 'bad-body' } });
  });

  test('works on a singleton', async () => {
    const { patch } = await start();
    expect((await patch('/settings', '{"size":{"h":2},"theme":null}', MERGE)).json).toEqual({
      size: { w: 1, h: 2 },
    });
  });
});

describe('application/json-patch+json (RFC 6902)', () => {
  const rows: [sentence: string, operations: unknown[], after: unknown][] = [
    ['add', [{ op: 'add', path: '/a~1b', value: 1 }], { ...post, 'a/b': 1 }],
    ['add into an array', [{ op: 'add', path: '/tags/1', value: 'z' }], { ...post, tags: ['x', 'z', 'y'] }],
    ['add to its end', [{ op: 'add', path: '/tags/-', value: 'z' }], { ...post, tags: ['x', 'y', 'z'] }],
    ['remove', [{ op: 'remove', path: '/tags/0' }], { ...post, tags: ['y'] }],
    [
      'replace',
      [{ op: 'replace', path: '/author/name', value: 'Bob' }],
      { ...post, author: { name: 'Bob', born: 1980 } },
    ],
    ['replace of all', [{ op: 'replace', path: '', value: { title: 'b' } }], { id: 1, title: 'b' }],
    [
      'move',
      [{ op: 'move', from: '/author/born', path: '/born' }],
      { ...post, born: 1980, author: { name: 'Ann' } },
    ],
    ['copy', [{ op: 'copy', from: '/tags', path: '/more' }], { ...post, more: ['x', 'y'] }],
    ['a test that holds', [{ op: 'test', path: '/author', value: { born: 1980, name: 'Ann' } }], post],
    [
      'several, in turn',
      [
        { op: 'add', path: '/o', value: {} },
        { op: 'add', path: '/o/x', value: 1 },
      ],
      { ...post, o: { x: 1 } },
    ],
    ['none', [], post],
    ['the id stays', [{ op: 'replace', path: '/id', value: 9 }], post],
  ];
  test.each(rows)('%s', async (_sentence, operations, after) => {
    const { patch, get } = await start();
    expect(await patch('/posts/1', JSON.stringify(operations), PATCH)).toMatchObject({ status: 200 });
    expect((await get('/posts/1')).json).toEqual(after);
  });

  const conflicts: unknown[][] = [
    [{ op: 'test', path: '/title', value: 'b' }],
    [{ op: 'test', path: '/nothing', value: 1 }],
    [
      { op: 'replace', path: '/title', value: 'b' },
      { op: 'test', path: '/title', value: 'a' },
    ],
  ];
  test.each(conflicts.map((one) => [one]))('a test that fails is 409: %j', async (operations) => {
    const { patch, get } = await start();
    expect(await patch('/posts/1', JSON.stringify(operations), PATCH)).toMatchObject({
      status: 409,
      json: { code: 'test-failed' },
    });
    expect((await get('/posts/1')).json).toEqual(post);
  });

  const bad: unknown[] = [
    { op: 'add', path: '/a', value: 1 },
    null,
    [null],
    [{ op: 'increment', path: '/a' }],
    [{ op: 'toString', path: '/a' }],
    [{ path: '/a' }],
    [{ op: 'add', path: '/a' }],
    [{ op: 'add', path: 'a', value: 1 }],
    [{ op: 'add', path: '/a~2', value: 1 }],
    [{ op: 'move', path: '/a' }],
    [{ op: 'remove', path: '/nothing' }],
    [{ op: 'replace', path: '/nothing', value: 1 }],
    [{ op: 'add', path: '/nothing/deep', value: 1 }],
    [{ op: 'add', path: '/title/x', value: 1 }],
    [{ op: 'add', path: '/tags/9', value: 1 }],
    [{ op: 'add', path: '/tags/01', value: 1 }],
    [{ op: 'remove', path: '/tags/-' }],
    [{ op: 'remove', path: '/tags/length' }],
    [{ op: 'copy', from: '/toString', path: '/x' }],
    [{ op: 'move', from: '/author', path: '/author/x' }],
    [{ op: 'add', path: '/__proto__/polluted', value: true }],
    [{ op: 'add', path: '/constructor/prototype/polluted', value: true }],
    [{ op: 'remove', path: '' }],
    [{ op: 'replace', path: '', value: [1] }],
  ];
  test.each(bad.map((one) => [JSON.stringify(one)]))('%s is 400 and changes nothing', async (body) => {
    const { patch, get } = await start();
    expect(await patch('/posts/1', body, PATCH)).toMatchObject({ status: 400, json: { code: 'bad-body' } });
    expect((await get('/posts/1')).json).toEqual(post);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('works on a singleton', async () => {
    const { patch } = await start();
    const body = JSON.stringify([{ op: 'replace', path: '/theme', value: 'light' }]);
    expect((await patch('/settings', body, PATCH)).json).toEqual({ theme: 'light', size: { w: 1 } });
  });
});

test('what the schema says is checked, and what is readOnly stays, in every format', async () => {
  const dir = folder({
    'posts.json': [{ id: 1, title: 'a', made: 2020 }],
    'posts.schema.json': {
      properties: { title: { type: 'string' }, made: { type: 'integer', readOnly: true } },
      required: ['title'],
    },
  });
  const { patch, get } = await serve({ sources: dir.path });
  expect((await patch('/posts/1', '{"title": 1}', MERGE)).status).toBe(422);
  expect((await patch('/posts/1', '{"title": null}', MERGE)).status).toBe(422);
  expect((await patch('/posts/1', '[{"op":"remove","path":"/title"}]', PATCH)).status).toBe(422);
  expect((await patch('/posts/1', '{"made": 1, "title": "b"}', MERGE)).status).toBe(200);
  expect((await patch('/posts/1', '[{"op":"remove","path":"/made"}]', PATCH)).status).toBe(200);
  expect((await get('/posts/1')).json).toEqual({ id: 1, title: 'b', made: 2020 });
});

describe('Accept-Patch names the formats', () => {
  const formats = 'application/json, application/merge-patch+json, application/json-patch+json';

  test.each([
    ['/posts/1', formats],
    ['/settings', formats],
    ['/posts', undefined],
    ['/colours', undefined],
    ['/', undefined],
  ])('on OPTIONS of %s: %s', async (path, value) => {
    const { send } = await start();
    expect((await send(path, { method: 'OPTIONS' })).headers['accept-patch']).toBe(value);
  });

  test('and not where writes are off', async () => {
    const { send } = await serve({ sources: { posts: [post] }, writes: 'off' });
    expect((await send('/posts/1', { method: 'OPTIONS' })).headers['accept-patch']).toBeUndefined();
  });

  test('on a 415 of a PATCH, and of nothing else', async () => {
    const { send } = await start();
    const text = { 'Content-Type': 'text/plain' };
    const zipped = { 'Content-Type': 'application/json', 'Content-Encoding': 'rot13' };
    for (const headers of [text, zipped])
      for (const path of ['/posts/1', '/settings', '/posts?id=1']) {
        const answer = await send(path, { method: 'PATCH', body: 'x', headers });
        expect([path, answer.status, answer.headers['accept-patch']]).toEqual([path, 415, formats]);
      }
    const put = await send('/posts/1', { method: 'PUT', body: 'x', headers: text });
    expect([put.status, put.headers['accept-patch']]).toEqual([415, undefined]);
  });

  test('as far as a dialect takes them', async () => {
    const sources = { posts: [post] };
    const django = await serve({ sources, dialect: 'django' });
    const refused = await django.patch('/posts/1/', 'x', { 'Content-Type': 'text/plain' });
    expect([refused.status, refused.headers['accept-patch']]).toEqual([415, 'application/json']);
    const { send } = await serve({ sources, dialect: 'json-server', writes: 'memory' });
    expect((await send('/posts/1', { method: 'OPTIONS' })).headers['accept-patch']).toBe('application/json');
  });
});
