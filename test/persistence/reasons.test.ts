import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BIN, start } from '../command.ts';
import { folder } from '../folder.ts';
import { client } from '../request.ts';
import { serve } from '../serve.ts';

const post = { id: 1, title: 'first' };

const served = async (name = 'posts.json') => {
  const dir = folder({ [name]: [post] });
  return { dir, ...(await serve({ sources: dir.path, writes: 'file' })) };
};

/** A command, started through another program, and its verbs. */
async function through(program: string, argv: readonly string[], source: string) {
  const { says } = start(program, [
    ...argv,
    process.execPath,
    BIN,
    source,
    '--writes',
    'file',
    '--port',
    '0',
  ]);
  const [, url = ''] = await says(/(http:\/\/\S+:\d+)/);
  return client(url);
}

const isRoot = process.getuid?.() === 0;

const rows: [what: string, breaks: (dir: ReturnType<typeof folder>) => void, error: RegExp][] = [
  [
    'the folder is gone',
    (dir) => renameSync(dir.path, `${dir.path}-away`),
    /: posts\.json: no such file or directory \(ENOENT\)$/,
  ],
  [
    'a pipe is in the place of the file',
    (dir) => {
      rmSync(dir.file('posts.json'));
      execFileSync('mkfifo', [dir.file('posts.json')]);
    },
    /: posts\.json: expected a regular file, found a pipe$/,
  ],
  [
    'a folder is in the place of the file',
    (dir) => {
      rmSync(dir.file('posts.json'));
      mkdirSync(dir.file('posts.json'));
    },
    /: posts\.json: expected a regular file, found a folder$/,
  ],
  [
    'the file is broken',
    (dir) => dir.write('posts.json', '[{'),
    /: the file of posts cannot be read at the moment$/,
  ],
  [
    'a folder is in the place of the lock',
    (dir) => mkdirSync(dir.file('.posts.json.standin-lock')),
    /: \.posts\.json\.standin-lock is a folder$/,
  ],
];

describe('a write that cannot be saved says why, without a path of the machine, where', () => {
  test.each(rows)('%s', async (_sentence, breaks, error) => {
    const { dir, send, standin, get } = await served();
    breaks(dir);
    for (const [method, path] of [
      ['POST', '/posts'],
      ['PATCH', '/posts/1'],
      ['DELETE', '/posts/1'],
    ] as const) {
      const answer = await send(path, { method, body: { title: 'ours' } });
      expect(answer).toMatchObject({
        status: 503,
        json: { code: 'not-saved', error: expect.stringMatching(error) },
      });
      expect(answer.body + JSON.stringify(answer.headers)).not.toContain(dir.path);
    }
    expect((await get('/posts')).json).toEqual([post]);
    rmSync(`${dir.path}-away`, { recursive: true, force: true });
    await standin.close();
  });

  test('a name is too long for a file beside it', async () => {
    const name = `${'x'.repeat(240)}.json`;
    const { post, dir } = await served(name);
    const { status, body } = await post(`/${'x'.repeat(240)}`, {});
    expect([status, body]).toEqual([503, expect.stringContaining('name too long (ENAMETOOLONG)')]);
    expect(body).not.toContain(dir.path);
    expect(readdirSync(dir.path)).toEqual([name]);
  });

  test.each(['reset', 'snapshots/one'])('a %s is asked for and the files are broken', async (what) => {
    const { dir, post, send } = await served();
    expect((await send('/_standin/snapshots/one', { method: 'PUT' })).status).toBeLessThan(300);
    await post('/posts', {});
    dir.write('tags.json', '[');
    dir.write('posts.json', '[');
    const answer = await send(`/_standin/${what}`, { method: 'POST' });
    expect(answer).toMatchObject({
      status: 503,
      json: { error: 'the write could not be saved: the files cannot be read at the moment' },
    });
    expect(answer.body).not.toContain(dir.path);
  });

  test('the user may not write there', async () => {
    const dir = folder({ 'posts.json': [post] });
    chmodSync(dir.path, 0o555);
    onTestFinished(() => chmodSync(dir.path, 0o755));
    const asNobody = isRoot ? ['--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];
    const { post: create, get } = await through(isRoot ? 'setpriv' : 'env', asNobody, dir.path);
    const { status, body } = await create('/posts', {});
    expect([status, body]).toEqual([503, expect.stringContaining('posts.json: permission denied (EACCES)')]);
    expect(body).not.toContain(dir.path);
    expect((await get('/posts')).json).toEqual([post]);
  });

  test('the disk takes no more', async () => {
    const dir = folder({ 'db.json': { posts: [post], filler: [] } });
    // A file may grow to 51,200 bytes.
    const limit = ['-c', 'ulimit -f 100; exec "$@"', 'sh'];
    const { post: create, get } = await through('sh', limit, dir.file('db.json'));
    const big = { text: 'x'.repeat(30_000) };
    const answers = [await create('/posts', big), await create('/posts', big)];
    expect(answers.map(({ status }) => status)).toEqual([201, 503]);
    expect(answers[1]?.body).toContain('db.json: file too large (EFBIG)');
    expect(answers[1]?.body).not.toContain(dir.path);
    expect((await get('/posts')).json).toHaveLength(2);
    expect(readdirSync(dir.path)).toEqual(['db.json']);
    expect((await create('/posts', {})).status).toBe(201);
  });
});
