import { expect, test } from 'vitest';
import type { DialectParameter } from '../../src/dialect/index.ts';
import { rest } from '../../src/dialects/rest/rest.ts';
import { serve } from '../serve.ts';

const sources = {
  posts: [1, 2, 3].map((id) => ({ id, title: `t${id}`, drafts: id > 1 })),
  notes: [{ id: 1 }],
};

/** `newest=2`: a size, and an order, of a dialect's own. */
const newest: DialectParameter = {
  name: 'newest',
  where: 'query',
  schema: { type: 'integer' },
  description: 'so many of the newest',
  example: 'newest=2',
  for: { kind: 'size' },
  read(parts, { values }) {
    parts.page = 1;
    parts.size = Number(values[0]);
    parts.sort = [{ field: 'id', descending: true }];
  },
  write: ({ size }) => (size === undefined ? [] : [['newest', String(size)]]),
};

let asked: string[] = [];
const dialect = {
  ...rest,
  name: 'own',
  parameters: (...args: Parameters<NonNullable<typeof rest.parameters>>) => {
    const [resource, action] = args;
    asked.push(`${action} ${resource?.name}`);
    const rows = rest.parameters?.(...args) ?? [];
    return action === 'list' ? [...rows.filter(({ name }) => name !== '_limit'), newest] : rows;
  },
};

test("a row of a dialect's own is read with the others, and one that it leaves out is none", async () => {
  const { get, lines, standin } = await serve({ sources, dialect, quiet: true });
  const ids = ({ json }: { json: unknown }) => (json as { id: number }[]).map(({ id }) => id);
  expect(ids(await get('/posts?newest=2'))).toEqual([3, 2]);
  expect(ids(await get('/posts?newest=1&drafts=false'))).toEqual([1]);
  expect(ids(await get('/posts?_limit=1'))).toEqual([1, 2, 3]);
  expect(lines.map(({ text }) => text)).toEqual([expect.stringContaining("'_limit'")]);
  const { parameters = [] } = standin.routes.find(({ name }) => name === 'listPosts') ?? {};
  expect(parameters.map(({ name }) => name)).toContain('newest');
  await get('/posts?newst=1');
  expect(lines.at(-1)?.text).toContain("Did you mean 'newest'?");
});

test('rows are asked for once a model, a collection and an action', async () => {
  asked = [];
  const { get, standin } = await serve({ sources, dialect });
  for (let i = 0; i < 3; i++) {
    await get('/posts?newest=2');
    await get('/notes?id=1');
  }
  expect(asked).toEqual(['list posts', 'list notes']);
  await standin.reload();
  await get('/posts?newest=2');
  expect(asked).toHaveLength(2);
});
