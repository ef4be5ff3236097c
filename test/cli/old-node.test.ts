import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BIN, start } from '../command.ts';
import { folder } from '../folder.ts';

const program = readFileSync(BIN, 'utf8');
const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  engines: { node: string };
};

/** Runs the file alone, on a Node that says it is another. */
const runOn = async (found: string, type: 'commonjs' | 'module') => {
  const dir = folder({
    'bin/standin.js': program,
    'package.json': { type },
    'dist/cli/main.js': "console.log('started');",
    'fake.cjs': `Object.defineProperty(process, 'versions', { value: { node: '${found}' } });
      Object.defineProperty(process, 'version', { value: 'v${found}' });`,
  });
  const { ended, output } = start(process.execPath, ['-r', dir.file('fake.cjs'), dir.file('bin/standin.js')]);
  return { code: await ended, ...output };
};

test.each(['0.10.48', '20.18.3'])('Node %s gets one sentence', async (found) => {
  for (const type of ['commonjs', 'module'] as const) {
    expect(await runOn(found, type)).toEqual({
      code: 1,
      stdout: '',
      stderr: `standin needs Node ${engines.node.slice(2)} or newer; this is v${found}.\n`,
    });
  }
});

test.each(['20.19.0', '100.0.0'])('Node %s starts', async (found) => {
  for (const type of ['commonjs', 'module'] as const)
    expect(await runOn(found, type)).toMatchObject({ code: 0, stdout: 'started\n' });
});

test('an old Node can read the file: nothing in it is newer than ES5', () => {
  const code = program.replace(/^(#!|\/\/).*$/gm, '').replace(/'[^']*'/g, "''");
  expect(code).not.toMatch(
    /=>|`|\b(const|let|class|import|export|async|await|of)\b|\?\.|\?\?|\*\*|\.\.\.|,\s*\)/,
  );
});
