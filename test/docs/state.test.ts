import { expect, test } from 'vitest';
import { type Limit, limits } from '../../src/limits.ts';
import { optionTable } from '../../src/options/table.ts';
import { serve } from '../serve.ts';
import { page, table } from './markdown.ts';

const state = page('docs/state.md');
const words = (text: string | undefined): string => String(text).replaceAll('`', '');

test('every write mode has its row, and there is no other', () => {
  expect(table(state, '`--writes`').map(([mode]) => words(mode))).toEqual(optionTable.writes.choices);
});

const requests = [...state.matchAll(/^\| `(GET|PUT|POST|DELETE) (\/\S+)` \|/gm)].map(
  ([, method = '', path = '']): [string, string] => [method, path],
);

test('every request of the page works, in its order', async () => {
  const { send, put } = await serve({ sources: { posts: [{ id: 1, userId: 1 }] } });
  expect(requests.length).toBeGreaterThan(10);
  await put('/_standin/snapshots/before');
  for (const [method, path] of requests)
    expect([path, (await send(path, { method })).status]).toEqual([path, 200]);
});

test('every bound has its row, with its numbers, and there is no other', () => {
  const number = (most = 0) => (most === 0 ? '' : most.toLocaleString('en'));
  const megabytes = (bytes = 0) => (bytes === 0 ? '' : `${bytes / 2 ** 20} MB`);
  const rows = Object.values<Limit>(limits).map(({ what, per, most, bytes, beyond }) => [
    what,
    per,
    number(most),
    megabytes(bytes),
    beyond,
  ]);
  expect(table(state, 'what | of | number')).toEqual(rows);
});
