import { expect, test } from 'vitest';
import { indexRoom } from '../../src/store/indexes.ts';
import { serve } from '../serve.ts';

test.each([
  ['rest', '/posts'],
  ['json-server', '/posts'],
  ['json-server-1', '/posts'],
  ['django', '/posts/'],
  ['fastapi', '/posts'],
])('in %s, paths that no item has make no index', async (dialect, path) => {
  const posts = [{ id: 1, title: 'a', address: { city: 'x' } }];
  const { get } = await serve({ sources: { posts }, dialect, writes: 'memory', quiet: true });
  await get(path);
  const before = indexRoom.bytes;
  for (let n = 0; n < 300; n++) await get(`${path}?address.zz${n}=1&zz${n}=1&_sort=-yy${n}&ordering=yy${n}`);
  // What is known of a path is its name.
  expect(indexRoom.bytes - before).toBeLessThan(300 * 3 * 400);
});
