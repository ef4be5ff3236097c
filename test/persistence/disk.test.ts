import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BIN, start } from '../command.ts';
import { folder } from '../folder.ts';
import { client } from '../request.ts';

const TRACED = fileURLToPath(new URL('traced.mjs', import.meta.url));

test('a write is on the disk before it is answered: its text, then its place, then the folder', async () => {
  const dir = folder({ 'db.json': { posts: [] } });
  const argv = ['--import', TRACED, BIN, dir.file('db.json'), '--writes', 'file', '--port', '0', '--quiet'];
  const { says, output } = start(process.execPath, argv);
  const [, url = ''] = await says(/(http:\/\/\S+:\d+)/);
  const { post } = client(url);
  expect((await post('/posts', {})).status).toBe(201);
  await says(/traced sync standin-/, 'stderr');
  expect(output.stderr.match(/(?<=traced ).*/g)).toEqual([
    expect.stringMatching(/^sync \.db\.json\..*\.standin\.tmp$/),
    'rename db.json',
    `sync ${basename(dir.path)}`,
  ]);
});
