import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import { folder } from '../folder.ts';
import { type Served, serve } from '../serve.ts';

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const merging = { 'Content-Type': 'application/merge-patch+json' };
const patching = { 'Content-Type': 'application/json-patch+json' };

/** An object of so many levels, the text of it, and the path to the innermost. */
const deep = (levels: number, inside = '{}'): string =>
  '{"child":'.repeat(levels - 1) + inside + '}'.repeat(levels - 1);
const down = (levels: number): string => '/child'.repeat(levels);

/** A node may hold another, to any depth. */
const schema = { properties: { id: { type: 'integer' }, name: { type: 'string' }, child: { $ref: '#' } } };
const nodes = [{ id: 1, name: 'first' }];

const serveNodes = (options = {}) =>
  serve({ sources: folder({ 'nodes.json': nodes, 'nodes.schema.json': schema }).path, ...options });

async function list({ standin, get }: Served): Promise<number> {
  expect((await get(standin.path('nodes'))).status).toBe(200);
  return standin.count('nodes');
}

describe('an item of 200 levels is kept, one of 201 is refused and leaves no trace', () => {
  const rows: [
    sentence: string,
    method: string,
    path: string,
    headers: object,
    body: (levels: number) => string,
  ][] = [
    ['POST', 'POST', '/nodes', json, deep],
    ['POST of a list of items', 'POST', '/nodes', json, (levels) => `[{},${deep(levels)}]`],
    ['PUT', 'PUT', '/nodes/1', json, deep],
    ['PATCH', 'PATCH', '/nodes/1', json, deep],
    ['PATCH of all that a filter finds', 'PATCH', '/nodes?name=first', json, deep],
    ['a merge patch', 'PATCH', '/nodes/1', merging, deep],
    [
      'a patch that replaces all of an item',
      'PATCH',
      '/nodes/1',
      patching,
      (levels) => `[{"op":"replace","path":"","value":${deep(levels)}}]`,
    ],
    [
      'a patch that adds to what it added',
      'PATCH',
      '/nodes/1',
      patching,
      (levels) =>
        `[{"op":"add","path":"/child","value":${deep(150)}},
            {"op":"add","path":"${down(151)}","value":${deep(levels - 151)}}]`,
    ],
    [
      'a patch that copies an object into itself',
      'PATCH',
      '/nodes/1',
      patching,
      (levels) =>
        `[{"op":"add","path":"/child","value":${deep(levels - 101)}},
            {"op":"add","path":"/other","value":${deep(100)}},
            {"op":"copy","from":"/child","path":"/other${down(100)}"}]`,
    ],
    [
      'a patch that moves an object into another',
      'PATCH',
      '/nodes/1',
      patching,
      (levels) =>
        `[{"op":"add","path":"/child","value":${deep(levels - 101)}},
            {"op":"add","path":"/other","value":${deep(100)}},
            {"op":"move","from":"/child","path":"/other${down(100)}"}]`,
    ],
    ['PUT of a singleton', 'PUT', '/top', json, deep],
    ['PATCH of a singleton', 'PATCH', '/top', json, deep],
    ['a merge patch of a singleton', 'PATCH', '/top', merging, deep],
    [
      'PUT of a plain value',
      'PUT',
      '/values',
      json,
      (levels) => `[${'['.repeat(levels)}${']'.repeat(levels)}]`,
    ],
  ];
  test.each(rows)('%s', async (_sentence, method, path, headers, body) => {
    const { send, get } = await serve({ sources: { nodes, top: {}, values: ['a'] } });
    const before = (await get('/_standin/db')).body;
    const refused = await send(path, { method, headers: headers as never, body: body(201) });
    expect([refused.status, refused.json]).toEqual([400, expect.objectContaining({ code: 'too-deep' })]);
    expect((await get('/_standin/db')).body).toBe(before);
    const kept = await send(path, { method, headers: headers as never, body: body(200) });
    expect([kept.status, kept.body]).toEqual([method === 'POST' ? 201 : 200, expect.any(String)]);
    expect((await get('/_standin/db')).status).toBe(200);
  });
});

describe('what is nested beyond all bounds is refused in the words of each dialect', () => {
  const python = (kind: string) => ({
    detail: `JSON parse error - maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`,
  });
  const page = expect.stringContaining('The JSON is nested too deep');
  const words: Record<string, (kind: string) => unknown> = {
    rest: () => expect.objectContaining({ code: 'too-deep', error: expect.stringContaining('200 levels') }),
    'json-server': () => page,
    'json-server-1': () => ({ error: expect.stringContaining('200 levels') }),
    jsonplaceholder: () => page,
    django: python,
    'simple-rest': () => ({ message: expect.stringContaining('200 levels') }),
    fastapi: () => ({ detail: 'There was an error parsing the body' }),
    'fastapi-pydantic1': () => ({ detail: 'There was an error parsing the body' }),
  };
  const bodies: [sentence: string, kind: string, body: string][] = [
    ['objects', 'object', deep(10_000)],
    ['arrays in an object', 'array', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['brackets that are never closed', 'array', '['.repeat(10_000)],
    ['brackets behind others that close nothing', 'array', `[${'}'.repeat(20_000)},${'['.repeat(10_000)}`],
    ['brackets behind a text that is not closed', 'array', `"\n${'['.repeat(10_000)}`],
    ['brackets behind a comment', 'array', `/* [ */ ${'['.repeat(10_000)}`],
  ];
  const rows = dialectNames.flatMap((dialect) => bodies.map((row) => [dialect, ...row] as const));
  test.each(rows)('%s: %s', async (dialect, _sentence, kind, body) => {
    const served = await serveNodes({ dialect, writes: 'memory' });
    const { status, json: said, body: text } = await served.post(served.standin.path('nodes'), body, json);
    expect([status, said ?? text]).toEqual([400, words[dialect]?.(kind)]);
    expect(await list(served)).toBe(1);
    expect(served.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

test('a form of the django dialect is refused where its names nest too deep', async () => {
  const served = await serveNodes({ dialect: 'django' });
  const kept = await served.post('/nodes/', `${'child.'.repeat(199)}name=x`, form);
  expect(kept.status).toBe(201);
  for (const levels of [200, 10_000]) {
    const { status, json } = await served.post('/nodes/', `${'child.'.repeat(levels)}name=x`, form);
    expect([status, json]).toEqual([400, { detail: expect.stringContaining('maximum recursion depth') }]);
  }
  expect(await list(served)).toBe(2);
});

test('a patch that doubles what is there, again and again, ends', async () => {
  const { send, get } = await serve({ sources: { nodes: [{ id: 1, a: { text: 'x'.repeat(1000) } }] } });
  const doubling = Array.from({ length: 60 }, (_, i) => [
    { op: 'copy', from: '/a', path: '/b' },
    { op: 'move', from: '/b', path: `/a/${i}` },
  ]).flat();
  const { status, json } = await send('/nodes/1', {
    method: 'PATCH',
    headers: patching,
    body: JSON.stringify(doubling),
  });
  expect([status, json]).toEqual([400, expect.objectContaining({ code: 'too-much' })]);
  expect((await get('/nodes/1')).body.length).toBeLessThan(2000);
});
