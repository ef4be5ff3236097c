import { type Answer, contract, restSpelling, withApi } from '../../src/dialect/contract/index.ts';
import { dialectNames } from '../../src/dialects/index.ts';
import { skips } from './skips.ts';
import { spellings, starter } from './spelling.ts';

interface Question {
  readonly words: string;
  readonly method: string;
  readonly segments: readonly (string | number)[];
  readonly body?: unknown;
  /** Asks for the second page, of two cities. */
  readonly page?: true;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** The ten requests that every dialect is asked, each on a server of its own. */
const questions: readonly Question[] = [
  { words: 'an item', method: 'GET', segments: ['countries', 2] },
  { words: 'the second page of a list', method: 'GET', segments: ['cities'], page: true },
  { words: 'a nested list', method: 'GET', segments: ['countries', 1, 'cities'] },
  { words: 'an item that is not there', method: 'GET', segments: ['countries', 99] },
  { words: 'a new item', method: 'POST', segments: ['countries'], body: { name: 'Fiji' } },
  { words: 'an item that breaks its schema', method: 'POST', segments: ['cities'], body: { people: -1 } },
  {
    words: 'a value that is taken',
    method: 'POST',
    segments: ['cities'],
    body: { name: 'Lima', code: 'LIM' },
  },
  { words: 'a body that is no JSON', method: 'POST', segments: ['cities'], body: '{"name": }' },
  { words: 'a change', method: 'PATCH', segments: ['countries', 2], body: { area: 1286 } },
  { words: 'a delete', method: 'DELETE', segments: ['countries', 3] },
];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);

/** The answer without what differs from run to run, and without the spaces that lay it out. */
function shown({ json, body, headers }: Answer, url: string): string {
  const text = json === undefined ? body : JSON.stringify(json);
  const isNew = headers['content-type'] === 'application/json' && /"id":"[\w-]{11}"/.test(text);
  const plain = text.replaceAll(url, 'http://localhost:3000').trim();
  return isNew ? plain.replace(/"id":"[\w-]{11}"/, '"id":"(random)"') : plain;
}

async function answers({ words, method, segments, body, page: paged }: Question): Promise<string> {
  const rows: string[] = [];
  for (const dialect of dialectNames) {
    const spelling = spellings[dialect] ?? restSpelling;
    const { query, options = {} } = spelling.secondPage;
    const cells = await withApi(
      starter(dialect),
      spelling,
      () => (paged ? options : {}),
      async ({ ask, page, path, url }) => {
        const answer = paged
          ? await page(segments, query)
          : await ask(method, segments, body, body === undefined ? {} : JSON_TYPE);
        return [
          code(dialect),
          code(path(...segments) + (paged ? `?${query}` : '')),
          String(answer.status),
          code(shown(answer, url)),
        ];
      },
    );
    rows.push(`| ${cells.join(' | ')} |`.replaceAll('|  |', '| |'));
  }
  const sent = body === undefined ? '' : ` ${typeof body === 'string' ? body : JSON.stringify(body)}`;
  return [
    `### ${words[0]?.toUpperCase()}${words.slice(1)}: \`${method}${sent}\``,
    '',
    '| dialect | path | status | body |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** What each dialect answers to the same ten requests. */
export async function sideBySide(): Promise<string> {
  const tables: string[] = [];
  for (const question of questions) tables.push(await answers(question));
  return tables.join('\n\n');
}

/** What each dialect does otherwise, and why. */
export function compatibility(): string {
  const rows = dialectNames.map((dialect) => {
    const reasons = Object.entries(skips[dialect] ?? {}).map(([name, why]) => `| ${name} | ${why} |`);
    const met = `${contract.length - reasons.length} of ${contract.length} cases`;
    if (reasons.length === 0) return `### ${dialect}: ${met}`;
    return [`### ${dialect}: ${met}`, '', '| not met | because |', '|---|---|', ...reasons].join('\n');
  });
  return rows.join('\n\n');
}
