import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Change, Journal } from '../../src/model/change.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { Pair } from '../store/pair.ts';

const COUNT = 40;
const ids = (from: number) => Array.from({ length: COUNT }, (_, i) => from + i);

describe.each([
  ['memory', 'rest'],
  ['file', 'rest'],
  ['memory', 'json-server'],
  ['file', 'json-server'],
] as const)('with --writes %s, in %s', (writes, dialect) => {
  const start = async () => {
    const dir = folder({ 'db.json': { posts: [{ id: 1 }] } });
    const served = await serve({ sources: dir.file('db.json'), writes, dialect, watch: true });
    const saved = () => JSON.parse(readFileSync(dir.file('db.json'), 'utf8')).posts as { id: number }[];
    return { saved, ...served };
  };
  const check = async ({ get, saved }: Awaited<ReturnType<typeof start>>) => {
    const { json } = await get('/posts?_start=0&_end=1000');
    const found = (json as { id: number }[]).map(({ id }) => id);
    expect(found).toEqual([1, ...ids(2)]);
    if (writes === 'file') expect(saved().map(({ id }) => id)).toEqual(found);
  };

  test('40 quick writes are all kept and numbered', async () => {
    const served = await start();
    for (const id of ids(2)) expect(await served.post('/posts', { n: id })).toMatchObject({ json: { id } });
    await check(served);
  });

  test('40 writes at once, too', async () => {
    const served = await start();
    const answers = await Promise.all(ids(2).map((n) => served.post('/posts', { n })));
    expect(answers.map(({ status }) => status)).toEqual(Array(COUNT).fill(201));
    expect(answers.map(({ json }) => (json as { id: number }).id).sort((a, b) => a - b)).toEqual(ids(2));
    await check(served);
  });
});

test('with --writes fake, 40 at once are all answered', async () => {
  const { post, get } = await serve({ sources: { posts: [{ id: 1 }] }, writes: 'fake' });
  const answers = await Promise.all(ids(2).map((n) => post('/posts', { n })));
  expect(answers.map(({ json }) => json)).toEqual(ids(2).map((n) => ({ id: 2, n })));
  expect((await get('/posts')).json).toHaveLength(1);
});

describe('a disk', () => {
  const journal = (write: (changes: readonly Change[]) => Promise<readonly string[]>) => {
    const batches: number[] = [];
    const kept: Journal = {
      async write(changes) {
        batches.push(changes.length);
        return write(changes);
      },
    };
    return { batches, kept };
  };
  const put = (pair: Pair, id: number) =>
    pair.state.write(pair.state.main, (draft) => draft.put('posts', String(id), { id }));

  test('that is slow: writes that arrive together share one save, and are read once it is done', async () => {
    let done = () => {};
    const { batches, kept } = journal(() => new Promise((resolve) => (done = () => resolve([]))));
    const pair = await Pair.make({ posts: [] }, kept);
    const first = put(pair, 1);
    await new Promise(setImmediate);
    const later = [put(pair, 2), put(pair, 3), put(pair, 4)];
    expect(pair.state.main.store.shelf('posts').size).toBe(0);
    done();
    await first;
    expect(pair.state.main.store.shelf('posts').size).toBe(1);
    await new Promise(setImmediate);
    done();
    await Promise.all(later);
    expect(batches).toEqual([1, 3]);
    expect(pair.state.main.store.shelf('posts').size).toBe(4);
  });

  test('that fails: every write of the batch fails, burns nothing, and the next one works', async () => {
    let isFull = true;
    const { kept } = journal(async () => {
      if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return [];
    });
    const pair = await Pair.make({ posts: [] }, kept);
    const failed = await Promise.allSettled([put(pair, 1), put(pair, 2)]);
    for (const one of failed)
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'not-saved', status: 503 } });
    await expect(pair.state.reset(pair.state.main)).resolves.toBeUndefined();
    isFull = false;
    await put(pair, 3);
    expect(
      pair.state.main.store
        .shelf('posts')
        .entries()
        .map(({ key }) => key),
    ).toEqual(['3']);
  });
});
