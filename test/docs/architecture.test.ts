import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problems } from '../../src/problem.ts';
import { page, ROOT } from './markdown.ts';

const architecture = page('docs/architecture.md');
const named = [...architecture.matchAll(/`(src\/[\w./-]*)`/g)].map(([, path = '']) => path);

test('what it names in src/ is there', () => {
  expect(named.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

test('it names every folder of src/', () => {
  const folders = readdirSync(`${ROOT}src`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}/`);
  expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
});

test('the refusals it names are codes', () => {
  const codes = [...architecture.matchAll(/^\| .*\| ((?:`[a-z-]+`(?:, )?)+) \|$/gm)].flatMap(
    ([, cell = '']) => cell.replaceAll('`', '').split(', '),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !Object.hasOwn(problems, code))).toEqual([]);
});

test('it has at most 120 lines', () => {
  expect(architecture.split('\n').length).toBeLessThanOrEqual(121);
});
