import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { command } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

type Item = { id: number; title: string };

const saving = (source: string) => command([source, '--writes', 'file', '--quiet']);

describe('two processes that save one fixture', () => {
  const formats: [name: string, text: string, resource: string][] = [
    ['db.json', '{"posts":[]}', 'posts'],
    ['posts.ndjson', '{"id":1,"title":"first"}\n', 'posts'],
    ['shop.yaml', 'posts:\n  - id: 1\n    title: first\n', 'posts'],
  ];

  test.each(formats)(
    'lose no answered write of 8 clients each: %s',
    async (name, text, resource) => {
      const dir = folder({ [name]: text });
      const both = await Promise.all([saving(dir.file(name)), saving(dir.file(name))]);
      const answered: Item[] = [];
      const writer = async (post: (typeof both)[0]['post'], who: string) => {
        for (let i = 0; i < 10; i++) {
          const { status, json } = await post(`/${resource}`, { title: `${who}.${i}` });
          expect(status).toBe(201);
          answered.push(json as Item);
        }
      };
      const writers = both.flatMap(({ post }, p) =>
        Array.from({ length: 8 }, (_, w) => writer(post, `${p}.${w}`)),
      );
      await Promise.all(writers);
      const { get } = await serve({ sources: dir.file(name) });
      const saved = (await get(`/${resource}?_limit=1000`)).json as Item[];
      const known = new Map(saved.map(({ id, title }) => [id, title]));
      expect(answered.filter(({ id, title }) => known.get(id) !== title)).toEqual([]);
      expect(new Set(answered.map(({ id }) => id)).size).toBe(160);
      expect(readdirSync(dir.path)).toEqual([name]);
    },
    60_000,
  );

  test('lose none of writes that reach two files each', async () => {
    const dir = folder({ 'posts.json': [], 'comments.json': [] });
    const relations = { 'comments.postId': { to: 'posts', onDelete: 'cascade' } } as const;
    const options = { sources: dir.path, writes: 'file', relations } as const;
    const both = [await serve(options), await serve(options)];
    await Promise.all(
      both.map(async ({ post, del }, p) => {
        for (let i = 0; i < 10; i++) {
          const { json } = await post('/posts', { title: `${p}.${i}` });
          const { id } = json as Item;
          expect((await post('/comments', { postId: id, title: `${p}.${i}` })).status).toBe(201);
          if (i % 2 === 0) expect((await del(`/posts/${id}`)).status).toBe(204);
        }
      }),
    );
    const titles = (name: string) =>
      (JSON.parse(readFileSync(dir.file(name), 'utf8')) as Item[]).map(({ title }) => title).sort();
    const kept = ['0.1', '0.3', '0.5', '0.7', '0.9', '1.1', '1.3', '1.5', '1.7', '1.9'];
    expect([titles('posts.json'), titles('comments.json')]).toEqual([kept, kept]);
  });
});

test('a process that was stopped in the middle of a save overwrites nothing when it goes on', async () => {
  const big = { posts: [{ id: 1, title: 'first' }], filler: [{ id: 1, text: 'x'.repeat(8_000_000) }] };
  const dir = folder({ 'db.json': big });
  const lock = dir.file('.db.json.standin-lock');
  const titles = () =>
    (JSON.parse(readFileSync(dir.file('db.json'), 'utf8')) as typeof big).posts.map(({ title }) => title);
  const other = await saving(dir.file('db.json'));
  const { post } = await serve({ sources: dir.file('db.json'), writes: 'file' });
  for (let round = 0; round < 3; round++) {
    const answer = other.post('/posts', { title: `stopped ${round}` });
    while (!existsSync(lock)) await setImmediate();
    other.child.kill('SIGSTOP');
    // As it is after ten seconds in which nobody touched it.
    const longAgo = new Date(Date.now() - 11_000);
    if (existsSync(lock)) utimesSync(lock, longAgo, longAgo);
    expect(await post('/posts', { title: `meanwhile ${round}` })).toMatchObject({ status: 201 });
    expect(titles()).toContain(`meanwhile ${round}`);
    other.child.kill('SIGCONT');
    expect((await answer).status).toBe(201);
    const made = Array.from({ length: round + 1 }, (_, i) => [`meanwhile ${i}`, `stopped ${i}`]).flat();
    expect(titles().sort()).toEqual(['first', ...made].sort());
  }
}, 60_000);
