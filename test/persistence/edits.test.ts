import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const posts = () => [
  { id: 1, title: 'first' },
  { id: 2, title: 'second' },
  { id: 3, title: 'third' },
];
type Post = { id: number; title?: string };

async function saving(watch = false, options = {}) {
  const dir = folder({ 'posts.json': posts() });
  const served = await serve({ sources: dir.path, writes: 'file', watch, ...options });
  const saved = (): Post[] => JSON.parse(readFileSync(dir.file('posts.json'), 'utf8'));
  const edit = (items: readonly Post[]) => writeFileSync(dir.file('posts.json'), JSON.stringify(items));
  return { dir, saved, edit, ...served };
}

describe('what others write into the file is merged, not overwritten', () => {
  test('before a write', async () => {
    const { edit, saved, post, get } = await saving();
    edit([{ id: 1, title: 'theirs' }, ...posts().slice(1), { id: 9 }]);
    expect(await post('/posts', { title: 'ours' })).toMatchObject({ status: 201, json: { id: 10 } });
    expect(saved()).toEqual([
      { id: 1, title: 'theirs' },
      ...posts().slice(1),
      { id: 9 },
      { id: 10, title: 'ours' },
    ]);
    expect((await get('/posts')).json).toEqual(saved());
  });

  test('between two writes: each keeps what the other did', async () => {
    const { edit, saved, patch, get } = await saving();
    await patch('/posts/1', { title: 'ours' });
    edit(saved().map((one) => (one.id === 2 ? { ...one, title: 'theirs' } : one)));
    await patch('/posts/3', { title: 'ours too' });
    expect(saved().map(({ title }) => title)).toEqual(['ours', 'theirs', 'ours too']);
    expect((await get('/posts')).json).toEqual(saved());
  });

  test('a change of the file undoes a change that was saved before', async () => {
    const { edit, saved, patch, post, get } = await saving();
    await patch('/posts/1', { title: 'ours' });
    edit(posts());
    await post('/posts', {});
    expect(saved()[0]).toEqual(posts()[0]);
    expect((await get('/posts/1')).json).toEqual(posts()[0]);
  });

  test('an item that others deleted is gone, one that others added back is there', async () => {
    const { edit, saved, post, del, get } = await saving();
    await post('/posts', { title: 'ours' });
    await del('/posts/2');
    edit([...posts()]);
    await post('/posts', { title: 'next' });
    expect(saved()).toEqual([...posts(), { id: 5, title: 'next' }]);
    expect((await get('/posts')).json).toEqual(saved());
  });

  test('during a burst', async () => {
    const { edit, saved, post, get } = await saving(true);
    const answers = Array.from({ length: 30 }, (_, i) => post('/posts', { title: `${i}` }));
    for (let i = 0; i < 5; i++) {
      await sleep(3);
      const now = saved();
      edit(now.map((one) => (one.id === 1 ? { ...one, title: `theirs ${i}` } : one)));
    }
    const made = (await Promise.all(answers)).map(({ status, json }) => {
      expect(status).toBe(201);
      return (json as Post).id;
    });
    expect(new Set(made).size).toBe(30);
    // The last edit is seen once what is served is what stands in the file.
    const isServed = async () => JSON.stringify((await get('/posts')).json) === JSON.stringify(saved());
    await expect.poll(isServed).toBe(true);
    expect(saved()[0]?.title).toMatch(/^theirs/);
  });
});

describe('a file that is broken at the moment', () => {
  test('is not touched: its writes wait for it to be whole', async () => {
    const { dir, post, get } = await saving();
    dir.write('posts.json', '[{"id": 1, ');
    const refused = await post('/posts', {});
    expect(refused).toMatchObject({ status: 503, json: { code: 'not-saved' } });
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect(readFileSync(dir.file('posts.json'), 'utf8')).toBe('[{"id": 1, ');
    expect((await get('/posts')).json).toEqual(posts());
    dir.write('posts.json', [{ id: 1 }]);
    expect(await post('/posts', {})).toMatchObject({ status: 201 });
  });

  test('does not keep writes from the other files', async () => {
    const { dir, post } = await saving();
    dir.write('tags.json', '[');
    expect((await post('/posts', {})).status).toBe(201);
  });
});

describe('a folder that cannot be written', () => {
  test('fails the write, and the next one works once it can be', async () => {
    const { dir, post, get, saved } = await saving();
    renameSync(dir.path, `${dir.path}-away`);
    expect((await post('/posts', {})).status).toBe(503);
    expect((await get('/posts')).json).toEqual(posts());
    renameSync(`${dir.path}-away`, dir.path);
    expect(await post('/posts', {})).toMatchObject({ status: 201, json: { id: 4 } });
    expect(saved()).toHaveLength(4);
    expect(readdirSync(dir.path)).toEqual(['posts.json']);
  });

  test('a folder in the place of the file, too', async () => {
    const { dir, post } = await saving();
    rmSync(dir.file('posts.json'));
    mkdirSync(dir.file('posts.json'));
    expect([404, 503]).toContain((await post('/posts', {})).status);
    rmSync(dir.file('posts.json'), { recursive: true });
    dir.write('posts.json', posts());
    let status = 0;
    for (let i = 0; i < 3 && status !== 201; i++) status = (await post('/posts', {})).status;
    expect(status).toBe(201);
  });
});

describe('resets and snapshots are saved', () => {
  test('a reset leads back to what the files said at the start', async () => {
    const { post, patch, del, saved, standin, get } = await saving();
    await post('/posts', {});
    await patch('/posts/1', { title: 'ours' });
    await del('/posts/2');
    await standin.reset();
    expect(saved()).toEqual(posts());
    expect((await get('/posts')).json).toEqual(posts());
    expect(await post('/posts', {})).toMatchObject({ json: { id: 4 } });
  });

  test('also after others changed the file, whose change stays', async () => {
    const { edit, del, patch, saved, standin } = await saving();
    await del('/posts/2');
    await patch('/posts/1', { title: 'ours' });
    edit(saved().map((one) => (one.id === 3 ? { ...one, title: 'theirs' } : one)));
    await standin.reload();
    await standin.reset();
    expect(saved()).toEqual([posts()[0], posts()[1], { id: 3, title: 'theirs' }]);
  });

  test('a snapshot is put back into the file', async () => {
    const { post, saved, standin, get } = await saving();
    await post('/posts', { title: 'kept' });
    standin.snapshots.take('one');
    await post('/posts', { title: 'dropped' });
    await standin.snapshots.restore('one');
    expect(saved().map(({ title }) => title)).toEqual(['first', 'second', 'third', 'kept']);
    expect((await get('/posts')).json).toEqual(saved());
  });

  test('--on-reload reset starts again from what the file says now', async () => {
    const { edit, post, saved, standin, get } = await saving(false, { onReload: 'reset' });
    await post('/posts', { title: 'ours' });
    edit([...saved(), { id: 8 }]);
    await standin.reload();
    expect((await get('/posts')).json).toEqual(saved());
  });
});

test('its own saves cause no reload', async () => {
  const { edit, saved, post, lines, standin } = await saving(true);
  const events: string[] = [];
  standin.on('change', ({ type }) => events.push(type));
  for (let i = 0; i < 5; i++) await post('/posts', {});
  // What the watcher still had to say of these saves, it says before it reports an edit that came later.
  edit([...saved(), { id: 99, title: 'theirs' }]);
  await expect.poll(() => events).toContain('reload');
  expect(events).toEqual([...Array(5).fill('create'), 'reload']);
  expect(lines.filter(({ text }) => /^posts: /.test(text)).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^posts: \+1 ~0 -0/),
  ]);
});
