import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const posts = () => [
  { id: 1, title: 'one' },
  { id: 2, title: 'two' },
  { id: 3, title: 'three' },
];
const CHANGED = (counts: string) => new RegExp(`^posts: ${counts.replaceAll('+', '\\+')} \\(\\d+ ms\\)$`);

/** A watched folder with posts, without a line per request in the log. */
async function watched(files: Record<string, unknown> = {}, options: Options = {}) {
  const dir = folder({ 'posts.json': posts(), ...files });
  const api = await serve({ sources: dir.path, watch: true, quiet: true, ...options });
  const { port } = await api.standin.listen();
  return { dir, ...api, port };
}

describe('a saved file is served at once', () => {
  test('and the log says what changed', async () => {
    const { dir, says, get, lines } = await watched();
    dir.write('posts.json', [posts()[0], { id: 2, title: 'deux' }, { id: 4, title: 'four' }]);
    await says(CHANGED('+1 ~1 -1'));
    expect((await get('/posts')).json).toEqual([
      posts()[0],
      { id: 2, title: 'deux' },
      { id: 4, title: 'four' },
    ]);
    expect(lines).toHaveLength(1);
  });

  test('when it is the only source', async () => {
    const dir = folder({ 'db.json': { posts: posts() } });
    const { says, get } = await serve({ sources: dir.file('db.json'), watch: true });
    dir.write('db.json', { posts: [] });
    await says(CHANGED('+0 ~0 -3'));
    expect((await get('/posts')).json).toEqual([]);
  });

  test('when an editor writes beside it and renames', async () => {
    const { dir, says, get } = await watched();
    for (const title of ['first', 'second', 'third']) {
      dir.write('posts.json.tmp', [{ id: 1, title }]);
      renameSync(dir.file('posts.json.tmp'), dir.file('posts.json'));
      await says(CHANGED(title === 'first' ? '+0 ~1 -2' : '+0 ~1 -0'));
      await expect.poll(async () => (await get('/posts/1')).json).toEqual({ id: 1, title });
    }
  });

  test('when it is a module, and run again', async () => {
    const module = (title: string) => `export default async () => [{ id: 1, title: '${title}' }];`;
    const dir = folder({ 'notes.mjs': module('a') });
    const { says, get } = await serve({ sources: dir.file('notes.mjs'), watch: true, quiet: true });
    dir.write('notes.mjs', module('b'));
    await says(/^notes: \+0 ~1 -0/);
    expect((await get('/notes/1')).json).toEqual({ id: 1, title: 'b' });
  });

  test('when it holds a singleton or a plain value', async () => {
    const { dir, says, get } = await watched({ 'settings.json': { theme: 'dark' }, 'colours.json': ['red'] });
    dir.write('settings.json', { theme: 'light' });
    await says(/^settings: /);
    expect((await get('/settings')).json).toEqual({ theme: 'light' });
    dir.write('colours.json', ['blue']);
    await says(/^colours: /);
    expect((await get('/colours')).json).toEqual(['blue']);
  });

  test('without another word when nothing in it changed', async () => {
    const { dir, says, lines } = await watched();
    dir.write('posts.json', JSON.stringify(posts()));
    dir.write('comments.json', [{ id: 1 }]);
    await says(/^comments: /);
    expect(lines).toHaveLength(1);
  });
});

describe('files come and go', () => {
  test('a new file is a new resource', async () => {
    const { dir, says, get } = await watched();
    dir.write('comments.json', [{ id: 1, postId: 2 }]);
    await says(/^comments: \+1 ~0 -0/);
    expect((await get('/posts/2/comments')).json).toEqual([{ id: 1, postId: 2 }]);
  });

  test('a removed file is a resource less', async () => {
    const { dir, says, get } = await watched({ 'comments.json': [{ id: 1 }] });
    rmSync(dir.file('comments.json'));
    await says(/^comments: \+0 ~0 -1/);
    expect((await get('/comments')).status).toBe(404);
    expect((await get('/posts')).status).toBe(200);
  });

  test('a file that is deleted and made again is served again, with what clients wrote', async () => {
    const { dir, says, get, patch } = await watched({ 'comments.json': [{ id: 1 }, { id: 2 }] });
    await patch('/comments/2', { text: 'mine' });
    rmSync(dir.file('comments.json'));
    await says(/^comments: \+0 ~0 -2/);
    dir.write('comments.json', [{ id: 1 }, { id: 2 }]);
    await says(/^comments: \+2 ~0 -0/);
    expect((await get('/comments/2')).json).toEqual({ id: 2, text: 'mine' });
  });

  test('a source that is gone for a while keeps its last good state', async () => {
    const dir = folder({ 'db.json': { posts: posts() } });
    const { says, get } = await serve({ sources: dir.file('db.json'), watch: true });
    rmSync(dir.file('db.json'));
    await says(/there is no file or folder/);
    expect((await get('/posts')).json).toHaveLength(3);
    dir.write('db.json', { posts: [] });
    await says(CHANGED('+0 ~0 -3'));
    expect((await get('/posts')).json).toEqual([]);
  });

  test('a folder that is deleted and made again is served again', async () => {
    const dir = folder({ 'data/posts.json': posts() });
    const { says, get } = await serve({ sources: dir.file('data'), watch: true });
    rmSync(dir.file('data'), { recursive: true });
    await says(/there is no file or folder|posts: \+0 ~0 -3/);
    dir.write('data/posts.json', [{ id: 1, n: 1 }]);
    await expect.poll(async () => (await get('/posts')).json).toEqual([{ id: 1, n: 1 }]);
    dir.write('data/posts.json', [{ id: 1, n: 2 }]);
    await expect.poll(async () => (await get('/posts')).json).toEqual([{ id: 1, n: 2 }]);
  });

  test('a resource may turn into a singleton and back', async () => {
    const { dir, says, get } = await watched();
    dir.write('posts.json', { only: 'one' });
    await says(/^posts: /);
    expect((await get('/posts')).json).toEqual({ only: 'one' });
    dir.write('posts.json', posts());
    await expect.poll(async () => (await get('/posts')).json).toEqual(posts());
  });
});

describe('a schema file', () => {
  const schema = (type: string) => ({ properties: { title: { type } } });

  test('that is saved is asked from then on', async () => {
    const { dir, post, get } = await watched({ 'posts.schema.json': schema('string') });
    expect((await post('/posts', { title: 4 })).status).toBe(422);
    dir.write('posts.schema.json', schema('number'));
    await expect.poll(async () => (await post('/posts', { title: 4 })).status).toBe(201);
    expect((await get('/posts/1')).json).toEqual(posts()[0]);
  });

  test.each(['posts.schema.json', 'schemas/posts.schema.json'])(
    '%s may appear later, and go',
    async (name) => {
      const { dir, post } = await watched();
      expect((await post('/posts', { title: 4 })).status).toBe(201);
      dir.write(name, schema('string'));
      await expect.poll(async () => (await post('/posts', { title: 4 })).status).toBe(422);
      rmSync(dir.file(name));
      await expect.poll(async () => (await post('/posts', { title: 4 })).status).toBe(201);
    },
  );

  test('that is broken leaves the last good one', async () => {
    const { dir, says, post } = await watched({ 'posts.schema.json': schema('string') });
    dir.write('posts.schema.json', '{"type": "nonsense"}');
    await says(/posts\.schema\.json:1:10.*\n.*last good state/);
    expect((await post('/posts', { title: 4 })).status).toBe(422);
    expect((await post('/posts', { title: 'four' })).status).toBe(201);
  });
});

describe('a broken file', () => {
  test('is one line with its place; the last good state serves on, writes included, and recovers', async () => {
    const { dir, says, get, post, lines } = await watched();
    await post('/posts', { title: 'mine' });
    dir.write('posts.json', '[\n  {"id": 1,');
    const line = await says(/not JSON/);
    expect(line.level).toBe('error');
    expect(line.text).toContain(`${dir.file('posts.json')}:2:12: `);
    expect((await get('/posts')).json).toEqual([...posts(), { id: 4, title: 'mine' }]);
    dir.write('posts.json', '[\n  {"id": 1, "title": "uno"},');
    await says(/posts\.json:2:29/);
    dir.write('posts.json', [{ id: 1, title: 'uno' }]);
    await says(/can be read again/);
    expect((await get('/posts')).json).toEqual([
      { id: 1, title: 'uno' },
      { id: 4, title: 'mine' },
    ]);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  test('that stays broken in the same way is not said again', async () => {
    const { dir, says, lines } = await watched();
    dir.write('posts.json', '[');
    await says(/not JSON/);
    dir.write('other.json', []);
    dir.write('posts.json', '[');
    dir.write('posts.json', posts());
    await says(/can be read again/);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('beside a good one that was saved holds both back, until it is fixed', async () => {
    const { dir, says, get } = await watched({ 'comments.json': [{ id: 1 }] });
    dir.write('comments.json', '[{]');
    await says(/comments\.json:1:3/);
    dir.write('posts.json', []);
    dir.write('comments.json', [{ id: 1 }, { id: 2 }]);
    await says(/^comments: \+1/);
    await expect.poll(async () => (await get('/posts')).json).toEqual([]);
  });

  test('that two items share an id in is refused too', async () => {
    const { dir, says, get } = await watched();
    dir.write('posts.json', [...posts(), { id: 1, title: 'again' }]);
    await says(/two items have the id 1/);
    expect((await get('/posts')).json).toHaveLength(3);
  });
});

describe('what clients wrote', () => {
  test('to other items is kept', async () => {
    const { dir, says, get, post, patch, del } = await watched({ 'comments.json': [{ id: 1 }] });
    await patch('/posts/1', { title: 'mine' });
    await del('/posts/2');
    await post('/posts', { title: 'new' });
    await post('/comments', { text: 'new' });
    dir.write('posts.json', [posts()[0], posts()[1], { id: 3, title: 'drei' }]);
    await says(CHANGED('+0 ~1 -0'));
    expect((await get('/posts')).json).toEqual([
      { id: 1, title: 'mine' },
      { id: 3, title: 'drei' },
      { id: 4, title: 'new' },
    ]);
    expect((await get('/comments')).json).toHaveLength(2);
  });

  test('to an item that changed in the file gives way, with a line', async () => {
    const { dir, says, get, patch } = await watched();
    await patch('/posts/1', { title: 'mine' });
    dir.write('posts.json', [{ id: 1, title: 'file' }]);
    expect((await says(/the file wins/)).text).toBe('posts/1: the file changed it too, the file wins');
    expect((await get('/posts/1')).json).toEqual({ id: 1, title: 'file' });
  });

  test('as an item that the file adds too gives way, with a line', async () => {
    const { dir, says, get, post } = await watched();
    await post('/posts', { title: 'mine' });
    dir.write('posts.json', [...posts(), { id: 4, title: 'file' }]);
    await says(/^posts\/4: /);
    expect((await get('/posts/4')).json).toEqual({ id: 4, title: 'file' });
    expect((await post('/posts', {})).json).toEqual({ id: 5 });
  });

  test('raises the next id for good', async () => {
    const { dir, says, post, del } = await watched();
    await post('/posts', {});
    await del('/posts/4');
    dir.write('posts.json', [{ id: 1 }]);
    await says(CHANGED('+0 ~1 -2'));
    expect((await post('/posts', {})).json).toEqual({ id: 5 });
    dir.write('posts.json', [{ id: 70 }]);
    await says(CHANGED('+1 ~0 -1'));
    expect((await post('/posts', {})).json).toEqual({ id: 71 });
  });

  test('is dropped by a reload where the option says so', async () => {
    const { dir, says, get, post } = await watched({}, { onReload: 'reset' });
    await post('/posts', {});
    dir.write('posts.json', [{ id: 1, title: 'uno' }]);
    await says(CHANGED('+0 ~1 -2'));
    expect((await get('/posts')).json).toEqual([{ id: 1, title: 'uno' }]);
  });
});

describe('by hand', () => {
  test('reload() reads the files now, and rejects what is wrong with them', async () => {
    const dir = folder({ 'posts.json': posts() });
    const { standin, get } = await serve({ sources: dir.path });
    dir.write('posts.json', []);
    await standin.reload();
    expect((await get('/posts')).json).toEqual([]);
    dir.write('posts.json', '[');
    await expect(standin.reload()).rejects.toMatchObject({ code: 'bad-fixture' });
    expect((await get('/posts')).json).toEqual([]);
  });

  test('reset() goes back to the fixtures, whole or for one resource', async () => {
    const { standin, get, post } = await serve({ sources: { posts: posts(), notes: [] } });
    await post('/posts', {});
    await post('/notes', {});
    await standin.reset('posts');
    expect((await get('/posts')).json).toEqual(posts());
    expect((await get('/notes')).json).toHaveLength(1);
    await standin.reset();
    expect((await get('/notes')).json).toEqual([]);
    expect((await post('/notes', {})).json).toEqual({ id: 1 });
  });

  test('an unwatched folder stays as it was read', async () => {
    const dir = folder({ 'posts.json': posts() });
    const { get, says, standin } = await serve({ sources: dir.path, watch: false });
    dir.write('posts.json', []);
    expect((await get('/posts')).json).toHaveLength(3);
    await standin.reload();
    await says(CHANGED('+0 ~0 -3'));
  });
});

describe('many saves', () => {
  test('in a burst end with the last one', async () => {
    const { dir, get, lines } = await watched();
    for (let n = 1; n <= 100; n++) writeFileSync(dir.file('posts.json'), JSON.stringify([{ id: 1, n }]));
    await expect.poll(async () => (await get('/posts')).json).toEqual([{ id: 1, n: 100 }]);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(lines.length).toBeLessThan(10);
  });

  test('of all files at once, as by a change of branch, are taken together', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `things${i}`);
    const files = (n: number) => Object.fromEntries(names.map((name) => [`${name}.json`, [{ id: 1, n }]]));
    const { dir, get, says } = await watched(files(1));
    for (const [name, content] of Object.entries(files(2))) dir.write(name, content);
    await Promise.all(names.map((name) => says(new RegExp(`^${name}: \\+0 ~1 -0`))));
    for (const name of names) expect((await get(`/${name}/1`)).json).toEqual({ id: 1, n: 2 });
  });

  test('every 50 ms under load fail no request, lose no write, and keep the listener', async () => {
    const { dir, get, post, patch, standin, port, lines } = await watched();
    const end = performance.now() + 3000;
    const statuses = new Map<number, number>();
    const count = ({ status }: { status: number }) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const made: unknown[] = [];
    const client = async (request: () => Promise<{ status: number }>) => {
      while (performance.now() < end) count(await request());
    };
    const create = async () => {
      const answer = await post('/posts', { title: 'mine' });
      made.push((answer.json as { id: unknown }).id);
      return answer;
    };
    let saves = 0;
    const saver = async () => {
      while (performance.now() < end) {
        const whole = JSON.stringify([...posts(), { id: 'n', saves: ++saves }]);
        if (saves % 2 === 0) dir.write('posts.json', whole);
        else {
          dir.write('posts.json.tmp', whole);
          renameSync(dir.file('posts.json.tmp'), dir.file('posts.json'));
        }
        await sleep(50);
      }
    };
    await Promise.all([
      saver(),
      client(() => get('/posts')),
      client(() => get('/posts/2')),
      client(() => patch('/posts/1', { title: 'mine' })),
      client(create),
    ]);
    expect([...statuses.keys()].sort()).toEqual([200, 201]);
    expect(saves).toBeGreaterThan(10);
    await expect.poll(async () => (await get('/posts/n')).json).toEqual({ id: 'n', saves });
    const ids = new Set(((await get('/posts')).json as { id: unknown }[]).map(({ id }) => id));
    expect(made.filter((id) => !ids.has(id))).toEqual([]);
    expect((await standin.listen()).port).toBe(port);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
