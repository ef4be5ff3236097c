import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { links, page, ROOT } from './markdown.ts';

const text = page('CONTRIBUTING.md');
const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, one = '']) => one);

test('the files that it names and links to are there', () => {
  const paths = [
    ...links(text),
    ...code.flatMap((one) => one.split(' ')).filter((one) => /^(src|test|docs)\/|\.md$/.test(one)),
  ];
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

test('the scripts that it names are there, and it names every one that is not part of another', () => {
  const { scripts } = JSON.parse(page('package.json')) as { scripts: Record<string, string> };
  const named = new Set([...text.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name));
  named.delete('ci');
  expect([...named].filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  const parts = Object.keys(scripts).filter(
    (name) => /^pre/.test(name) || scripts.test?.includes(`npm run ${name}`) || name === 'lint',
  );
  expect(Object.keys(scripts).filter((name) => !named.has(name) && !parts.includes(name))).toEqual([]);
});
