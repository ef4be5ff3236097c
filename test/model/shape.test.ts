import { describe, expect, test } from 'vitest';
import type { Shape } from '../../src/index.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { Documents } from '../../src/schema/documents.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

function fieldOf(schema: object, others: object = {}): Shape {
  const value = { properties: { x: schema }, ...others } as JsonObject;
  const source = {
    name: 'things',
    file: 'data',
    uri: 'test:things',
    value,
    locate: () => ({ file: 'data' }),
  };
  return new Documents([source]).all.map((document) => shapeOf(document.schema))[0]?.fields.get('x') as Shape;
}

describe('what schemas say of a value', () => {
  const text = { type: 'string' };
  const rows: [sentence: string, schema: object, read: (shape: Shape) => unknown, found: unknown][] = [
    ['types, without null', { type: ['string', 'null'] }, ({ types }) => types, ['string']],
    ['null alone is a type', { type: 'null' }, ({ types }) => types, ['null']],
    [
      'of two schemas, the types that both allow',
      { type: ['number', 'string'], allOf: [{ type: 'integer' }] },
      ({ types }) => types,
      ['integer'],
    ],
    ['no type where nothing is said', {}, ({ types }) => types, []],
    ['null by its type', { type: ['string', 'null'] }, ({ nullable }) => nullable, true],
    ['null by nullable', { type: 'string', nullable: true }, ({ nullable }) => nullable, true],
    ['null by an enum', { enum: ['a', null] }, ({ nullable }) => nullable, true],
    [
      'no null where the enum has none',
      { type: ['string', 'null'], enum: ['a'] },
      ({ nullable }) => nullable,
      false,
    ],
    ['null by a choice', { anyOf: [text, { type: 'null' }] }, ({ nullable }) => nullable, true],
    [
      'null by one of several forms',
      { oneOf: [text, { type: ['integer', 'null'] }] },
      ({ nullable }) => nullable,
      true,
    ],
    [
      'no null where another schema forbids it',
      { type: 'string', anyOf: [{ minLength: 1 }, { type: 'null' }] },
      ({ nullable }) => nullable,
      false,
    ],
    [
      'a choice with null is the other schema',
      { oneOf: [{ type: 'null' }, { ...text, format: 'date' }] },
      ({ format, alternatives }) => [format, alternatives.length],
      ['date', 0],
    ],
    [
      'a choice with anything says nothing for certain',
      { anyOf: [{ ...text, format: 'date' }, true] },
      ({ format, alternatives }) => [format, alternatives.length],
      [undefined, 2],
    ],
    [
      'several forms',
      { oneOf: [text, { type: 'integer' }] },
      ({ alternatives }) => alternatives.map(({ types }) => types),
      [['string'], ['integer']],
    ],
    [
      'several types are forms',
      { type: ['string', 'integer'], maxLength: 3 },
      ({ alternatives }) => alternatives.map(({ types, bounds }) => [types, bounds]),
      [
        [['string'], { maxLength: 3 }],
        [['integer'], { maxLength: 3 }],
      ],
    ],
    [
      'the tightest bounds',
      { minLength: 1, maxLength: 9, allOf: [{ minLength: 3, maxLength: 20 }] },
      ({ bounds }) => bounds,
      { minLength: 3, maxLength: 9 },
    ],
    [
      'the nearest words',
      { title: 'near', allOf: [{ title: 'far', description: 'far' }] },
      ({ title, description }) => [title, description],
      ['near', 'far'],
    ],
    ['a default of null', { default: null }, (shape) => shape.default, null],
    [
      'values',
      { enum: ['a', 'b'], allOf: [{ const: 'a' }] },
      (shape) => [shape.enum, shape.const],
      [['a', 'b'], 'a'],
    ],
    [
      'what is required, by every schema',
      { required: ['b'], allOf: [{ required: ['a'] }] },
      ({ required }) => [...required],
      ['a', 'b'],
    ],
    [
      'fields, what is added after what it is added to',
      { allOf: [{ properties: { a: {}, b: {} } }, { properties: { c: {} } }], properties: { d: {}, a: {} } },
      ({ fields }) => [...fields.keys()],
      ['a', 'b', 'c', 'd'],
    ],
    ['no other fields', { additionalProperties: false }, ({ others }) => others, false],
    [
      'other fields of a shape',
      { additionalProperties: text },
      ({ others }) => (others as Shape).types,
      ['string'],
    ],
    ['elements', { items: { format: 'uuid' } }, ({ items }) => items?.format, 'uuid'],
    [
      'elements at their place',
      { prefixItems: [text, { type: 'integer' }], items: { type: 'boolean' } },
      (shape) => [0, 1, 2].map((place) => shape.element(place)?.types),
      [['string'], ['integer'], ['boolean']],
    ],
    ['words of a tool', { 'x-blank': true }, (shape) => shape.says('x-blank'), true],
  ];

  test.each(rows)('%s', (_sentence, schema, read, found) => {
    expect(read(fieldOf(schema))).toEqual(found);
    expect(read(fieldOf({ $ref: '#/$defs/x' }, { $defs: { x: schema } }))).toEqual(found);
    expect(read(fieldOf({ allOf: [{}, { allOf: [schema] }] }))).toEqual(found);
  });

  test('the shape of a field is made once', () => {
    const pair = {
      allOf: [
        { items: { maxLength: 9 }, additionalProperties: {} },
        { items: {}, additionalProperties: {} },
      ],
    };
    const shape = fieldOf(pair);
    expect(shape.element(7)).toBe(shape.element(8));
    expect(shape.field('any')).toBe(shape.field('other'));
  });

  test('two schemas may refer to each other for one value: each says what both say', () => {
    const $defs = {
      a: { readOnly: true, allOf: [{ $ref: '#/$defs/b' }] },
      b: { title: 'B', oneOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/c' }] },
      c: { writeOnly: true, allOf: [{ $ref: '#/$defs/b' }] },
      d: { allOf: [{ $ref: '#/$defs/e' }] },
      e: { default: 1, $ref: '#/$defs/d', title: 'E' },
    };
    const shapes = ['a', 'b', 'c', 'd', 'e'].map((name) => fieldOf({ $ref: `#/$defs/${name}` }, { $defs }));
    expect(shapes.map((shape) => [shape.title, shape.readOnly, shape.writeOnly, shape.default])).toEqual([
      ['B', true, true, undefined],
      ['B', false, true, undefined],
      ['B', false, true, undefined],
      ['E', false, false, 1],
      ['E', false, false, 1],
    ]);
  });
});

describe('the shape of a resource', () => {
  const shapesOf = async (files: Record<string, unknown>, options = {}) => {
    const { standin } = await serve({ sources: folder(files as never).path, ...options });
    return (name: string) => standin.model.resources.get(name)?.shape as Shape;
  };

  test('says which file and part of it says so', async () => {
    const shapeOf = await shapesOf({
      'posts.json': [],
      'posts.schema.json': {
        properties: { author: { $ref: 'author.schema.json#/$defs/person' }, next: { $ref: '#' } },
      },
      'author.schema.json': { $defs: { person: { properties: { name: { title: 'Name' } } } } },
    });
    const posts = shapeOf('posts');
    expect(posts.inferred).toBe(false);
    expect(posts.place).toMatchObject({ file: expect.stringMatching(/posts\.schema\.json$/), line: 1 });
    const name = posts.fields.get('next')?.fields.get('next')?.fields.get('author')?.fields.get('name');
    expect(name?.title).toBe('Name');
    expect(name?.place).toMatchObject({ file: expect.stringMatching(/author\.schema\.json$/) });
    expect(name?.place).not.toEqual(posts.place);
  });

  test('is inferred where there is no schema, and says so', async () => {
    const shapeOf = await shapesOf({
      'posts.json': [
        { id: 1, title: 'x', tags: ['a'] },
        { id: 2, title: null },
      ],
      'settings.json': { theme: 'dark' },
      'colours.json': ['red'],
      'empty.json': [],
    });
    const [posts, settings, colours, empty] = ['posts', 'settings', 'colours', 'empty'].map(
      shapeOf,
    ) as Shape[];
    expect([posts, settings, colours, empty].map((shape) => shape?.inferred)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(posts?.place).toMatchObject({ file: expect.stringMatching(/posts\.json$/) });
    expect([...(posts?.fields.keys() ?? [])]).toEqual(['id', 'title', 'tags']);
    expect([...(posts?.required ?? [])]).toEqual(['title']);
    expect(posts?.fields.get('title')?.types).toEqual(['string']);
    expect(posts?.fields.get('title')?.nullable).toBe(true);
    expect(posts?.fields.get('tags')?.items?.inferred).toBe(true);
    expect(settings?.fields.get('theme')?.types).toEqual(['string']);
    expect(colours?.items?.types).toEqual(['string']);
    expect(empty?.fields.size).toBe(0);
    expect(shapeOf('posts')).toBe(posts);
  });

  test('is inferred with strict, too', async () => {
    const shapeOf = await shapesOf({ 'posts.json': [{ id: 1, title: 'x' }] }, { strict: true });
    expect(shapeOf('posts').inferred).toBe(true);
    expect(shapeOf('posts').others).toBe(false);
  });
});
