import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { start } from './command.ts';
import { folder } from './folder.ts';
import { client } from './request.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MINUTES = 60_000;

const exec = promisify(execFile);

test('the packed package works in an empty folder', { timeout: 5 * MINUTES }, async () => {
  const dir = folder({ 'package.json': { name: 'app', private: true, type: 'module' } });
  // The suite built it already, and must not build it under the feet of other tests.
  const packed = await exec('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir.path], {
    cwd: ROOT,
  });
  const [{ filename, files }] = JSON.parse(packed.stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  const names = files.map(({ path }) => path);
  expect(names).toEqual(
    expect.arrayContaining([
      'package.json',
      'LICENSE',
      'CHANGELOG.md',
      'docs/queries.md',
      'bin/standin.js',
      'dist/index.js',
      'dist/index.d.ts',
      'fixtures/posts.json',
    ]),
  );
  expect(
    names.filter(
      (path) => !/^(bin|dist|docs|fixtures|package\.json|LICENSE|(README|CHANGELOG)\.md)/.test(path),
    ),
  ).toEqual([]);

  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', join(dir.path, filename)];
  await exec('npm', install, { cwd: dir.path });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

  const demo = start('npx', ['standin', '--demo', '--port', '0'], { cwd: dir.path });
  const [, url = ''] = await demo.says(/(http:\/\/localhost:\d+)/);
  expect((await client(url).get('/posts/1/comments')).headers['x-total-count']).toBe('5');

  dir.write(
    'app.mjs',
    `import { createStandin, Problem, version } from 'standin';
    const standin = await createStandin({ sources: { posts: [{ id: 1 }] }, port: 0 });
    const { url } = await standin.listen();
    const answer = await fetch(url + '/posts');
    console.log(JSON.stringify([version, typeof Problem, await answer.json()]));
    await standin.close();`,
  );
  const { stdout } = await exec(process.execPath, ['app.mjs'], { cwd: dir.path });
  expect(JSON.parse(stdout)).toEqual([manifest.version, 'function', [{ id: 1 }]]);

  dir.write(
    'app.ts',
    `import { createStandin, type Options, type Standin } from 'standin';
    const options: Options = { sources: { posts: [] }, port: 0 };
    const standin: Standin = await createStandin(options);
    const { url }: { url: string } = await standin.listen();
    // @ts-expect-error: an option that does not exist
    await createStandin({ sourses: url });`,
  );
  // The app's own compiler and types, as an app would have installed them.
  symlinkSync(
    dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))),
    dir.file('node_modules/typescript'),
  );
  const flags = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext'];
  const tsc = ['node_modules/typescript/bin/tsc', ...flags, 'app.ts'];
  await exec(process.execPath, tsc, { cwd: dir.path }).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
});
