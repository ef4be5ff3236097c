import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { command, run } from './command.ts';
import { folder } from './folder.ts';
import { send } from './request.ts';

const data = () => ({ 'db.json': { posts: [{ id: 1, title: 'one' }], comments: [{ id: 1, postId: 1 }] } });

/** A port that somebody else listens on while the test runs. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

describe('what is served', () => {
  test('is ./fixtures, where nobody says what', async () => {
    const dir = folder({ ...data(), 'fixtures/events.json': [{ id: 7 }] });
    const { get } = await command([], { cwd: dir.path });
    expect((await get('/events/7')).status).toBe(200);
    expect((await get('/posts')).status).toBe(404);
  });

  test('is ./db.json, where there are no fixtures', async () => {
    const { get } = await command([], { cwd: folder(data()).path });
    expect((await get('/posts/1')).json).toEqual({ id: 1, title: 'one' });
  });

  test('are the sources that are named', async () => {
    const dir = folder({ ...data(), 'more/events.json': [{ id: 7 }] });
    const { get } = await command(['db.json', 'more'], { cwd: dir.path });
    expect([(await get('/posts')).status, (await get('/events')).status]).toEqual([200, 200]);
  });

  test('is the sample data with --demo', async () => {
    const { get } = await command(['--demo'], { cwd: folder().path });
    expect((await get('/posts')).headers['x-total-count']).toBe('100');
  });

  test('is what a config file says, with options from the command line above it', async () => {
    for (const [name, text] of [
      ['standin.config.json', '{"sources": "data", "prefix": "/api", "pageSize": 1}'],
      ['standin.config.js', 'export default { sources: ["data"], prefix: "/api", pageSize: 1 };'],
      ['standin.config.mjs', 'export default () => ({ sources: "data", prefix: "/api", pageSize: 1 });'],
    ] as const) {
      const dir = folder({
        'package.json': { type: 'module' },
        'data/posts.json': [{ id: 1 }, { id: 2 }],
        [name]: text,
      });
      const { get } = await command(['--page-size', '2'], { cwd: dir.path });
      expect((await get('/api/posts')).json, name).toHaveLength(2);
    }
  });

  test('is what the config file that is named says, with paths beside it', async () => {
    const dir = folder({ 'conf/mine.json': { sources: '../data' }, 'data/posts.json': [{ id: 1 }] });
    const { get } = await command(['-c', 'conf/mine.json'], { cwd: dir.path });
    expect((await get('/posts/1')).status).toBe(200);
  });

  test('is reloaded as it is saved', async () => {
    const dir = folder(data());
    const { get, says } = await command(['db.json'], { cwd: dir.path });
    dir.write('db.json', { posts: [] });
    await says(/posts: \+0 ~0 -1 \(\d+ ms\)/);
    expect((await get('/posts')).json).toEqual([]);
  });
});

describe('the output', () => {
  test('names the URL, the counts, the relations and a line that works', async () => {
    const { output, url, says } = await command(['db.json'], { cwd: folder(data()).path });
    const [, line = ''] = await says(/Try: (.+)/);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect(output.stdout).toMatch(/posts +1 item +http:\/\/localhost:\d+\/posts/);
    expect(output.stdout).toContain('comments.postId -> posts (inferred)');
    expect(line).toBe(`curl ${url}/posts`);
    const path = line.slice(`curl ${url}`.length);
    expect(JSON.parse((await send(url, path)).body)).toEqual([{ id: 1, title: 'one' }]);
  });

  test('has a curl line that runs', async ({ skip }) => {
    const curl = promisify(execFile);
    await curl('curl', ['--version']).catch(() => skip('curl is not installed'));
    const { says } = await command(['db.json'], { cwd: folder(data()).path });
    const [, words = ''] = await says(/Try: curl (.+)/);
    const { stdout } = await curl('curl', ['-s', ...words.split(' ')]);
    expect(JSON.parse(stdout)).toEqual([{ id: 1, title: 'one' }]);
  });

  test('has a line a request, and none with --quiet', async () => {
    const cwd = folder(data()).path;
    const loud = await command(['db.json'], { cwd });
    await loud.get('/posts/9');
    await loud.says(/^GET \/posts\/9 404 [\d.]+ ms: posts has no item with the id '9'/m);
    const quiet = await command(['db.json', '-q'], { cwd });
    await quiet.get('/posts/9');
    await quiet.stop('SIGTERM');
    expect(quiet.output.stdout).not.toContain('GET');
  });

  test('names every option with --help', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const flag of [
      '--port',
      '--host',
      '--dialect',
      '--strict',
      '--watch',
      '--allow-host',
      '--demo',
      '--quiet',
      '--config',
    ]) {
      expect(stdout).toContain(flag);
    }
  });

  test('is the version with --version', async () => {
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\s*$/);
  });
});

describe('a start that fails', () => {
  const rows: [
    sentence: string,
    argv: string[],
    files: Record<string, unknown>,
    code: number,
    shown: RegExp,
  ][] = [
    ['nothing to serve', [], {}, 1, /neither \.\/fixtures nor \.\/db\.json/],
    ['a source that is not there', ['nowhere.json'], {}, 1, /there is no file or folder .*nowhere\.json/],
    ['a broken file', ['db.json'], { 'db.json': '{\n"a": [}' }, 1, /db\.json:2:7: not JSON: expected/],
    ['a broken schema', ['.'], { 'a.json': [], 'a.schema.json': '[]' }, 1, /a\.schema\.json:1:1: /],
    [
      'two items with one id',
      ['db.json'],
      { 'db.json': { a: [{ id: 1 }, { id: 1 }] } },
      1,
      /two items have the id 1/,
    ],
    ['an unknown option', ['--prot', '1'], data(), 2, /unknown option 'prot'\n {2}Did you mean '--port'\?/],
    ['an option of the wrong kind', ['--port', 'many'], data(), 2, /takes a whole number, got 'many'/],
    ['an option out of range', ['--port', '70000'], data(), 2, /takes 0 to 65535/],
    [
      'a choice that is none',
      ['--writes', 'maybe'],
      data(),
      2,
      /takes memory, fake, file or off, got 'maybe'/,
    ],
    ['an option without its value', ['--port'], data(), 2, /^standin: option 'port' takes a value\n/],
    ["a flag of json-server's", ['db.json', '-w'], data(), 2, /unknown option '-w'\n {2}Leave it out/],
    [
      'a URL',
      ['http://localhost:3000/db.json'],
      {},
      1,
      /a URL is no source: http:\/\/localhost:3000\/db\.json/,
    ],
    ['an unknown dialect', ['-d', 'jason-server'], data(), 2, /Did you mean 'json-server'/],
    [
      'an unknown key of the config',
      [],
      { ...data(), 'standin.config.json': '{"prot": 1}' },
      2,
      /unknown option 'prot'.*standin\.config\.json[\s\S]*'port'/,
    ],
    [
      'a broken config',
      [],
      { ...data(), 'standin.config.json': '{"port": }' },
      2,
      /standin\.config\.json:1:10: /,
    ],
    ['a config that is not there', ['-c', 'gone.json'], data(), 2, /there is no file .*gone\.json/],
    [
      'a host that is not here',
      ['--host', '203.0.113.1'],
      data(),
      2,
      /cannot listen on 203\.0\.113\.1[\s\S]*address of this machine, with --host/,
    ],
    [
      'a source that is not there, named once',
      ['gone'],
      data(),
      1,
      /^standin: there is no file or folder \S+gone\n {2}Name a fixture/,
    ],
  ];
  test.each(rows)('%s', async (_sentence, argv, files, code, shown) => {
    const ended = await run(argv, { cwd: folder(files).path });
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(shown)]);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  test('warnings of fixtures are told on stderr, and it starts', async () => {
    const { says } = await command(['db.json'], { cwd: folder({ 'db.json': { a: [{ name: 'x' }] } }).path });
    await says(/a: 1 of 1 items have no id/, 'stderr');
  });
});

describe('the port', () => {
  test('in use is an error when it was asked for', async () => {
    const port = await takenPort();
    const { code, stderr } = await run(['db.json', '--port', String(port)], { cwd: folder(data()).path });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`port ${port} on localhost is in use`)]);
  });

  test('in use is an error when the config asked for it', async () => {
    const port = await takenPort();
    for (const [name, config] of [
      ['standin.config.json', JSON.stringify({ port })],
      ['standin.config.mjs', `export default { port: ${port} };`],
    ] as const) {
      const { code, stderr } = await run(['db.json'], { cwd: folder({ ...data(), [name]: config }).path });
      expect([code, stderr]).toEqual([1, expect.stringContaining(`port ${port} on localhost is in use`)]);
    }
  });

  test('of a flag wins over one of the config', async () => {
    const port = await takenPort();
    const dir = folder({ ...data(), 'standin.config.json': { port } });
    const { url, get } = await command(['db.json', '--port', '0'], { cwd: dir.path });
    expect(new URL(url).port).not.toBe(String(port));
    expect((await get('/posts')).status).toBe(200);
  });

  const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  );
  test.each([
    ['127.0.0.1', true],
    ['::1', hasIPv6],
  ] as const)('is open on %s', async (address, isThere) => {
    const { url } = await command(['db.json'], { cwd: folder(data()).path });
    const name = address.includes(':') ? `[${address}]` : address;
    const asked = send(`http://${name}:${new URL(url).port}`, '/posts');
    if (isThere) expect((await asked).status).toBe(200);
    else await expect(asked, 'this machine has no ::1').rejects.toThrow();
  });

  test('is open on the host that is named, alone', async () => {
    const { url } = await command(['db.json', '-H', '127.0.0.1'], { cwd: folder(data()).path });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await send(url, '/posts')).status).toBe(200);
  });
});

describe('the end', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 0', async (signal) => {
    const { stop } = await command(['db.json'], { cwd: folder(data()).path });
    expect(await stop(signal)).toBe(0);
  });

  test('waits for a request under way', async () => {
    const slow = `export default {
      sources: 'db.json',
      middleware: [async (ctx, next) => { await next(); if (ctx.path === '/posts') await ctx.app.gate; }],
    };`.replace(
      'await ctx.app.gate',
      "console.log('waiting'), await new Promise((go) => setTimeout(go, 300))",
    );
    const { get, says, stop } = await command([], {
      cwd: folder({ ...data(), 'standin.config.mjs': slow }).path,
    });
    const answer = get('/posts');
    await says(/waiting/);
    const code = stop('SIGTERM');
    expect((await answer).status).toBe(200);
    expect(await code).toBe(0);
  });
});
