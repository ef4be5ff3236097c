import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../command.ts';
import { page, ROOT } from './markdown.ts';

/** What readers whose English is second-hand trip over, and what to say. */
const plain: readonly [phrase: RegExp, better: string][] = [
  [/\bpass(es|ed|ing)? over\b/i, 'ignore'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\banew\b/i, 'again'],
  [/\bmust NOT\b/, 'must have at least, must have at most, must not'],
];

const files = (folder: string, ending: string) =>
  readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const texts = [
  ...files('docs', '.md'),
  ...files('src', '.ts'),
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
];

const found = (name: string, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, i) =>
      plain
        .filter(([phrase]) => phrase.test(line))
        .map(([, better]) => `${name}:${i + 1}: say ${better}: ${line}`),
    );

test('documents, messages and comments use plain words', () => {
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.flatMap((name) => found(name, page(name)))).toEqual([]);
});

test('so does the help', async () => {
  const { stdout } = await run(['--help']);
  expect(stdout).toContain('--dialect');
  expect(found('--help', stdout)).toEqual([]);
});
