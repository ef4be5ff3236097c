import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../src/problem.ts';
import { within } from '../../src/sources/read.ts';
import { createStandin } from '../../src/standin.ts';
import { run } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const pipe = (path: string) => execFileSync('mkfifo', [path]);

async function socket(path: string) {
  const server = createServer().listen(path);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

const device = (path: string) => execFileSync('ln', ['-s', '/dev/zero', path]);

const rows: [what: string, make: (path: string) => unknown][] = [
  ['a pipe', pipe],
  ['a socket', socket],
  ['a device', device],
];

describe.each(rows)('%s is never read', (what, make) => {
  const found = `expected a regular file, found ${what}`;

  test('in a folder it is left out with a line', async () => {
    const dir = folder({ 'posts.json': [{ id: 1 }] });
    await make(dir.file('tags.json'));
    await make(dir.file('posts.schema.json'));
    const { standin, get } = await serve({ sources: dir.path });
    expect([...standin.model.resources.keys()]).toEqual(['posts']);
    expect(standin.warnings).toEqual([
      `${dir.file('posts.schema.json')}: skipped, not a regular file`,
      `${dir.file('tags.json')}: skipped, not a regular file`,
    ]);
    expect((await get('/posts')).json).toEqual([{ id: 1 }]);
  });

  test('in a folder of schemas, too', async () => {
    const dir = folder({ 'posts.json': [{ id: 1 }], 'shapes/tags.schema.json': {} });
    await make(dir.file('shapes/posts.schema.json'));
    const { standin } = await serve({ sources: dir.file('posts.json'), schemas: dir.file('shapes') });
    expect(standin.warnings.join()).toContain('posts.schema.json: skipped, not a regular file');
    expect([...standin.model.resources.keys()]).toEqual(['posts', 'tags']);
  });

  test('as a source it is refused', async () => {
    const dir = folder();
    await make(dir.file('db.json'));
    await expect(createStandin({ sources: dir.file('db.json') })).rejects.toMatchObject({
      code: 'bad-fixture',
      message: found,
      facts: { place: { file: dir.file('db.json') } },
    });
  });

  test.each(['standin.config.json', 'standin.config.mjs'])('as a config %s, too', async (name) => {
    const dir = folder({ 'db.json': { posts: [] } });
    await make(dir.file(name));
    await expect(createStandin({ config: dir.file(name) })).rejects.toMatchObject({
      code: 'bad-option',
      message: found,
    });
  });

  test('that comes while the server runs stops neither reloads nor saved writes', async () => {
    const dir = folder({ 'posts.json': [{ id: 1 }] });
    const { standin, post, get } = await serve({ sources: dir.path, writes: 'file' });
    await make(dir.file('tags.json'));
    dir.write('posts.json', [{ id: 1 }, { id: 5 }]);
    expect(await post('/posts', {})).toMatchObject({ status: 201, json: { id: 6 } });
    dir.write('users.json', [{ id: 7 }]);
    await standin.reload();
    expect((await get('/users')).json).toEqual([{ id: 7 }]);
  });

  test('in the place of a fixture that was read, it stops nothing but its own writes', async () => {
    const dir = folder({ 'posts.json': [{ id: 1 }], 'tags.json': [{ id: 1 }] });
    const { post, get } = await serve({ sources: dir.path, writes: 'file' });
    execFileSync('rm', [dir.file('posts.json')]);
    await make(dir.file('posts.json'));
    expect((await post('/posts', {})).status).toBeGreaterThanOrEqual(400);
    expect((await post('/tags', {})).status).toBe(201);
    expect((await get('/tags')).json).toHaveLength(2);
  });
});

test('a folder named like a fixture is a folder, also behind a link', async () => {
  const dir = folder({ 'posts.json': [{ id: 1 }], 'tags.json/deep.json': [], 'deep/x.txt': '' });
  execFileSync('ln', ['-s', dir.file('deep'), dir.file('users.json')]);
  const { standin } = await serve({ sources: dir.path });
  expect([...standin.model.resources.keys()]).toEqual(['posts']);
});

test('a link to a fixture is read', async () => {
  const dir = folder({ 'real/x.json': [{ id: 1 }], 'served/tags.json': [] });
  execFileSync('ln', ['-s', dir.file('real/x.json'), dir.file('served/posts.json')]);
  const { get } = await serve({ sources: dir.file('served') });
  expect((await get('/posts')).json).toEqual([{ id: 1 }]);
});

test('what takes longer than its deadline is a problem, and a late failure harms nothing', async () => {
  let fail = (_error: Error) => {};
  const slow = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const late = within(10, slow, () => new Problem('bad-fixture', 'too late'));
  await expect(late).rejects.toMatchObject({ code: 'bad-fixture', message: 'too late' });
  fail(new Error('later still'));
  expect(await within(10_000, Promise.resolve(3), () => new Problem('bad-fixture', 'too late'))).toBe(3);
});

const forever = 'new Promise(() => {})';
const modules: [sentence: string, argv: string[], text: string][] = [
  ['a source that awaits for ever', ['data.mjs'], `await ${forever};\nexport default [];`],
  ['a source whose function never answers', ['data.mjs'], `export default () => ${forever};`],
  ['a config that awaits for ever', ['--config', 'data.mjs'], `await ${forever};\nexport default {};`],
  ['a config whose function never answers', ['--config', 'data.mjs'], `export default () => ${forever};`],
];

test('a module that is never ready is an error that names it', async () => {
  const ends = modules.map(async ([sentence, argv, text]) => {
    const dir = folder({ 'data.mjs': text, 'db.json': { posts: [] } });
    return { sentence, ...(await run([...argv, '--port', '0'], { cwd: dir.path })) };
  });
  // All at once, as each takes its ten seconds.
  for (const { sentence, ...end } of await Promise.all(ends)) {
    const stderr = expect.stringMatching(/data\.mjs: the module was not ready within 10 s\n {2}It awaits/);
    expect(end, sentence).toEqual({ code: 1, stdout: '', stderr });
  }
}, 60_000);
