import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

type Files = Readonly<Record<string, unknown>>;

const address = {
  type: 'object',
  properties: { city: { type: 'string' }, zip: { readOnly: true } },
  required: ['city'],
};
const posts = (ref: string) => ({ properties: { home: { $ref: ref } } });

describe('a $ref reaches a file of any name', () => {
  const rows: [sentence: string, files: Files][] = [
    ['beside it', { 'posts.schema.json': posts('address.json'), 'address.json': address }],
    ['by a path', { 'posts.schema.json': posts('./parts/address.json'), 'parts/address.json': address }],
    ['of another folder', { 'schemas/posts.schema.json': posts('../parts/a.json'), 'parts/a.json': address }],
    ['in YAML', { 'posts.schema.json': posts('address.yaml'), 'address.yaml': JSON.stringify(address) }],
    [
      'a part of it',
      { 'posts.schema.json': posts('all.json#/$defs/address'), 'all.json': { $defs: { address } } },
    ],
    [
      'a part that no keyword holds',
      { 'posts.schema.json': posts('all.json#/components/address'), 'all.json': { components: { address } } },
    ],
    [
      'over several files',
      {
        'posts.schema.json': posts('one.json'),
        'one.json': { $ref: 'parts/two.json' },
        'parts/two.json': { $ref: '../three.json#/definitions/a' },
        'three.json': { definitions: { a: address } },
      },
    ],
    [
      'from a schema with an $id of another place',
      {
        'posts.schema.json': { $id: 'https://example.com/schemas/post', ...posts('address.json') },
        'address.json': { $id: 'https://example.com/schemas/address', ...address },
      },
    ],
    [
      'from a part with an $id of another place',
      {
        'posts.schema.json': {
          $defs: { a: { $id: 'https://example.com/a', $ref: 'address.json' } },
          ...posts('#/$defs/a'),
        },
        'address.json': address,
      },
    ],
    [
      'from draft-07 to a later one',
      {
        'posts.schema.json': { $schema: 'http://json-schema.org/draft-07/schema#', ...posts('address.json') },
        'address.json': { $schema: 'https://json-schema.org/draft/2020-12/schema', ...address },
      },
    ],
    [
      'of draft-04',
      {
        'posts.schema.json': {
          $schema: 'http://json-schema.org/draft-04/schema#',
          id: 'posts',
          ...posts('address.json'),
        },
        'address.json': { $schema: 'http://json-schema.org/draft-04/schema#', id: 'address', ...address },
      },
    ],
    [
      'with a space in its name',
      { 'posts.schema.json': posts('the%20address.json'), 'the address.json': address },
    ],
    [
      'with a space that is not escaped',
      { 'posts.schema.json': posts('the address.json'), 'the address.json': address },
    ],
  ];
  test.each(rows)('%s', async (_sentence, files) => {
    const { path } = folder({ 'posts.json': [{ id: 1, home: { city: 'x', zip: 1 } }], ...files });
    const { standin, post, put } = await serve({ sources: path });
    expect((await post('/posts', { home: { city: 'y' } })).status).toBe(201);
    const { status, json } = await post('/posts', { home: {} });
    expect([status, json]).toMatchObject([422, { details: [{ path: '/home/city', keyword: 'required' }] }]);
    expect((await put('/posts/1', { home: { city: 'z', zip: 2 } })).json).toMatchObject({ home: { zip: 1 } });
    // What is referred to is no resource, though it lies in the folder.
    expect([...standin.model.resources.keys()]).toEqual(['posts']);
    expect(standin.warnings).toEqual([]);
  });

  test('a file that the user names stays a fixture', async () => {
    const dir = folder({
      'posts.json': [],
      'posts.schema.json': posts('address.json'),
      'address.json': address,
    });
    const { standin } = await serve({ sources: [dir.file('posts.json'), dir.file('address.json')] });
    expect([...standin.model.resources.keys()]).toEqual(['posts', 'type', 'properties', 'required']);
  });

  test('a key called $ref in plain values refers to nothing', async () => {
    const schema = { properties: { a: { default: { $ref: 'users.json' }, enum: [{ $ref: 'users.json' }] } } };
    const { standin } = await serve({
      sources: folder({ 'posts.schema.json': schema, 'users.json': [] }).path,
    });
    expect([...standin.model.resources.keys()].sort()).toEqual(['posts', 'users']);
  });

  test('a module does not run because a schema names it', async () => {
    const { path } = folder({
      'posts.schema.json': posts('address.mjs'),
      'address.mjs': 'globalThis.ran = true;',
    });
    await expect(serve({ sources: path })).rejects.toMatchObject({ code: 'bad-schema' });
    expect(globalThis).not.toHaveProperty('ran');
  });

  test('a file that is broken is named', async () => {
    const dir = folder({ 'posts.schema.json': posts('address.json'), 'address.json': '{"type": "objekt"}' });
    await expect(serve({ sources: dir.path })).rejects.toMatchObject({
      code: 'bad-schema',
      facts: { place: { file: dir.file('address.json'), line: 1 } },
    });
  });

  test('is read again when it changes, wherever it lies, and when it becomes one', async () => {
    const dir = folder({
      'data/posts.json': [],
      'data/posts.schema.json': posts('../parts/address.json'),
      'parts/address.json': address,
      'more/phone.json': { required: ['number'] },
    });
    const { post, says, lines } = await serve({ sources: dir.file('data'), watch: true });
    expect((await post('/posts', { home: {} })).status).toBe(422);
    dir.write('parts/address.json', { required: 'wrong' });
    await says(/address\.json.*required/);
    let from = lines.length;
    dir.write('parts/address.json', {});
    await says(/can be read again/, from);
    expect((await post('/posts', { home: {} })).status).toBe(201);
    from = lines.length;
    dir.write('data/posts.schema.json', {
      ...posts('../more/phone.json'),
      properties: { home: { $ref: '../more/phone.json' }, a: { minLenght: 1 } },
    });
    await says(/minLength/, from);
    expect((await post('/posts', { home: {} })).status).toBe(422);
    from = lines.length;
    dir.write('more/phone.json', { minLenght: 1 });
    await says(/phone.*minLength/, from);
    expect((await post('/posts', { home: {} })).status).toBe(201);
  });
});

describe('draft-04', () => {
  const $schema = 'http://json-schema.org/draft-04/schema#';
  const rows: [sentence: string, schema: object, good: object, bad: object][] = [
    ['exclusiveMinimum', { properties: { a: { minimum: 1, exclusiveMinimum: true } } }, { a: 2 }, { a: 1 }],
    [
      'exclusiveMinimum that is false',
      { properties: { a: { minimum: 1, exclusiveMinimum: false } } },
      { a: 1 },
      { a: 0 },
    ],
    ['exclusiveMaximum', { properties: { a: { maximum: 1, exclusiveMaximum: true } } }, { a: 0 }, { a: 1 }],
    [
      'an exclusive limit without its limit',
      { properties: { a: { exclusiveMaximum: true, type: 'number' } } },
      { a: 9 },
      { a: 'x' },
    ],
    [
      'id and a reference to it',
      { definitions: { n: { id: '#n', type: 'number' } }, properties: { a: { $ref: '#n' } } },
      { a: 1 },
      { a: 'x' },
    ],
    [
      'a $ref stands alone',
      { definitions: { n: { type: 'number' } }, properties: { a: { $ref: '#/definitions/n', maximum: 1 } } },
      { a: 2 },
      { a: 'x' },
    ],
    [
      'inside what it holds',
      { properties: { l: { items: { oneOf: [{ minimum: 3, exclusiveMinimum: true }] } } } },
      { l: [4] },
      { l: [3] },
    ],
    [
      'a field called id or exclusiveMinimum is a field',
      { properties: { exclusiveMinimum: { type: 'boolean' } } },
      { exclusiveMinimum: true },
      { exclusiveMinimum: 1 },
    ],
    ['dependencies', { dependencies: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
  ];
  test.each(rows)('%s', async (_sentence, schema, good, bad) => {
    for (const head of [{ $schema }, { $schema, id: 'http://example.com/things' }, { id: 'things' }]) {
      // A $ref that stands alone is no rule of the latest draft.
      if (!('$schema' in head) && JSON.stringify(schema).includes('maximum":1}')) continue;
      const dir = folder({ 'things.json': [], 'things.schema.json': { ...head, ...schema } });
      const { post } = await serve({ sources: dir.path });
      expect([head, (await post('/things', good)).status, (await post('/things', bad)).status]).toEqual([
        head,
        201,
        422,
      ]);
    }
  });
});
