import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const posts = [{ id: 1, title: 'first' }];
const schema = { type: 'object' };
const record = [{ model: 'blog.post', pk: 1, fields: { title: 'first' } }];

interface Row {
  readonly files: Readonly<Record<string, unknown>>;
  readonly sources: readonly string[];
  /** The resource that has a schema and no file. */
  readonly name: string;
  /** Where it is saved; none where it cannot be. */
  readonly place?: string;
}

const beside = { 'tags.schema.json': schema };

const rows: Readonly<Record<string, Row>> = {
  'a folder': {
    files: { 'posts.json': posts, ...beside },
    sources: ['.'],
    name: 'tags',
    place: 'tags.json',
  },
  'a folder of schemas alone': { files: beside, sources: ['.'], name: 'tags', place: 'tags.json' },
  'a folder with the schemas beneath it': {
    files: { 'posts.json': posts, 'schemas/tags.schema.json': schema },
    sources: ['.'],
    name: 'tags',
    place: 'tags.json',
  },
  'a folder that holds a set': {
    files: { 'db.json': { posts }, ...beside },
    sources: ['.'],
    name: 'tags',
    place: 'tags.json',
  },
  'a set': {
    files: { 'db.json': { posts }, ...beside },
    sources: ['db.json'],
    name: 'tags',
    place: 'db.json',
  },
  'a set in YAML': {
    files: { 'shop.yaml': 'posts:\n  - id: 1\n    title: first\n', ...beside },
    sources: ['shop.yaml'],
    name: 'tags',
    place: 'shop.yaml',
  },
  'a list and a set': {
    files: { 'posts.json': posts, 'more.json': { users: [] }, ...beside },
    sources: ['posts.json', 'more.json'],
    name: 'tags',
    place: 'more.json',
  },
  'a list and a folder': {
    files: { 'posts.json': posts, 'more/users.json': [], ...beside },
    sources: ['posts.json', 'more'],
    name: 'tags',
    place: 'more/tags.json',
  },
  'a name that could be a property of every object': {
    files: { 'db.json': { posts }, 'constructor.schema.json': schema },
    sources: ['db.json'],
    name: 'constructor',
    place: 'db.json',
  },
  'a list': { files: { 'posts.json': posts, ...beside }, sources: ['posts.json'], name: 'tags' },
  'a list of lines': {
    files: { 'posts.ndjson': '{"id":1}\n', ...beside },
    sources: ['posts.ndjson'],
    name: 'tags',
  },
  'a table': { files: { 'posts.csv': 'id\n1\n', ...beside }, sources: ['posts.csv'], name: 'tags' },
  "Django's records": { files: { 'blog.json': record, ...beside }, sources: ['blog.json'], name: 'tags' },
  'a folder, and a name that it would leave out': {
    files: { 'posts.json': posts, 'package.schema.json': schema },
    sources: ['.'],
    name: 'package',
  },
  'a folder, and a name that it would take for a schema': {
    files: { 'posts.json': posts, 'tags.schema.schema.json': schema },
    sources: ['.'],
    name: 'tags.schema',
  },
  'a set, and a key that it does not read': {
    files: { 'db.json': { $schema: './x.json', posts }, '$schema.schema.json': schema },
    sources: ['db.json'],
    name: '$schema',
  },
};

const start = async ({ files, sources }: Row, writes: 'file' | 'memory' = 'file') => {
  const dir = folder(files);
  const read = () =>
    readdirSync(dir.path, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .sort()
      .map((path) => [path, readFileSync(path, 'utf8')]);
  const serveAgain = (mode = writes) => serve({ sources: sources.map(dir.file), writes: mode });
  return { dir, read, serveAgain, ...(await serveAgain()) };
};

describe('a resource that has a schema and no file', () => {
  test.each(Object.entries(rows).filter(([, { place }]) => place !== undefined))(
    'is saved where the next start reads it: %s',
    async (_sentence, row) => {
      const { post, del, get, dir, serveAgain } = await start(row);
      const before = (await get('/posts')).json;
      expect(await post(`/${row.name}`, { label: 'a' })).toMatchObject({ status: 201, json: { id: 1 } });
      expect(await post(`/${row.name}`, { label: 'b' })).toMatchObject({ status: 201, json: { id: 2 } });
      expect((await del(`/${row.name}/1`)).status).toBe(204);
      expect(readFileSync(dir.file(row.place as string), 'utf8')).toContain('label');
      const again = await serveAgain('memory');
      expect((await again.get(`/${row.name}`)).json).toEqual([{ id: 2, label: 'b' }]);
      expect((await again.get('/posts')).json).toEqual(before);
    },
  );

  test.each(Object.entries(rows).filter(([, { place }]) => place === undefined))(
    'is refused with what to do where no source can take it: %s',
    async (_sentence, row) => {
      const { post, put, get, read } = await start(row);
      const before = read();
      for (const refused of [await post(`/${row.name}`, {}), await post(`/${row.name}`, [{}, {}])])
        expect(refused).toMatchObject({
          status: 503,
          json: {
            code: 'not-saved',
            error: `the write could not be saved: '${row.name}' has a schema and no file`,
            hint: `Name a folder as a source, or make '${row.name}.json' one: begin it with [].`,
          },
        });
      expect((await put(`/${row.name}/1`, {})).status).toBeGreaterThanOrEqual(400);
      expect((await get(`/${row.name}`)).json).toEqual([]);
      expect(read()).toEqual(before);
    },
  );

  const list = rows['a list'] as Row;

  test('takes no other write down with it', async () => {
    const { post, get } = await start(list);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => post(n % 2 ? '/posts' : '/tags', {})));
    expect(answers.map(({ status }) => status)).toEqual([201, 503, 201, 503, 201, 503]);
    expect((await get('/posts')).json).toHaveLength(4);
  });

  test('can be written to in a session, and by a write that is not kept', async () => {
    const { post, read } = await start(list);
    const before = read();
    expect((await post('/tags', {}, { 'X-Standin-Session': 'a' })).status).toBe(201);
    expect((await post('/tags', {}, { Prefer: 'tx=rollback' })).status).toBe(201);
    expect(read()).toEqual(before);
  });

  test('can be written to once it has a file', async () => {
    const { post, dir } = await start({ ...list, files: { 'posts.json': posts, ...beside } });
    expect((await post('/tags', {})).status).toBe(503);
    dir.write('tags.json', []);
    const { post: postAgain } = await serve({
      sources: [dir.file('posts.json'), dir.file('tags.json')],
      writes: 'file',
    });
    expect((await postAgain('/tags', {})).status).toBe(201);
  });

  test('never takes the place of a file that came meanwhile', async () => {
    const { post, dir } = await start(rows['a folder'] as Row);
    dir.write('tags.json', [{ id: 5 }]);
    expect(await post('/tags', {})).toMatchObject({ status: 201, json: { id: 6 } });
    expect(JSON.parse(readFileSync(dir.file('tags.json'), 'utf8'))).toEqual([{ id: 5 }, { id: 6 }]);
  });
});
