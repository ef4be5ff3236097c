import { describe, expect, test } from 'vitest';
import { contract, restSpelling, type Spelling } from '../../src/dialect/contract/index.ts';
import { createStandin, type Dialect, rest } from '../../src/index.ts';
import { blocks, page, ROOT } from '../docs/markdown.ts';
import { serve } from '../serve.ts';

/** What the page says of its recipe: how it is asked, and which rows it does not meet. */
const [code = ''] = blocks(page('docs/write-a-dialect.md'), 'js').filter((block) =>
  block.includes('restSpelling'),
);
const [, said = ''] = /(const spelling[\s\S]*)for \(/.exec(code) ?? [];
const { spelling, notMet } = new Function('restSpelling', `${said} return { spelling, notMet };`)(
  restSpelling,
) as { spelling: Spelling; notMet: string[] };

const { envelope } = (await import(`${ROOT}test/recipes/envelope.mjs`)) as { envelope: Dialect };

const stored = ({ _id, ...body }: Record<string, unknown>) =>
  _id === undefined ? body : { id: _id, ...body };
const mongo: Dialect = {
  ...rest,
  name: 'mongo',
  readBody: stored,
  show: ({ id, ...item }) => ({ _id: id, ...item }) as typeof item,
};
const mongoSpelling: Spelling = {
  ...restSpelling,
  items: ({ json }) => (json as Record<string, unknown>[]).map(stored),
  item: ({ json }) => stored(json as Record<string, unknown>),
};

const starter = (dialect: Dialect) => async (options: object) =>
  (await createStandin({ ...options, dialect, port: 0, watch: false })).listen();

describe('the envelope of the page meets the contract but for what it names', () => {
  for (const { name, run } of contract)
    (notMet.includes(name) ? test.fails : test)(name, () => run(starter(envelope), spelling));
});

describe('a dialect that renames the id meets it', () => {
  for (const { name, run } of contract) test(name, () => run(starter(mongo), mongoSpelling));
});

test('a body that an envelope is not looked for in', async () => {
  const { post } = await serve({ sources: { things: [{ id: 1 }] }, dialect: mongo });
  const bulk = await post('/things', [{ _id: 7, a: 1 }, { a: 2 }]);
  expect([bulk.status, bulk.json]).toEqual([
    201,
    [
      { _id: 7, a: 1 },
      { _id: 8, a: 2 },
    ],
  ]);
  for (const body of ['null', '5', '"text"', '[null]']) {
    const { status, json } = await post('/things', body, { 'Content-Type': 'application/json' });
    expect([body, status, json]).toMatchObject([body, 400, { code: 'bad-body' }]);
  }
});

test('an answer without an item fails a row by an assertion, whatever the spelling makes of it', async () => {
  const [, row] = contract;
  const empty: Dialect = { ...rest, name: 'empty', item: () => ({ status: 200, headers: {}, body: '' }) };
  await expect(row?.run(starter(empty), spelling)).rejects.toMatchObject({
    code: 'ERR_ASSERTION',
    message: 'expected an item in the answer, got 200: ',
  });
});
