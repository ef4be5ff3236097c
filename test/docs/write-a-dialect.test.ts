import { expect, test } from 'vitest';
import { contract } from '../../src/dialect/contract/index.ts';
import { defaultConventions } from '../../src/dialect/conventions.ts';
import { hookNames } from '../../src/dialect/hooks.ts';
import { createStandin, type Dialect, rest } from '../../src/index.ts';
import { serve } from '../serve.ts';
import { blocks, page, ROOT, table } from './markdown.ts';

const text = page('docs/write-a-dialect.md');
const [, rowCode = '', mongoCode = '', csvCode = ''] = blocks(text, 'js');

/** What a block of the page exports. */
const run = (code: string): Dialect =>
  new Function(
    'rest',
    `return ${code
      .replace(/^export const \w+ = /, '')
      .trim()
      .replace(/;$/, '')}`,
  )(rest) as Dialect;

// Regenerated with `npm run docs:dialects`.
test('the page holds the recipe as it runs, in 30 lines', async () => {
  const recipe = page('test/recipes/envelope.mjs').trim();
  expect(recipe.split('\n').length).toBeLessThanOrEqual(30);
  const filled = text.replace(
    /(<!-- recipe: [^>]*-->)[\s\S]*(<!-- \/recipe -->)/,
    (_all, begin: string, end: string) => `${begin}\n\n\`\`\`js\n${recipe}\n\`\`\`\n\n${end}`,
  );
  await expect(filled).toMatchFileSnapshot(`${ROOT}docs/write-a-dialect.md`);
});

/** `paths.slash` and its value, for every convention. */
const leaves = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, one]) => leaves(one, path === '' ? name : `${path}.${name}`))
    : [[path, value]];

test('the table of conventions has every one, with its default', () => {
  const said = table(text, 'convention').map(([name = '', value = '']) => [name, value]);
  const held = leaves(defaultConventions).map(([path, value]) => [
    `\`${path}\``,
    `\`${JSON.stringify(value)}\``,
  ]);
  expect(said).toEqual(held);
});

test('the table of hooks has every one', () => {
  const said = table(text, 'hook').map(([name = '']) => /\w+/.exec(name)?.[0]);
  expect(said.sort()).toEqual(hookNames.filter((name) => name !== 'name' && name !== 'conventions').sort());
});

test('a row is read with those of rest', async () => {
  const dialect = new Function('rest', `${rowCode.replace('export ', '')} return mine;`)(rest) as Dialect;
  const { get } = await serve({ sources: { things: [{ id: 1 }, { id: 2 }, { id: 3 }] }, dialect });
  expect((await get('/things?newest=2')).json).toEqual([{ id: 3 }, { id: 2 }]);
  expect((await get('/things?newest=1&id:lt=3')).json).toEqual([{ id: 2 }]);
});

test('an id may have another name for clients', async () => {
  const { post, get, put } = await serve({ sources: { things: [{ id: 1, a: 1 }] }, dialect: run(mongoCode) });
  expect((await get('/things')).json).toEqual([{ _id: 1, a: 1 }]);
  expect((await post('/things', { _id: 7, a: 2 })).json).toEqual({ _id: 7, a: 2 });
  expect((await put('/things/7', { a: 3 })).json).toEqual({ _id: 7, a: 3 });
  expect((await get('/things/7')).json).toEqual({ _id: 7, a: 3 });
});

test('an answer may depend on Accept, with a validator for each form', async () => {
  const { get } = await serve({ sources: { things: [{ id: 1, a: 1 }] }, dialect: run(csvCode) });
  const json = await get('/things');
  const csv = await get('/things', { Accept: 'text/csv' });
  expect([csv.body, csv.headers['content-type']]).toEqual(['1,1', 'text/csv']);
  expect(csv.headers.etag).not.toBe(json.headers.etag);
  const again = { Accept: 'text/csv', 'If-None-Match': csv.headers.etag ?? '' };
  expect((await get('/things', again)).status).toBe(304);
});

test('rows of the contract run as the page says', async () => {
  const start = (dialect: Dialect) => async (options: object) => {
    const standin = await createStandin({ ...options, dialect, port: 0, watch: false });
    return { url: (await standin.listen()).url, close: () => standin.close() };
  };
  const failing = { ...rest, item: () => ({ status: 200, headers: {}, body: '{}' }) };
  const [row] = contract.filter(({ name }) => name === 'an item is read as the fixture has it');
  await row?.run(start(rest));
  await expect(row?.run(start(failing))).rejects.toMatchObject({
    code: 'ERR_ASSERTION',
  });
});
