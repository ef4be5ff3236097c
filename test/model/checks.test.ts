import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameJson } from '../../src/json/json.ts';
import { isMultiple } from '../../src/schema/multiple.ts';
import { canonical, firstRepeated } from '../../src/schema/unique.ts';
import { folder } from '../folder.ts';
import { growsLinearly } from '../growth.ts';
import { serve } from '../serve.ts';

type Files = Readonly<Record<string, unknown>>;

const start = (schema: object, files: Files = {}, options = {}) =>
  serve({
    sources: folder({ 'things.json': [], 'things.schema.json': schema, ...files }).path,
    ...options,
  });

const json = { 'Content-Type': 'application/json' };

interface Detail {
  readonly path: string;
  readonly keyword: string;
  readonly message: string;
}

const detailsOf = ({ json }: { json: unknown }): Detail[] => (json as { details?: Detail[] }).details ?? [];
const told = (answer: { json: unknown }): string[] =>
  detailsOf(answer).map(({ path, keyword }) => `${path} ${keyword}`);

describe('an id that the schema does not name is no part of what is checked', () => {
  const closed = (properties: object, required: string[]) => ({
    properties,
    required,
    additionalProperties: false,
  });
  const rows: [sentence: string, schema: object, good: object, bad: object][] = [
    [
      'closed branches of oneOf',
      { oneOf: [closed({ cat: {} }, ['cat']), closed({ dog: {} }, ['dog'])] },
      { dog: 1 },
      { dog: 1, cat: 1 },
    ],
    [
      'closed branches behind $refs',
      {
        anyOf: [{ $ref: '#/$defs/cat' }, { $ref: '#/$defs/dog' }],
        $defs: { cat: closed({ cat: {} }, ['cat']), dog: closed({ dog: {} }, ['dog']) },
      },
      { cat: 1 },
      { cat: 1, dog: 1 },
    ],
    [
      'branches of which only one has an id',
      { oneOf: [closed({ id: {}, cat: {} }, ['cat']), closed({ dog: {} }, ['dog'])] },
      { dog: 1 },
      { cow: 1 },
    ],
    ['additionalProperties', closed({ a: {} }, []), { a: 1 }, { b: 1 }],
    [
      'unevaluatedProperties',
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      { a: 1 },
      { b: 1 },
    ],
    ['minProperties', { minProperties: 2 }, { a: 1, b: 1 }, { a: 1 }],
    ['maxProperties', { maxProperties: 2 }, { a: 1, b: 1 }, { a: 1, b: 1, c: 1 }],
    ['propertyNames', { propertyNames: { minLength: 3 } }, { name: 1 }, { no: 1 }],
    ['const', { const: { a: 1 } }, { a: 1 }, { a: 2 }],
    ['enum', { enum: [{ a: 1 }, { b: 2 }] }, { b: 2 }, { b: 1 }],
    ['not', { not: { minProperties: 2 } }, { a: 1 }, { a: 1, b: 1 }],
    [
      'additionalProperties with a schema',
      { additionalProperties: { type: 'string' } },
      { a: 'x' },
      { a: 1 },
    ],
    ['one that is named counts', { properties: { id: { type: 'integer' } }, minProperties: 2 }, { a: 1 }, {}],
    ['one that is required counts', { required: ['id'], maxProperties: 2 }, { a: 1 }, { a: 1, b: 1 }],
    [
      'one that a pattern names counts',
      { patternProperties: { '^id$': {} }, minProperties: 2 },
      { a: 1 },
      {},
    ],
    [
      'one that another schema names counts',
      { allOf: [{ properties: { id: {} } }], minProperties: 2 },
      { a: 1 },
      {},
    ],
  ];
  test.each(rows)('%s', async (_sentence, schema, good, bad) => {
    const { post, put, patch, standin } = await start(schema);
    expect([(await post('/things', good)).status, (await post('/things', bad)).status]).toEqual([201, 422]);
    expect([(await put('/things/1', good)).status, (await put('/things/1', bad)).status]).toEqual([200, 422]);
    expect((await patch('/things/1', good)).status).toBe(200);
    // With an id of the client's own, too.
    expect((await post('/things', { id: 7, ...good })).status).toBe(201);
    expect(standin.count('things')).toBe(2);
  });

  test.each(rows)('of a fixture: %s', async (_sentence, schema, good) => {
    const { standin } = await start(schema, { 'things.json': [{ id: 1, ...good }] });
    expect(standin.warnings).toEqual([]);
  });

  test('a singleton has no id to leave out', async () => {
    const { put } = await start(
      { additionalProperties: false, properties: { a: {} } },
      { 'things.json': {} },
    );
    expect(told(await put('/things', { id: 1 }))).toEqual(['/id additionalProperties']);
  });

  test('with a name of its own', async () => {
    const schema = { additionalProperties: false, properties: { a: {} } };
    const { post } = await start(schema, {}, { id: '_id' });
    expect((await post('/things', { a: 1 })).json).toEqual({ _id: 1, a: 1 });
  });
});

describe('fields named like what every object has', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];
  const object = (name: string, value: unknown): object =>
    JSON.parse(`{${JSON.stringify(name)}: ${JSON.stringify(value)}}`);

  test.each(names)('%s is not there unless it is sent', async (name) => {
    const schema = { properties: object(name, { type: 'number' }) };
    const { post } = await start(schema);
    expect((await post('/things', {})).status).toBe(201);
    expect((await post('/things', object(name, 1))).body).toContain(`"${name}":1`);
    expect(told(await post('/things', object(name, 'x')))).toEqual([`/${name} type`]);
  });

  test.each(names)('%s does not count as present', async (name) => {
    const { post } = await start({ required: [name] });
    expect(told(await post('/things', {}))).toEqual([`/${name} required`]);
    expect((await post('/things', object(name, 1))).status).toBe(201);
  });

  test.each(names)('%s is a known field where it is named, and else is none', async (name) => {
    const named = { properties: object(name, {}), additionalProperties: false };
    const sent = object(name, 1);
    expect((await (await start(named)).post('/things', sent)).status).toBe(201);
    expect((await (await start({ additionalProperties: false })).post('/things', sent)).status).toBe(422);
  });

  test.each(names)('%s asks for nothing when it is absent', async (name) => {
    const { post } = await start({ dependentRequired: object(name, ['a']) });
    expect((await post('/things', {})).status).toBe(201);
  });

  test.each(names)('%s is inferred like any field', async (name) => {
    const things = `[${JSON.stringify({ id: 1, a: 1 }).slice(0, -1)}, ${JSON.stringify(object(name, 1)).slice(1)}]`;
    const { post } = await serve({ sources: folder({ 'things.json': things }).path, strict: true });
    const sent = `{"a": 2, ${JSON.stringify(object(name, 2)).slice(1)}`;
    expect((await post('/things', sent, json)).status).toBe(201);
    expect(told(await post('/things', { a: 2 }))).toEqual([`/${name} required`]);
  });
});

describe('patterns', () => {
  const rows: [sentence: string, pattern: string, good: string, bad: string][] = [
    ['classes of Unicode', '^\\p{L}+$', 'straße', 'a1'],
    ['code points', '^.$', '😀', 'ab'],
    ['code points by number', '^\\u{1F600}$', '😀', 'u'],
    ['escapes that Unicode refuses', '^\\@\\-$', '@-', '@'],
    ['a brace that Unicode refuses', '^{$', '{', '}'],
  ];
  test.each(rows)('%s', async (_sentence, pattern, good, bad) => {
    const { post } = await start({ properties: { a: { pattern } } });
    expect((await post('/things', { a: good })).status).toBe(201);
    expect(told(await post('/things', { a: bad }))).toEqual(['/a pattern']);
    const names = await start({ patternProperties: { [pattern]: { type: 'number' } } });
    expect((await names.post('/things', { [good]: 1, [bad]: 'x' })).status).toBe(201);
    expect((await names.post('/things', { [good]: 'x' })).status).toBe(422);
  });
});

describe('of several forms, only what is wrong is named', () => {
  const $defs = {
    cat: { properties: { kind: { const: 'cat' }, lives: { type: 'integer' } }, required: ['kind', 'lives'] },
    dog: { properties: { kind: { const: 'dog' }, bark: { type: 'string' } }, required: ['kind', 'bark'] },
    address: { type: 'object', properties: { city: { type: 'string' }, zip: {} }, required: ['city'] },
    text: { type: 'string' },
    tall: { type: 'object', required: ['height'] },
  };
  const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
  const far = (name: string) => ({ $ref: `others.schema.json#/$defs/${name}` });
  const rows: [sentence: string, schema: object, sent: object, details: string[], message?: RegExp][] = [
    [
      'anyOf',
      { properties: { a: { anyOf: [ref('cat'), ref('dog')] } } },
      { a: { kind: 'cat' } },
      ['/a anyOf'],
    ],
    ['oneOf', { properties: { a: { oneOf: [ref('cat'), ref('dog')] } } }, { a: {} }, ['/a oneOf']],
    ['at the root', { oneOf: [ref('cat'), ref('dog')] }, { kind: 'cow' }, [' oneOf']],
    ['in other files', { properties: { a: { anyOf: [far('cat'), far('dog')] } } }, { a: {} }, ['/a anyOf']],
    [
      'in every element',
      { properties: { l: { items: { anyOf: [ref('cat'), ref('dog')] } } } },
      { l: [{}, { kind: 'dog', bark: 'x' }, {}] },
      ['/l/0 anyOf', '/l/2 anyOf'],
    ],
    [
      'one within another',
      { properties: { a: { anyOf: [{ oneOf: [ref('cat'), ref('dog')] }, ref('text')] } } },
      { a: {} },
      ['/a anyOf'],
    ],
    [
      'beside what else is wrong',
      { properties: { a: { anyOf: [ref('cat'), ref('dog')] }, b: ref('text') }, required: ['c'] },
      { a: {}, b: 1 },
      ['/a anyOf', '/b type', '/c required'],
    ],
    [
      'one that may be null says what is wrong inside',
      { properties: { a: { anyOf: [ref('address'), { type: 'null' }] } } },
      { a: { city: 1 } },
      ['/a anyOf'],
      /city must be string, got a number$/,
    ],
    [
      'a value of no type that is taken',
      { properties: { a: { anyOf: [ref('text'), { type: 'number' }, { type: 'null' }] } } },
      { a: true },
      ['/a anyOf'],
      /^must be string or number or null, got a boolean$/,
    ],
    ['contains', { properties: { l: { contains: ref('tall') } } }, { l: [{}, {}] }, ['/l contains']],
    [
      'too many that hold',
      { properties: { a: { oneOf: [ref('address'), ref('tall')] } } },
      { a: { city: 'x', height: 1 } },
      ['/a oneOf'],
    ],
  ];
  test.each(rows)('%s', async (_sentence, schema, sent, details, message) => {
    const { post } = await start({ ...schema, $defs }, { 'others.schema.json': { $defs } });
    const answer = await post('/things', sent);
    expect(told(answer).sort()).toEqual([...details].sort());
    if (message) expect(detailsOf(answer)[0]?.message).toMatch(message);
  });

  test('propertyNames names each property', async () => {
    const schema = {
      properties: { a: { propertyNames: ref('name') } },
      $defs: { name: { pattern: '^[a-z]+$', maxLength: 3 } },
    };
    const { post } = await start(schema);
    const answer = await post('/things', { a: { ok: 1, NO: 2, long: 3, 'a/b': 4 } });
    expect(told(answer)).toEqual(['/a/NO propertyNames', '/a/long propertyNames', '/a/a~1b propertyNames']);
    expect(detailsOf(answer)[0]?.message).toBe('is not an allowed name: must match pattern "^[a-z]+$"');
  });
});

describe('multipleOf', () => {
  test('every number of two decimals is a multiple of 0.01, and none of three', () => {
    for (let cents = 0; cents <= 10_000; cents++) expect(isMultiple(cents / 100, 0.01)).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: -9e15, max: 9e15 }), fc.integer({ min: 1, max: 9 }), (cents, digit) => {
        const written = `${Math.trunc(cents / 100)}.${String(Math.abs(cents % 100)).padStart(2, '0')}`;
        // What JSON.parse makes of so many digits may be another number: only those that it keeps count.
        fc.pre(
          Number(written).toFixed(2) === written &&
            String(Number(`${written}${digit}`)) === `${written}${digit}`,
        );
        expect(isMultiple(Number(written), 0.01)).toBe(true);
        expect(isMultiple(Number(`${written}${digit}`), 0.01)).toBe(false);
      }),
    );
  });

  const rows: [value: number, step: number, is: boolean][] = [
    [0.3, 0.1, true],
    [0.07, 0.01, true],
    [1.1, 0.1, true],
    [4.35, 0.05, true],
    [4.36, 0.05, false],
    [1e21, 10, true],
    [1e-7, 1e-8, true],
    [1.5e-7, 1e-8, true],
    [1.55e-7, 1e-8, false],
    [7, 2.5, false],
    [7.5, 2.5, true],
    [-0.3, 0.1, true],
    [0, 0.1, true],
    [9, 3, true],
    [10, 3, false],
    [Number.POSITIVE_INFINITY, 0.5, false],
  ];
  test.each(rows)('%d and %d: %s', (value, step, is) => {
    expect(isMultiple(value, step)).toBe(is);
  });

  test('is asked of what is sent', async () => {
    const { post } = await start({ properties: { price: { multipleOf: 0.01 } } });
    expect((await post('/things', { price: 1129.28 })).status).toBe(201);
    expect(told(await post('/things', { price: 1129.285 }))).toEqual(['/price multipleOf']);
  });
});

describe('uniqueItems', () => {
  const rows: [sentence: string, list: string, is: boolean][] = [
    ['keys in another order', '[{"a":1,"b":{"c":2,"d":3}},{"b":{"d":3,"c":2},"a":1}]', false],
    ['1 and 1.0', '[1, 1.0]', false],
    ['1 and 1.0 inside', '[{"a":[1]},{"a":[1.0]}]', false],
    ['0 and -0', '[0, -0]', false],
    ['1 and "1"', '[1, "1"]', true],
    ['1 and true', '[{"a":1},{"a":true}]', true],
    ['null and a missing field', '[{"a":null},{}]', true],
    ['lists in another order', '[[1,2],[2,1]]', true],
    ['text that looks like an object', '["{\\"a\\":1}", {"a":1}]', true],
    ['keys with quotes', '[{"a\\":1,\\"b":2},{"a":1,"b":2}]', true],
    ['a field called __proto__', '[{"__proto__":1},{"__proto__":2}]', true],
  ];
  test.each(rows)('%s', async (_sentence, list, is) => {
    const { post } = await start({ properties: { l: { uniqueItems: true } } });
    const answer = await post('/things', `{"l": ${list}}`, json);
    expect([answer.status, told(answer)]).toEqual(is ? [201, []] : [422, ['/l uniqueItems']]);
  });

  test('false asks for nothing', async () => {
    const { post } = await start({ properties: { l: { uniqueItems: false } } });
    expect((await post('/things', { l: [1, 1] })).status).toBe(201);
  });

  test('two values have one text when they are equal', () => {
    // Without -0, which is no other number in JSON.
    const value = fc.jsonValue().map((one) => JSON.parse(JSON.stringify(one)));
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonical(a) === canonical(b)).toBe(sameJson(a, b));
        expect(firstRepeated([a, b, a])).toEqual(sameJson(a, b) ? [1, 0] : [2, 0]);
      }),
    );
  });

  test('takes time that grows with the list', async () => {
    const { post } = await start(
      { properties: { l: { items: { type: 'object' }, uniqueItems: true } } },
      {},
      { bodyLimit: '20mb' },
    );
    await growsLinearly(
      2000,
      (size) => JSON.stringify({ l: Array.from({ length: size }, (_, i) => ({ a: i, b: { c: -i } })) }),
      async (body) => expect((await post('/things', body, json)).status).toBe(201),
    );
  });
});
