import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const posts = () => [
  { id: 1, title: 'first' },
  { id: 2, title: 'second' },
];

describe('what becomes of writes', () => {
  test('memory: they are served, and the file stays as it was', async () => {
    const dir = folder({ 'db.json': { posts: posts() } });
    const before = readFileSync(dir.file('db.json'), 'utf8');
    const { post, get } = await serve({ sources: dir.file('db.json') });
    expect((await post('/posts', { title: 'third' })).status).toBe(201);
    expect((await get('/posts')).json).toHaveLength(3);
    expect(readFileSync(dir.file('db.json'), 'utf8')).toBe(before);
  });

  test('fake: they are answered, and never kept', async () => {
    const { post, put, patch, del, get } = await serve({ sources: { posts: posts() }, writes: 'fake' });
    for (let i = 0; i < 2; i++)
      expect(await post('/posts', { title: 'x' })).toMatchObject({
        status: 201,
        json: { id: 3, title: 'x' },
      });
    expect((await put('/posts/1', { title: 'x' })).json).toEqual({ id: 1, title: 'x' });
    expect((await patch('/posts/1', { body: 'x' })).json).toEqual({ id: 1, title: 'first', body: 'x' });
    expect((await del('/posts/1')).status).toBe(204);
    expect((await get('/posts')).json).toEqual(posts());
  });

  test.each([
    ['rest', 405],
    ['json-server', 403],
  ])('off: %s refuses them', async (dialect, status) => {
    const { post, del, send, get } = await serve({ sources: { posts: posts() }, writes: 'off', dialect });
    if (dialect === 'rest') expect((await post('/posts', {})).status).toBe(status);
    else expect([403, 404, 405]).toContain((await post('/posts', {})).status);
    expect((await del('/posts/1')).status).not.toBe(204);
    const { headers } = await send('/posts', { method: 'OPTIONS' });
    expect(headers.allow ?? '').not.toContain('POST');
    expect((await get('/posts')).json).toEqual(posts());
  });

  test('file: they are in the file once they are answered', async () => {
    const dir = folder({ 'db.json': { posts: posts(), settings: { theme: 'dark' } } });
    const saved = () => JSON.parse(readFileSync(dir.file('db.json'), 'utf8'));
    const { post, patch, put, del } = await serve({ sources: dir.file('db.json'), writes: 'file' });
    await post('/posts', { title: 'third' });
    expect(saved().posts[2]).toEqual({ id: 3, title: 'third' });
    await patch('/posts/1', { title: 'changed' });
    expect(saved().posts[0]).toEqual({ id: 1, title: 'changed' });
    await del('/posts/2');
    expect(saved().posts.map(({ id }: { id: number }) => id)).toEqual([1, 3]);
    await put('/settings', { theme: 'light' });
    expect(saved().settings).toEqual({ theme: 'light' });
    expect(readdirSync(dir.path)).toEqual(['db.json']);
  });

  test('file: a refused write leaves the file alone', async () => {
    const dir = folder({ 'db.json': { posts: posts() } });
    const before = readFileSync(dir.file('db.json'), 'utf8');
    const { post, patch } = await serve({ sources: dir.file('db.json'), writes: 'file' });
    expect((await post('/posts', { id: 1 })).status).toBe(409);
    expect((await patch('/posts/9', {})).status).toBe(404);
    expect((await post('/posts', { title: 'x' }, { Prefer: 'tx=rollback' })).status).toBe(201);
    expect(readFileSync(dir.file('db.json'), 'utf8')).toBe(before);
  });

  test('file: a session is never saved', async () => {
    const dir = folder({ 'db.json': { posts: posts() } });
    const before = readFileSync(dir.file('db.json'), 'utf8');
    const { post, get } = await serve({ sources: dir.file('db.json'), writes: 'file' });
    expect((await post('/posts', {}, { 'X-Standin-Session': 'a' })).status).toBe(201);
    expect((await get('/posts', { 'X-Standin-Session': 'a' })).json).toHaveLength(3);
    expect((await get('/posts')).json).toHaveLength(2);
    expect(readFileSync(dir.file('db.json'), 'utf8')).toBe(before);
  });

  test('file: a schema without a fixture gets a file at its first item', async () => {
    const dir = folder({ 'posts.json': posts(), 'tags.schema.json': { type: 'object' } });
    const { post } = await serve({ sources: dir.path, writes: 'file' });
    expect((await post('/tags', { name: 'x' })).status).toBe(201);
    expect(JSON.parse(readFileSync(dir.file('tags.json'), 'utf8'))).toEqual([{ id: 1, name: 'x' }]);
    expect((await post('/tags', { name: 'y' })).status).toBe(201);
    expect(JSON.parse(readFileSync(dir.file('tags.json'), 'utf8'))).toHaveLength(2);
  });
});

describe('what cannot be saved is an error at the start', () => {
  test('a module', async () => {
    const dir = folder({ 'db.mjs': 'export default { posts: [] };' });
    const { code, stderr } = await run([dir.file('db.mjs'), '--writes', 'file', '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/db\.mjs cannot be saved/);
  });

  test('the sample data', async () => {
    const { code, stderr } = await run(['--demo', '--writes', 'file', '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/sample data cannot be saved/);
  });

  test('data passed in code', async () => {
    await expect(serve({ sources: { posts: [] }, writes: 'file' })).rejects.toMatchObject({
      code: 'cannot-save',
    });
  });

  test('but a dialect that saves by itself keeps it in memory, with a line', async () => {
    const { standin, post } = await serve({ sources: { posts: [] }, dialect: 'json-server' });
    expect(standin.warnings.join()).toMatch(/writes stay in memory/);
    expect((await post('/posts', {})).status).toBe(201);
  });
});

test('what a killed process left is removed at the start, what a running one writes is not', async () => {
  const dir = folder({
    'db.json': { posts: posts() },
    '.db.json.999999.3.standin.tmp': 'half',
    '.db.json.1.4.standin.tmp': 'theirs',
    [`.db.json.${process.pid}.99999.standin.tmp`]: 'of an earlier process of our id',
    '.tags.json.999999.5.standin.tmp': 'of a file that never came to be',
    'notes.tmp': 'mine',
  });
  await serve({ sources: dir.file('db.json'), writes: 'file' });
  expect(readdirSync(dir.path).sort()).toEqual(['.db.json.1.4.standin.tmp', 'db.json', 'notes.tmp']);
  expect(existsSync(dir.file('db.json'))).toBe(true);
});
