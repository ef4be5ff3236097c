import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/problem.ts';
import { folder } from '../folder.ts';
import { type Served, serve } from '../serve.ts';

const posts = [
  { id: 1, title: 'Seed swap' },
  { id: 2, title: 'Kite day' },
];

describe('a refusal says what to do', () => {
  const rows: [sentence: string, ask: (served: Served) => Promise<{ json: unknown }>, hint: string][] = [
    [
      'a DELETE of a collection without a filter',
      ({ del }) => del('/posts'),
      'With a filter it is; ?id:exists=true means all items. Else: GET, HEAD, POST, OPTIONS.',
    ],
    [
      'a PATCH of a collection without a filter',
      ({ patch }) => patch('/posts', { title: 'x' }),
      'With a filter it is; ?id:exists=true means all items. Else: GET, HEAD, POST, OPTIONS.',
    ],
    ['a verb that a path never has', ({ put }) => put('/posts', {}), 'Allowed: GET, HEAD, POST, OPTIONS.'],
    [
      'a reset of a resource that is misspelt',
      ({ post }) => post('/_standin/reset?resource=pots'),
      "Did you mean 'posts'?",
    ],
    ['a snapshot that was never taken', ({ get }) => get('/_standin/snapshots/a'), 'There is: none.'],
    ['its delete', ({ del }) => del('/_standin/snapshots/a'), 'There is: none.'],
    [
      'a form',
      ({ post }) => post('/posts', 'title=x', { 'Content-Type': 'application/x-www-form-urlencoded' }),
      'Send the header Content-Type: application/json; curl does so with --json.',
    ],
  ];
  test.each(rows)('%s', async (_sentence, ask, hint) => {
    const served = await serve({ sources: { posts } });
    expect((await ask(served)).json).toMatchObject({ hint });
  });

  test('a snapshot of another name is named', async () => {
    const { get, put } = await serve({ sources: { posts } });
    await put('/_standin/snapshots/before');
    expect((await get('/_standin/snapshots/befor')).json).toMatchObject({ hint: 'There is: before.' });
  });
});

test('a field that the config does not list is not called "no field"', async () => {
  const { get, says } = await serve({ sources: { posts }, dialect: 'django' });
  await get('/posts/?title=x');
  const { text } = await says(/'title' is no/);
  expect(text).toContain(
    "'title' is no parameter of GET posts. It is a field: list it in resources.posts.filters.",
  );
});

describe('a schema that breaks the rules of schemas', () => {
  const rows: [schema: object, message: string, hint?: string][] = [
    [
      { type: 'objct' },
      'posts: the schema /type must be one of "array", "boolean", "integer", "null", "number", "object", "string", got "objct"',
    ],
    [
      { properties: { title: { minLength: '3' } } },
      'posts: the schema /properties/title/minLength must be integer, got text',
    ],
    [
      { properties: { title: { required: true } } },
      'posts: the schema /properties/title/required must be array, got a boolean',
      'It is a list of names, and stands beside "properties".',
    ],
  ];
  test.each(rows)('%j', async (schema, message, hint) => {
    const { path } = folder({ 'posts.json': posts, 'posts.schema.json': schema });
    const made = await serve({ sources: path }).catch((problem: Problem) => problem);
    expect(made).toMatchObject({ code: 'bad-schema', message, facts: hint === undefined ? {} : { hint } });
  });
});

test('a Problem of a code that does not exist says which codes there are', () => {
  for (const code of ['nope', 'constructor'])
    expect(() => new Problem(code as 'invalid', 'x')).toThrow(
      `there is no code '${code}' for a Problem; it has: `,
    );
});
