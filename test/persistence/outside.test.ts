import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { start } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const OUTSIDER = fileURLToPath(new URL('outsider.mjs', import.meta.url));
const SAVES = 250;

test('of saves by a program that takes no lock, none is torn, and hardly one overwritten', async () => {
  const dir = folder({ 'db.json': { posts: [], marks: [] } });
  const { post } = await serve({ sources: dir.file('db.json'), writes: 'file' });
  const { ended, output } = start(process.execPath, [OUTSIDER, dir.file('db.json'), String(SAVES)]);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  let answered = 0;
  const writer = async (name: number) => {
    for (let i = 0; !isOver; i++)
      if ((await post('/posts', { title: `${name}.${i}` })).status === 201) answered++;
  };
  await Promise.all([0, 1, 2, 3].map(writer));
  expect(JSON.parse(output.stdout)).toEqual({ torn: 0 });
  const { marks } = JSON.parse(readFileSync(dir.file('db.json'), 'utf8')) as { marks: { id: string }[] };
  expect(answered).toBeGreaterThan(0);
  // Between our look and our rename there is nothing but the rename: 8 of 1,000 are allowed.
  expect(SAVES - new Set(marks.map(({ id }) => id)).size).toBeLessThanOrEqual(2);
  expect(readdirSync(dir.path)).toEqual(['db.json']);
}, 120_000);
