import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { BIN, command, start } from '../command.ts';
import { folder } from '../folder.ts';
import { client } from '../request.ts';

const data = () => ({ 'db.json': { posts: [{ id: 1 }] } });

/** Runs the command at a terminal of its own: `script` (util-linux) makes one. */
const atTerminal = async (env: Record<string, string>) => {
  const { path } = folder({ 'db.json': { posts: [{ id: 1 }] } });
  const line = `"${process.execPath}" "${BIN}" db.json --port 0`;
  const shell = start('script', ['-qfec', line, '/dev/null'], {
    cwd: path,
    // Node takes a terminal of a CI for one without colours.
    env: { TERM: 'xterm-256color', NO_COLOR: '', CI: undefined, ...env },
  });
  const [, url = ''] = await shell.says(/curl (http:\/\/\S+:\d+)/);
  await client(url).get('/posts');
  await client(url).get('/nope');
  await client(url).get('/posts?nope=1');
  await client(url).get('/posts', { 'If-None-Match': '*' });
  await shell.says(/304/);
  return shell.output.stdout;
};

/** Makes a terminal; part of util-linux. */
const hasScript = await promisify(execFile)('script', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(!hasScript)('show the status of a request, at a terminal', async () => {
  const shown = await atTerminal({});
  expect(shown).toContain('GET /posts \u001b[32m200\u001b[0m ');
  expect(shown).toContain('GET /nope \u001b[33m404\u001b[0m ');
  expect(shown).toContain('GET /posts \u001b[36m304\u001b[0m ');
  expect(shown).toContain('\u001b[33mGET /posts: ignored:');
});

test.skipIf(!hasScript).each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are left out with %j', async (env) => {
  expect(await atTerminal(env)).not.toContain('\u001b');
});

test('are left out where nobody looks', async () => {
  const { get, says, output } = await command(['db.json'], {
    cwd: folder(data()).path,
    env: { NO_COLOR: '' },
  });
  await get('/nope');
  await says(/GET \/nope 404/);
  expect(output.stdout).not.toContain('\u001b');
});
