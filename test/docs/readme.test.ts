import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { OptionRow } from '../../src/options/row.ts';
import { optionTable } from '../../src/options/table.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { blocks, links, page, ROOT, table } from './markdown.ts';

const readme = page('README.md');
const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const code = (text: unknown) => `\`${text}\``;

function rowOf(name: string, row: OptionRow): string[] {
  const flags = row.configOnly ? [] : [`--${flagOf(name)}`, ...(row.alias ? [`-${row.alias}`] : [])];
  const isEmpty =
    row.default === undefined ||
    row.default === '' ||
    (typeof row.default === 'object' && Object.keys(row.default ?? {}).length === 0);
  const choices = row.choices ? `: ${row.choices.map(code).join(', ')}` : '';
  return [
    code(name),
    flags.map(code).join(' '),
    isEmpty ? '' : code(row.default),
    (row.description + choices).replaceAll('<', '\\<'),
  ];
}

test('the table of options has every option, as it is, and no other', () => {
  const rows = (Object.entries(optionTable) as [string, OptionRow][]).map(([name, row]) => rowOf(name, row));
  expect(table(readme, 'option')).toEqual(rows);
});

test.each(['npm ci && npm start\n', 'npm ci && npm test\n'])('%j stands in a block of its own', (line) => {
  expect(blocks(readme, 'sh')).toContain(line);
});

test.each(['README.md', 'CHANGELOG.md'])('the links of %s lead somewhere', (name) => {
  expect(links(page(name)).filter((target) => !existsSync(ROOT + target))).toEqual([]);
});

describe('the recorded session', () => {
  const headers = { 'Content-Type': 'application/json' };
  const asking = (body: string | undefined) => (body === undefined ? {} : { method: 'POST', headers, body });
  const [banner = '', session = '', log = ''] = blocks(readme, 'console');
  const exchanges = session
    .split(/^\$ /m)
    .slice(1)
    .map((part) => part.split('\n'));
  const curls = exchanges.flatMap(([line = '', answer = '']) => {
    const [, path = '', body] = /^curl 'http:\/\/localhost:3000([^']*)'(?: --json '(.*)')?$/.exec(line) ?? [];
    return path === '' ? [] : [{ path, body, answer }];
  });

  test('answers as it is shown', async () => {
    const { send } = await serve({ sources: `${ROOT}fixtures` });
    expect(curls.length).toBeGreaterThan(4);
    for (const { path, body, answer } of curls) expect((await send(path, asking(body))).body).toBe(answer);
  });

  test('begins with the resources and relations that there are', async () => {
    const { standin } = await serve({ sources: `${ROOT}fixtures` });
    const { resources, relations } = standin.model;
    const shown = [...banner.matchAll(/^ {2}(\S+) +(\d+) items/gm)].map(([, name, count]) => [name, count]);
    expect(shown).toEqual([...resources.keys()].map((name) => [name, String(standin.count(name))]));
    for (const { child, field, parent } of relations)
      expect(banner).toContain(`  ${child}.${field} -> ${parent} (inferred)`);
  });

  test('ends with the log of the same requests', async () => {
    const { lines, send } = await serve({ sources: `${ROOT}fixtures` });
    for (const { path, body } of curls) await send(path, asking(body));
    const timeless = (text: string) => text.replace(/[\d.]+ ms/, '0 ms');
    const shown = log.split('\n').filter((line) => /^(GET|POST) /.test(line));
    expect(shown.map(timeless)).toEqual(lines.map(({ text }) => timeless(text)));
  });
});

test('the example of a test runs', async () => {
  const [program = ''] = blocks(readme, 'js');
  // The package by its name, as an installation has it.
  const entry = pathToFileURL(`${ROOT}dist/index.js`).href;
  const { file } = folder({ 'example.mjs': program.replace("'standin'", `'${entry}'`) });
  await promisify(execFile)(process.execPath, [file('example.mjs')], { cwd: ROOT });
});
