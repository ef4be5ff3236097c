import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { order } from '../../src/http/stages/order.ts';
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

test('it lists the stages in their order', () => {
  const rows = [...architecture.matchAll(/^\| `([a-z]+)` \| ([^|]+) \|/gm)].map(([, name, description]) => ({
    name,
    description,
  }));
  expect(rows).toEqual(order.map(({ name, description }) => ({ name, description })));
});

test('each stage has a file of its name', () => {
  const folders = ['stages', 'control'];
  const missing = order.filter(
    ({ name }) => !folders.some((folder) => existsSync(`${ROOT}src/http/${folder}/${name}.ts`)),
  );
  expect(missing).toEqual([]);
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
