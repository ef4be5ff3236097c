import { describe, expect, test } from 'vitest';
import { createStandin } from '../../src/standin.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

type Files = Readonly<Record<string, unknown>>;

/** What is said at start, without the folder. */
async function warnings(files: Files, options = {}): Promise<string[]> {
  const { path } = folder(files);
  const { standin } = await serve({ sources: path, ...options });
  return standin.warnings.map((line) => line.replaceAll(`${path}/`, ''));
}

/** What a start fails with, without the folder. */
async function failure(files: Files, options = {}): Promise<string> {
  const { path } = folder(files);
  const error = await createStandin({ sources: path, watch: false, ...options }).catch(
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ name: 'Problem', exit: 1 });
  return String(error).replaceAll(`${path}/`, '');
}

const things = (schema: unknown): Files => ({ 'things.json': [], 'things.schema.json': schema });

describe('a keyword that was most likely meant', () => {
  const rows: [written: string, meant: string | undefined][] = [
    ['requierd', 'required'],
    ['Required', 'required'],
    ['propertes', 'properties'],
    ['additionalProperty', 'additionalProperties'],
    ['readonly', 'readOnly'],
    ['minLenght', 'minLength'],
    ['ref', '$ref'],
    ['enums', 'enum'],
    ['oneof', 'oneOf'],
    ['x-requierd', undefined],
    ['faker', undefined],
    ['example', undefined],
    ['foo', undefined],
    ['markdownDescription', undefined],
    ['tsType', undefined],
  ];
  test.each(rows)('%s: %s', async (written, meant) => {
    const found = await warnings(things(`{\n  "properties": {"a": {\n    "${written}": []}}\n}`));
    expect(found).toEqual(
      meant === undefined
        ? []
        : [
            `things.schema.json:3:${written.length + 9}: things: '${written}' is no keyword of JSON Schema; did you mean '${meant}'?`,
          ],
    );
  });

  test('is no fault where it is a name: of a field, in an enum, in what no keyword holds', async () => {
    const schema = {
      properties: { requierd: {}, a: { enum: [{ propertes: 1 }], default: { requierd: 1 } } },
      components: { requierd: {} },
      $defs: { itmes: {} },
    };
    expect(await warnings(things({ ...schema, properties: { requierd: {} } }))).toEqual([]);
  });

  test('is looked for where a reference leads', async () => {
    const schema = { properties: { a: { $ref: '#/components/a' } }, components: { a: { minLenght: 1 } } };
    expect(await warnings(things(schema))).toEqual([expect.stringContaining("'minLength'")]);
  });

  test('is said a few times', async () => {
    const properties = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}`, { minLenght: 1 }]));
    const found = await warnings(things({ properties }));
    expect(found).toHaveLength(6);
    expect(found.at(-1)).toBe('things.schema.json: 4 more like these');
  });
});

describe('a format', () => {
  const rows: [format: string, said: string | undefined][] = [
    ['emial', "the format 'emial' is not known and not checked; did you mean 'email'?"],
    ['shoe-size', "the format 'shoe-size' is not known and not checked"],
    ['email', undefined],
    ['decimal', undefined],
    ['iri', undefined],
    ['int64', undefined],
  ];
  test.each(rows)('%s', async (format, said) => {
    const found = await warnings(things(`{"properties": {"a": {\n  "format": "${format}"}}}`));
    expect(found).toEqual(said === undefined ? [] : [`things.schema.json:2:13: things: ${said}`]);
  });
});

describe('a default that breaks its own schema', () => {
  const rows: [sentence: string, schema: object, said: string[]][] = [
    ['type', { type: 'integer', default: 'x' }, ['the default must be integer, got text, so it is not used']],
    ['null', { type: 'string', default: null }, ['the default must be string, got null, so it is not used']],
    ['limits', { maximum: 3, default: 4 }, ['the default must be <= 3, so it is not used']],
    [
      'inside',
      { properties: { b: { type: 'integer' } }, default: { b: 'x' } },
      ['the default at /b must be integer, got text, so it is not used'],
    ],
    [
      'behind a $ref',
      { $ref: '#/$defs/n', default: 'x' },
      ['the default must be number, got text, so it is not used'],
    ],
    ['one that keeps it', { $ref: '#/$defs/n', default: 1 }, []],
  ];
  test.each(rows)('%s', async (_sentence, schema, said) => {
    const files = things({ properties: { a: schema }, $defs: { n: { type: 'number' } } });
    const found = await warnings(files);
    expect(found.map((line) => line.replace(/^\S+:\d+:\d+: things: /, ''))).toEqual(said);
    const { post } = await serve({ sources: folder(files).path });
    const { status, json } = await post('/things', {});
    expect([status, json]).toEqual([201, said.length > 0 ? { id: 1 } : { id: 1, a: 1 }]);
  });

  test('says where it stands', async () => {
    expect(
      await warnings(things('{"properties": {\n  "a": {"type": "integer",\n  "default": "x"}}}')),
    ).toEqual(['things.schema.json:3:14: things: the default must be integer, got text, so it is not used']);
  });

  test('does not hide others behind a part that nothing uses and that refers to nothing', async () => {
    const schema = {
      $defs: { unused: { $ref: 'gone.json', default: 1 } },
      properties: { a: { type: 'integer', default: 'x' } },
    };
    expect(await warnings(things(schema))).toEqual([expect.stringContaining('the default must be integer')]);
  });
});

describe('a schema under another spelling of a resource', () => {
  const items = [{ id: 1 }];
  const schema = { properties: { a: {} } };
  const rows: [sentence: string, files: Files, said: string[], resources: string[]][] = [
    [
      'post where there are posts',
      { 'posts.json': items, 'post.schema.json': schema },
      ["post.schema.json:1:1: there is no resource 'post'; did you mean posts.schema.json?"],
      ['posts'],
    ],
    [
      'another way to write two words',
      { 'blogPosts.json': items, 'schemas/blog-posts.schema.yaml': 'type: object' },
      [
        "schemas/blog-posts.schema.yaml:1:1: there is no resource 'blog-posts'; did you mean blogPosts.schema.yaml?",
      ],
      ['blogPosts'],
    ],
    [
      'where posts have a schema and no fixture',
      { 'posts.schema.json': schema, 'post.schema.json': schema },
      ["post.schema.json:1:1: there is no resource 'post'; did you mean posts.schema.json?"],
      ['posts'],
    ],
    [
      'one that another schema refers to is meant so',
      { 'posts.json': items, 'posts.schema.json': { $ref: 'post.schema.json' }, 'post.schema.json': schema },
      [],
      ['posts'],
    ],
    [
      'another name is another resource',
      { 'posts.json': items, 'users.schema.json': schema },
      [],
      ['posts', 'users'],
    ],
    [
      'a fixture of that name',
      { 'posts.json': items, 'post.json': { a: 1 }, 'post.schema.json': schema },
      [],
      ['post', 'posts'],
    ],
  ];
  test.each(rows)('%s', async (_sentence, files, said, resources) => {
    const { path } = folder(files);
    const { standin } = await serve({ sources: path });
    expect(standin.warnings.map((line) => line.replaceAll(`${path}/`, ''))).toEqual(said);
    expect([...standin.model.resources.keys()].sort()).toEqual(resources);
  });
});

describe('a fixture that breaks unique', () => {
  const text =
    '[\n{"id": 1, "mail": "a", "code": 1, "level": 1},\n{"id": 2, "mail": "b", "code": 1, "level": 2},\n{"id": 3, "mail": "a", "code": 1, "level": 1},\n{"id": 4}, {"id": 5, "mail": null}, {"id": 6, "mail": null}]';
  test('is said with both places', async () => {
    const unique = { people: ['mail', ['code', 'level']] };
    expect(await warnings({ 'people.json': text }, { unique })).toEqual([
      'people.json:4:1: people/mail is taken by the item at people.json:2:1',
      'people.json:4:1: people must be unique together: code, level; taken by the item at people.json:2:1',
    ]);
  });

  test('1 and "1" are two values, and lists are not compared', async () => {
    const people = [
      { id: 1, mail: 1, tags: [1] },
      { id: 2, mail: '1', tags: [1] },
    ];
    expect(await warnings({ 'people.json': people }, { unique: { people: ['mail', 'tags'] } })).toEqual([]);
  });

  test('is said beside what breaks the schema, a few times in all', async () => {
    const people = Array.from({ length: 20 }, (_, i) => ({ id: i + 1, mail: 'a' }));
    const files = { 'people.json': people, 'people.schema.json': { required: ['name'] } };
    const found = await warnings(files, { unique: { people: ['mail'] } });
    expect(found).toHaveLength(6);
    expect(found.at(-1)).toBe('people: 34 more faults');
  });
});

describe('schemas that cannot be used say why', () => {
  const rows: [sentence: string, files: Files, said: RegExp][] = [
    ['an empty file', things(''), /^things\.schema\.json:1:1: expected a JSON Schema, found an empty file/],
    [
      'a file of spaces',
      things(' \n'),
      /^things\.schema\.json:1:1: expected a JSON Schema, found an empty file/,
    ],
    [
      'two with one $id',
      {
        'a.schema.json': '{\n"$id": "https://example.com/x"}',
        'b.schema.json': '{\n"$id": "https://example.com/x"}',
      },
      /^b\.schema\.json:1:1: b: another schema is called https:\/\/example\.com\/x, too\n {2}That one is at a\.schema\.json:1:1\./,
    ],
    [
      'two with one $id inside',
      things({ properties: { a: { $id: 'x', type: 'string' }, b: { $id: 'x', type: 'number' } } }),
      /^things\.schema\.json:\d+:\d+: things: another schema is called file:.*x, too/,
    ],
    [
      'a $dynamicRef that leads nowhere',
      things('{"properties": {\n "a": {"$dynamicRef": "#gone"}}}'),
      /^things\.schema\.json:2:23: things: can't resolve \$dynamicRef #gone/,
    ],
    [
      'one at the root',
      things({ $dynamicRef: '#gone' }),
      /^things\.schema\.json:\d+:\d+: things: can't resolve \$dynamicRef #gone/,
    ],
    [
      'a $ref that leads nowhere, with its place',
      things('{"properties": {\n "a": {"$ref": "#/$defs/gone"}}}'),
      /^things\.schema\.json:2:16: things: can't resolve reference #\/\$defs\/gone/,
    ],
    [
      'a $ref into the web',
      things({ $ref: 'https://example.com/schema.json' }),
      /can't resolve reference https:\/\/example\.com\/schema\.json/,
    ],
    [
      'a $recursiveRef that goes round through another file',
      {
        ...things({ $ref: 'others.schema.json', properties: { a: { $ref: '#/gone' } } }),
        'others.schema.json': {},
      },
      /can't resolve reference #\/gone/,
    ],
  ];
  test.each(rows)('%s', async (_sentence, files, said) => {
    expect(await failure(files)).toMatch(said);
  });

  test.each([
    ['{"$ref": "#"}'],
    ['{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#"}]}}}'],
    ['{"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveRef": "#"}'],
    ['{"$dynamicRef": "#a", "$dynamicAnchor": "a"}'],
  ])('%s leads to itself: the reference says nothing', async (schema) => {
    const files = { 'things.json': [{ id: 1, a: 1 }], 'things.schema.json': schema };
    expect(await warnings(files)).toEqual([
      expect.stringMatching(
        /things\.schema\.json:\d+:\d+: things: this schema refers to itself without an end/,
      ),
    ]);
  });

  test.each([
    [
      'a pattern',
      { properties: { slug: { pattern: '^(a+)+$' } } },
      ':1:\\d+',
      { slug: `${'a'.repeat(60)}!` },
    ],
    [
      'a pattern of names',
      { patternProperties: { '^(a+)+$': {} } },
      ':1:\\d+',
      { [`${'a'.repeat(60)}!`]: 1 },
    ],
  ])('%s that never ends is named', async (_sentence, schema, place, item) => {
    const items = [{ id: 1 }, { id: 2, ...item }];
    const files = { 'things.json': JSON.stringify(items), 'things.schema.json': JSON.stringify(schema) };
    expect(await failure(files)).toMatch(
      new RegExp(
        `^things\\.schema\\.json${place}: things: the pattern "\\^\\(a\\+\\)\\+\\$" takes longer than 2 s for the item at things\\.json:1:\\d+`,
      ),
    );
  });

  test('a pattern that never ends for a default is named', async () => {
    const slug = { pattern: '^(a+)+$', default: `${'a'.repeat(60)}!` };
    const schema = { properties: { title: { default: 'x' }, slug } };
    expect(await failure(things(JSON.stringify(schema)))).toMatch(
      /^things\.schema\.json:1:\d+: things: the pattern "\^\(a\+\)\+\$" takes longer than 2 s for a default/,
    );
  });
});
