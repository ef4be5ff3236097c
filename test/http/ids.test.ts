import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const JSON_BODY = { 'Content-Type': 'application/json' };
const DIALECTS = ['rest', 'json-server', 'fastapi', 'fastapi-pydantic1'];

const bad: [sentence: string, id: string][] = [
  ['a number too large for any machine', '1e400'],
  ['the same below zero', '-1e309'],
  ['the first number that has two names', '9007199254740992'],
  ['a number that is read as another one', '9007199254740993'],
  ['the same below zero', '-9007199254740992'],
  ['a large number with an exponent', '1.5e300'],
  ['a lone high surrogate', '"\\ud800"'],
  ['a lone low surrogate in a text', '"a\\udfffb"'],
  ['two surrogates in the wrong order', '"\\ude00\\ud83d"'],
];

describe.each(DIALECTS)("%s refuses a client's id before anything is stored", (dialect) => {
  test.each(bad)('%s: %s', async (_sentence, id) => {
    const { post, get } = await serve({ sources: { things: [{ id: 1 }] }, dialect, writes: 'memory' });
    expect((await post('/things', `{"id":${id},"n":1}`, JSON_BODY)).status).toBe(422);
    expect((await get('/things')).json).toEqual([{ id: 1 }]);
    expect((await post('/things', { n: 2 })).json).toEqual({ id: 2, n: 2 });
  });

  test.each([
    [String(LARGEST), LARGEST],
    [String(-LARGEST), -LARGEST],
    ['"\\ud83d\\ude00"', '😀'],
  ])('and keeps %s', async (id, stored) => {
    const { post, get } = await serve({ sources: { things: [{ id: 1 }] }, dialect, writes: 'memory' });
    const made = await post('/things', `{"id":${id}}`, JSON_BODY);
    expect([made.status, made.json]).toEqual([201, { id: stored }]);
    expect((await get('/things')).json).toEqual([{ id: 1 }, { id: stored }]);
  });
});

test('the refusal says what an id may be, and of several items which one is meant', async () => {
  const { post, get } = await serve({ sources: { things: [] } });
  expect((await post('/things', '{"id":1e400}', JSON_BODY)).json).toMatchObject({
    code: 'invalid',
    error: `id must be a number from -${LARGEST} to ${LARGEST}`,
    details: [{ path: '/id', keyword: 'maximum' }],
  });
  expect((await post('/things', '[{},{"id":"\\ud800"},{"id":-1e17}]', JSON_BODY)).json).toMatchObject({
    code: 'invalid',
    details: [
      { path: '/1/id', keyword: 'format' },
      { path: '/2/id', keyword: 'minimum' },
    ],
  });
  expect((await get('/things')).json).toEqual([]);
});

test('an id that fixtures have and that no URL can hold is refused, not a fault of ours', async () => {
  const { post, lines } = await serve({ sources: { things: [{ id: '\ud800' }] } });
  expect((await post('/things', '{"id":"\\ud800"}', JSON_BODY)).status).toBe(422);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});

describe.each([...DIALECTS, 'django'])('%s generates an id that is free and safe', (dialect) => {
  const path = dialect === 'django' ? '/things/' : '/things';
  const ids = (json: unknown) => (json as { id: number }[]).map(({ id }) => id);

  test('when the largest is taken: the largest free one below', async () => {
    const taken = [LARGEST, LARGEST - 2, 5];
    const { post, get } = await serve({
      sources: { things: taken.map((id) => ({ id })) },
      dialect,
      writes: 'memory',
    });
    const made = [await post(path, {}), await post(path, {}), await post(path, {})];
    expect(made.map(({ json }) => (json as { id: number }).id)).toEqual([
      LARGEST - 1,
      LARGEST - 3,
      LARGEST - 4,
    ]);
    expect(new Set(ids((await get(path)).json)).size).toBe(6);
  });

  test('when fixtures have one that is beyond it', async () => {
    const sources = { things: [{ id: 2 ** 60 }, { id: 3 }] };
    const { post, get } = await serve({ sources, dialect, writes: 'memory' });
    for (let i = 0; i < 3; i++) expect((await post(path, {})).status).toBe(201);
    const all = ids((await get(path)).json);
    expect(new Set(all).size).toBe(5);
    expect(all.slice(2).every(Number.isSafeInteger)).toBe(true);
  });
});

test('what is deleted up there is free again', async () => {
  const { post, del } = await serve({ sources: { things: [{ id: LARGEST }] } });
  for (let i = 1; i <= 3; i++) expect((await post('/things', {})).json).toEqual({ id: LARGEST - i });
  await del(`/things/${LARGEST - 2}`);
  expect((await post('/things', {})).json).toEqual({ id: LARGEST - 2 });
  expect((await post('/things', {})).json).toEqual({ id: LARGEST - 4 });
});

test('an id of sixteen digits in a path is the number it is elsewhere', async () => {
  const { put, post, get } = await serve({ sources: { things: [{ id: 1 }] }, putCreates: true });
  expect((await put(`/things/${LARGEST}`, { n: 1 })).json).toEqual({ id: LARGEST, n: 1 });
  expect((await post('/things', {})).json).toEqual({ id: LARGEST - 1 });
  expect((await get('/things')).json).toHaveLength(3);
});

test.each(['constructor', 'toString', '__proto__'])('%s may be the field that holds the id', async (id) => {
  const { post, get } = await serve({ sources: { things: JSON.parse(`[{"${id}":5},{"n":1}]`) }, id });
  const added = await post('/things', { n: 2 });
  expect([added.status, added.body]).toEqual([201, `{"${id}":6,"n":2}`]);
  expect((await get('/things')).body).toBe(`[{"${id}":5},{"${id}":2,"n":1},{"${id}":6,"n":2}]`);
  expect((await post('/things', `{"${id}":6}`, JSON_BODY)).status).toBe(409);
});
