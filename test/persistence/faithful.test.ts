import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { hostileObject, texts } from './hostile.ts';

const records = [
  { model: 'blog.item', pk: 1, fields: { name: 'a' } },
  { model: 'blog.tag', pk: 'x', fields: {} },
];
const CSV = 'id,name,size,code\n1,a,2,007\n2,b,,8\n';

/** A file in each format, with items 1 and, in CSV, 2. */
const files: [sentence: string, file: string, text: string][] = [
  ['a list in JSON', 'items.json', '[{"id": 1, "name": "a"}]'],
  ['a set in JSON', 'db.json', '{"items": [{"id": 1, "name": "a"}]}'],
  ['JSON5', 'items.json5', '[{id: 1, name: "a"}]'],
  ['JSONC', 'items.jsonc', '[{"id": 1, "name": "a"}] // end'],
  ['a list in YAML', 'items.yaml', '- id: 1\n  name: a\n'],
  ['a set in YAML', 'db.yml', 'items:\n  - {id: 1, name: a}\n'],
  ['NDJSON', 'items.ndjson', '{"id":1,"name":"a"}\n'],
  ["Django's fixtures", 'blog.json', JSON.stringify(records)],
  ["Django's fixtures in YAML", 'blog.yaml', '- model: blog.item\n  pk: 1\n  fields: {name: a}\n'],
  ['CSV', 'items.csv', 'id,name\n1,a\n'],
];

async function serveFile(file: string, text: string, options = {}) {
  const dir = folder({ [file]: text });
  const sources = dir.file(file);
  const served = await serve({ sources, writes: 'file', ...options });
  const now = () => readFileSync(sources, 'utf8');
  /** What the next start serves. */
  const again = async (path = '/_standin/db') => (await (await serve({ sources })).get(path)).body;
  return { ...served, now, again, sources };
}

describe('what is saved is served again by the next start, as it was', () => {
  test.each(files)(
    '%s, with keys and values that mean something elsewhere',
    async (_sentence, file, text) => {
      const { post, get, again } = await serveFile(file, text);
      const json = { 'Content-Type': 'application/json' };
      const bodies = texts.map((one) =>
        file.endsWith('.csv')
          ? { name: one.replace(/\p{Surrogate}/gu, '') }
          : { name: one, [one]: [one], more: { [one]: one } },
      );
      // All at once, which takes a few saves.
      const answers = await Promise.all(bodies.map((body) => post('/items', JSON.stringify(body), json)));
      expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 201));
      expect(await again()).toBe((await get('/_standin/db')).body);
    },
  );

  test.each(files)(
    '%s, whatever is written: else it is refused, and the file is as it was',
    async (_s, file, text) => {
      const { send, get, now, again } = await serveFile(file, text);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(
            ['POST', '/items'],
            ['PUT', '/items/1'],
            ['PATCH', '/items/1'],
            ['DELETE', '/items/1'],
          ),
          hostileObject,
          async ([method, path], body) => {
            const before = now();
            const headers = { 'Content-Type': 'application/json' };
            const sent =
              method === 'DELETE' ? {} : { headers, body: JSON.stringify({ ...body, id: undefined }) };
            const { status, body: said } = await send(path as string, { method: method as string, ...sent });
            if (status >= 400)
              expect([now(), said]).toEqual([before, expect.stringMatching(/"(invalid|not-found)"/)]);
            else expect(await again()).toBe((await get('/_standin/db')).body);
          },
        ),
        { numRuns: 12 },
      );
    },
  );

  test('Windows line ends do not get into the texts of CSV', async () => {
    const { post, now, again } = await serveFile('items.csv', 'id,name\r\n1,"a\nb"\r\n');
    expect((await post('/items', { name: 'c\nd' })).status).toBe(201);
    expect(now()).toBe('id,name\r\n1,"a\nb"\r\n2,"c\nd"\r\n');
    expect(JSON.parse(await again('/items'))).toEqual([
      { id: 1, name: 'a\nb' },
      { id: 2, name: 'c\nd' },
    ]);
  });

  test('a negative nought, which JSON has not, is told from nothing that others wrote', async () => {
    const items = [{ id: 1, n: 5 }, { id: 2 }];
    const { send, post, get, standin, sources } = await serveFile('items.json', JSON.stringify(items));
    const headers = { 'Content-Type': 'application/json' };
    expect((await send('/items/1', { method: 'PATCH', headers, body: '{"n":-0}' })).status).toBe(200);
    writeFileSync(
      sources,
      JSON.stringify([
        { id: 1, n: 0 },
        { id: 2, by: 'another' },
      ]),
    );
    await standin.reload();
    await post('/_standin/reset');
    expect((await get('/items')).json).toEqual([items[0], { id: 2, by: 'another' }]);
  });

  test('JSON with comments is saved as JSON, not as JSON5', async () => {
    const { post, now } = await serveFile('items.jsonc', '[ /* none */ ]\n');
    expect((await post('/items', { a: 'it\'s "x"\u2028' })).status).toBe(201);
    expect(JSON.parse(now())).toEqual([{ id: 1, a: 'it\'s "x"\u2028' }]);
  });

  test('items of models that have one name go back to their own', async () => {
    const mixed = [
      { model: 'shop.box', pk: 1, fields: { a: 1 } },
      { model: 'post.box', pk: 2, fields: { a: 2 } },
      { model: 'post.tag', pk: 3, fields: { a: 3 } },
    ];
    const { patch, post, now } = await serveFile('all.json', JSON.stringify(mixed));
    await patch('/tags/3', { a: 4 });
    await post('/boxes', { a: 5 });
    expect(JSON.parse(now())).toEqual([
      mixed[0],
      mixed[1],
      { model: 'shop.box', pk: 3, fields: { a: 5 } },
      { model: 'post.tag', pk: 3, fields: { a: 4 } },
    ]);
  });

  test('what aliases share is written out, so that no number of items makes a file that is refused', async () => {
    const { post, now } = await serveFile('items.yaml', '- &a {id: 1, of: &b [1]}\n- {<<: *a, id: 2}\n');
    await post('/items', { name: 'c' });
    expect(now()).not.toMatch(/[&*]/);
  });
});

describe('what a file cannot say again is refused, and the file is as it was', () => {
  type Row = [
    sentence: string,
    file: string,
    text: string,
    method: string,
    path: string,
    body: string | undefined,
    field: string,
    reason: string,
  ];
  const rows: Row[] = [
    [
      'CSV: a column is left out',
      'items.csv',
      CSV,
      'POST',
      '/items',
      '{"name":"c","size":1}',
      '/code',
      'has every column',
    ],
    [
      'CSV: a new column',
      'items.csv',
      CSV,
      'POST',
      '/items',
      '{"name":"c","size":1,"code":"9","constructor":"x"}',
      '/constructor',
      'no column of this CSV file: id, name, size, code',
    ],
    [
      'CSV: a column less',
      'items.csv',
      CSV,
      'PUT',
      '/items/1',
      '{"name":"c","size":1}',
      '/code',
      'has every column',
    ],
    [
      'CSV: true',
      'items.csv',
      CSV,
      'PATCH',
      '/items/1',
      '{"name":true}',
      '/name',
      'would be "true" instead of true',
    ],
    [
      'CSV: null among texts',
      'items.csv',
      CSV,
      'PATCH',
      '/items/1',
      '{"name":null}',
      '/name',
      'would be "" instead of null',
    ],
    [
      'CSV: a text among numbers',
      'items.csv',
      CSV,
      'PATCH',
      '/items/1',
      '{"size":"2"}',
      '/size',
      'would be 2 instead of "2"',
    ],
    [
      'CSV: a number among texts',
      'items.csv',
      CSV,
      'PATCH',
      '/items/2',
      '{"code":8}',
      '/code',
      'would be "8" instead of 8',
    ],
    [
      'CSV: the last text that is no number',
      'items.csv',
      CSV,
      'PATCH',
      '/items/1',
      '{"code":"7"}',
      '/code',
      'would be 7',
    ],
    [
      'CSV: the last number',
      'items.csv',
      CSV,
      'PATCH',
      '/items/1',
      '{"size":null}',
      '/size',
      'would be "" instead of null',
    ],
    [
      'CSV: a delete that changes what stays',
      'items.csv',
      CSV,
      'DELETE',
      '/items/1',
      undefined,
      '',
      'change another item: size of',
    ],
    ['CSV: a list', 'items.csv', CSV, 'PATCH', '/items/1', '{"name":["x"]}', '/name', 'instead of ["x"]'],
    ['CSV: half a character', 'items.csv', CSV, 'PATCH', '/items/1', '{"name":"\\ud800"}', '/name', 'UTF-8'],
    [
      'JSON: a number beyond all',
      'items.json',
      '[{"id":1}]',
      'PATCH',
      '/items/1',
      '{"a":[{"b":-1e999}]}',
      '/a/0/b',
      'beyond the numbers',
    ],
    [
      'JSON: the same in a singleton',
      'db.json',
      '{"top":{}}',
      'PUT',
      '/top',
      '{"a":1e400}',
      '/a',
      'beyond the numbers',
    ],
    [
      'NDJSON: the same',
      'items.ndjson',
      '{"id":1}',
      'POST',
      '/items',
      '{"a":1e400}',
      '/a',
      'beyond the numbers',
    ],
    [
      'JSON: items that look like records of Django',
      'items.json',
      '[]',
      'POST',
      '/items',
      '{"model":"a.b","fields":{}}',
      '',
      "Django's fixtures",
    ],
    [
      'JSON: a list of objects in a plain value',
      'db.json',
      '{"list":["a"]}',
      'PUT',
      '/list',
      '[{"id":1},{"id":1}]',
      '',
      'would be a collection',
    ],
    [
      'JSON: a list of objects and others',
      'db.json',
      '{"list":["a"]}',
      'PUT',
      '/list',
      '[1,{}]',
      '',
      'would be a collection',
    ],
    [
      'JSON: an object in a file of a plain list',
      'list.json',
      '["a"]',
      'PUT',
      '/list',
      '{"a":1}',
      '',
      'a set of resources',
    ],
    [
      'JSON: a text in a file of a plain list',
      'list.json',
      '["a"]',
      'PUT',
      '/list',
      '"a"',
      '',
      'no fixtures at all',
    ],
    [
      'NDJSON: a text in a file of a plain list',
      'list.ndjson',
      '"a"\n',
      'PUT',
      '/list',
      '"a"',
      '',
      'is no list',
    ],
    [
      'Django: the last record of a model',
      'blog.json',
      JSON.stringify(records),
      'DELETE',
      '/tags/x',
      undefined,
      '',
      'no record of tags',
    ],
  ];
  test.each(rows)('%s', async (_sentence, file, text, method, path, body, field, reason) => {
    const { send, get, now, again } = await serveFile(file, text);
    const headers = { 'Content-Type': 'application/json' };
    const before = [now(), (await get('/_standin/db')).body];
    const { status, json } = await send(path, { method, headers, ...(body === undefined ? {} : { body }) });
    expect([status, json]).toEqual([
      422,
      {
        error: expect.stringContaining(reason),
        message: expect.stringContaining(reason),
        code: 'invalid',
        hint: `Nothing was changed: ${file} must say again what it is given.`,
        details: [{ path: field, keyword: 'file', message: expect.stringContaining(reason) }],
      },
    ]);
    expect([now(), (await get('/_standin/db')).body]).toEqual(before);
    expect(await again()).toBe(before[1]);
  });

  test.each(dialectNames)('in the words of %s', async (dialect) => {
    const { send, standin, now } = await serveFile('items.csv', CSV, { dialect });
    const end = standin.path('items').endsWith('/') ? '/' : '';
    const { status, body } = await send(`/items/1${end}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":true}',
    });
    expect([status, body]).toEqual([
      dialect === 'django' ? 400 : 422,
      expect.stringContaining('would be \\"true\\"'),
    ]);
    expect(now()).toBe(CSV);
  });

  test('and takes no other write of its moment down', async () => {
    const { post, again } = await serveFile('items.csv', 'id,name\n1,a\n');
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => post('/items', i % 3 === 0 ? { name: i } : { name: `n${i}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, i) => (i % 3 === 0 ? 422 : 201)));
    const saved = JSON.parse(await again('/items')) as JsonObject[];
    const good = answers.flatMap((_, i) => (i % 3 === 0 ? [] : [`n${i}`]));
    expect(new Set(saved.map(({ name }) => name))).toEqual(new Set(['a', ...good]));
  });
});
