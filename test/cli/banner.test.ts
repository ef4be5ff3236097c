import { expect, test } from 'vitest';
import { command } from '../command.ts';
import { blocks, page } from '../docs/markdown.ts';
import { folder } from '../folder.ts';

const data = () => ({ 'db.json': { posts: [{ id: 1, title: 'one' }] } });

const bannerOf = async (argv: string[], files: Record<string, unknown>) => {
  const { output, says } = await command(argv, { cwd: folder(files).path });
  await says(/(Try: .+|nothing to serve.*)\n/);
  return output.stdout;
};

test.each([
  [
    'the defaults',
    ['db.json'],
    {},
    'Dialect: rest. Writes: memory (the files stay as they are). Config: none.',
  ],
  [
    'flags',
    ['db.json', '-d', 'django', '--writes', 'off'],
    {},
    'Dialect: django. Writes: off (refused). Config: none.',
  ],
  [
    'what a dialect sets',
    ['db.json', '-d', 'json-server'],
    {},
    'Dialect: json-server. Writes: file (saved to the fixtures). Config: none.',
  ],
  [
    'the config that was found',
    ['db.json'],
    { 'standin.config.json': { dialect: 'fastapi', writes: 'fake' } },
    'Dialect: fastapi. Writes: fake (answered, and not kept). Config: standin.config.json.',
  ],
  [
    'the config that was named, and a dialect of its own',
    ['-c', 'conf/mine.mjs'],
    {
      'conf/mine.mjs': `import { rest } from '${new URL('../../dist/index.js', import.meta.url)}';
        export default { sources: '../db.json', dialect: { ...rest, name: 'ours' } };`,
    },
    'Dialect: ours. Writes: memory (the files stay as they are). Config: conf/mine.mjs.',
  ],
  [
    'what cannot be saved stays in memory',
    ['data.mjs', '-d', 'json-server'],
    { 'data.mjs': 'export default { posts: [{ id: 1 }] };' },
    'Dialect: json-server. Writes: memory (the files stay as they are). Config: none.',
  ],
] as const)('says what answers, and how: %s', async (_sentence, argv, files, line) => {
  expect((await bannerOf([...argv], { ...data(), ...files })).split('\n')[1]).toBe(line);
});

test('counts one item as one, and says which resources have a schema', async () => {
  const files = {
    'data/posts.json': [{ id: 1 }],
    'data/events.json': [{ id: 1 }, { id: 2 }],
    'data/settings.json': { theme: 'dark' },
    'data/posts.schema.json': {},
    'data/guests.schema.json': { type: 'object' },
  };
  const rows = (text: string) =>
    text.split('\n').flatMap((line) => /^ {2}(.*?) +http:/.exec(line)?.[1]?.replace(/ +/g, ' ') ?? []);
  expect(rows(await bannerOf(['data'], files))).toEqual([
    'events 2 items',
    'posts 1 item schema',
    'settings singleton',
    'guests 0 items schema',
  ]);
  // A schema that is inferred is none of the user's.
  expect(rows(await bannerOf(['data', '--strict'], files))).toContain('events 2 items');
});

test.each([
  ['an empty set', ['db.json'], { 'db.json': {} }],
  ['an empty folder', ['data'], { 'data/.gitkeep': '' }],
])('says when there is nothing to serve: %s', async (_sentence, argv, files) => {
  const banner = await bannerOf(argv, files);
  expect(banner).toContain('There is nothing to serve');
  expect(banner).not.toContain('Try:');
});

test('is what the README shows', async () => {
  const shown = blocks(page('README.md'), 'console')[0]?.replace('$ npm start\n', '');
  const { output, url, says } = await command(['--demo'], { cwd: folder().path });
  await says(/Try: .+\n/);
  expect(output.stdout.replaceAll(url, 'http://localhost:3000').trimEnd()).toBe(shown?.trimEnd());
});
