import { expect, test } from 'vitest';
import type { DialectParameter, JsonObject } from '../../src/dialect/index.ts';
import type { Options } from '../../src/options/options.ts';
import { createStandin } from '../../src/standin.ts';
import { fill, page, ROOT } from './markdown.ts';

/** Where the parameters of each dialect are described. */
const pages: readonly (readonly [page: string, dialects: readonly string[]])[] = [
  ['docs/queries.md', ['rest']],
  ['docs/dialects-json-server.md', ['json-server', 'json-server-1']],
  ['docs/dialects-simple-rest.md', ['simple-rest']],
  ['docs/dialects-django.md', ['django']],
  ['docs/dialects-fastapi.md', ['fastapi']],
];

const books = {
  filters: { title: ['exact', 'icontains'], pages: ['gte', 'lte'], author__name: ['exact'] },
  search: ['title', '^author__name'],
  sort: ['title', 'published'],
  maxPageSize: 100,
};

/** What the pages say that a config lists. */
const config: Readonly<Record<string, Options>> = {
  django: { pageSize: 20, resources: { books } },
  fastapi: {
    pagination: 'skip-limit',
    resources: { books: { filters: { pages: ['gte', 'lt'], title: ['exact'] }, maxPageSize: 100 } },
  },
};

/** The rows of a list, as a server has them. */
async function rowsOf(dialect: string): Promise<readonly DialectParameter[]> {
  const standin = await createStandin({
    sources: { books: [{ id: 1, title: 'Sea', pages: 120, authorId: 1 }], authors: [{ id: 1, name: 'Ada' }] },
    watch: false,
    writes: 'memory',
    ...config[dialect],
    dialect,
  });
  const rows = standin.routes.find(({ name }) => name === 'listBooks')?.parameters ?? [];
  await standin.close();
  return rows;
}

/** What a parameter takes, as far as its schema says more than that it is a text. */
function takes({ type, minimum, maximum }: JsonObject): string {
  if (type === undefined || type === 'string') return 'text';
  const from = minimum === undefined ? '' : ` from ${minimum}`;
  return `${type}${from}${maximum === undefined ? '' : ` to ${maximum}`}`;
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const line = ({ name, aliases = [], schema, description, example }: DialectParameter): string =>
  `| ${[name, ...aliases].map(code).join(' ')} | ${takes(schema)} | ${description} | ${code(example)} |`;

const tableOf = (rows: readonly DialectParameter[]): string =>
  ['| parameter | takes | what it does | example |', '|---|---|---|---|', ...rows.map(line)].join('\n');

// Regenerated with `npm run docs:dialects`.
test.each(pages)('%s describes the parameters that there are', async (file, dialects) => {
  let filled = page(file);
  for (const dialect of dialects)
    filled = fill(filled, `parameters of ${dialect}`, tableOf(await rowsOf(dialect)));
  await expect(filled).toMatchFileSnapshot(`${ROOT}${file}`);
});
