import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '../src/http/server.ts';
import { createStandin } from '../src/standin.ts';
import { command, start } from './command.ts';
import { folder } from './folder.ts';
import { send } from './request.ts';
import { serve } from './serve.ts';
import { slowWrite } from './slow.ts';

const sources = () => ({ posts: [{ id: 1 }] });

async function make(port = 0) {
  const standin = await createStandin({ sources: sources(), port, watch: false });
  onTestFinished(() => standin.close());
  return standin;
}

/** A connection of one's own, and all that comes back on it until it ends. */
async function dial(url: string): Promise<{ socket: Socket; ended: Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const ended = new Promise<string>((resolve) =>
    socket.on('error', () => {}).on('close', () => resolve(text)),
  );
  await once(socket, 'connect');
  return { socket, ended };
}

describe('listen', () => {
  test('twice gives one server, one after the other and at once', async () => {
    const standin = await make();
    const [one, two] = await Promise.all([standin.listen(), standin.listen()]);
    expect([two, await standin.listen()]).toEqual([one, one]);
    await standin.close();
    await expect(send(one.url, '/posts')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test.each(['the standin', 'the server'])('can be called again when %s was closed', async (which) => {
    const standin = await make();
    const first = await standin.listen();
    await (which === 'the server' ? first : standin).close();
    const second = await standin.listen();
    expect((await send(second.url, '/posts')).status).toBe(200);
  });

  test('can be called again when it failed', async () => {
    const other = createServer().listen(0, 'localhost');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const standin = await make(port);
    for (let i = 0; i < 2; i++) await expect(standin.listen()).rejects.toMatchObject({ code: 'port-in-use' });
    await standin.close();
    other.close();
    await once(other, 'close');
    expect((await standin.listen()).port).toBe(port);
  });
});

describe('close', () => {
  test('ends a server that is only about to listen', async () => {
    const standin = await make();
    const listening = standin.listen();
    await standin.close();
    await expect(send((await listening).url, '/posts')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('twice, and at once, is one', async () => {
    const standin = await make();
    const { url, close } = await standin.listen();
    const { finish } = await slowWrite(`${url}/posts`, {});
    const ends = [standin.close(), standin.close(), close()];
    expect((await finish()).status).toBe(201);
    await Promise.all(ends);
  });

  test('answers what is under way, and tells the client that it was the last', async () => {
    const { standin, url } = await serve({ sources: sources() });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const { finish } = await slowWrite(`${url}/posts`, {}, { agent });
    const closed = standin.close();
    await expect(send(url, '/posts')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const { status, headers } = await finish();
    expect([status, headers.connection]).toEqual([201, 'close']);
    await closed;
    expect(standin.count('posts')).toBe(2);
  });

  test('answers all that one connection has asked', async () => {
    const { standin, url } = await serve({ sources: sources() });
    const { socket, ended } = await dial(url);
    const head =
      'POST /posts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 7';
    socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
    await once(socket, 'data');
    socket.write(`{"n":1}${head}\r\n\r\n{"n":2}${head}\r\n\r\n{"n":`);
    await expect.poll(() => standin.count('posts')).toBe(3);
    const closed = standin.close();
    socket.write('3}');
    await closed;
    expect((await ended).match(/HTTP\/1\.1 201/g)).toHaveLength(3);
  });

  test('does not wait for connections that ask nothing, or have not asked yet', async () => {
    const { standin, url } = await serve({ sources: sources() });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const [response] = await once(request(`${url}/posts`, { agent }).end(), 'response');
    await once(response.resume(), 'end');
    const silent = await dial(url);
    const half = await dial(url);
    half.socket.write('GET /posts HTTP/1.1\r\nHost: local');
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      await standin.close();
    } finally {
      vi.useRealTimers();
    }
    await Promise.all([silent.ended, half.ended]);
  });

  test('breaks off what takes longer than its limit', async () => {
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const never = await listen(() => arrived(), '127.0.0.1', 0, false);
    const answer = send(never.url, '/');
    answer.catch(() => {});
    await asked;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const closed = never.close();
      vi.advanceTimersByTime(10_000);
      await closed;
    } finally {
      vi.useRealTimers();
    }
    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('that gets %s answers what is under way', async (signal) => {
    const { url, child, ended } = await command(['db.json', '--writes', 'file'], {
      cwd: folder({ 'db.json': sources() }).path,
    });
    const { finish } = await slowWrite(`${url}/posts`, {});
    child.kill(signal);
    await expect.poll(() => send(url, '/posts').catch(({ code }) => code)).toBe('ECONNREFUSED');
    expect((await finish()).status).toBe(201);
    expect(await ended).toBe(0);
  });

  test('that listened twice and closed ends by itself', async () => {
    const dir = folder({
      'run.mjs': `
        import { createStandin } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
        const standin = await createStandin({ sources: { posts: [] }, port: 0 });
        const [one, two] = await Promise.all([standin.listen(), standin.listen()]);
        await standin.close();
        console.log(one.port === two.port ? 'one server' : 'two servers');
      `,
    });
    const { says, ended } = start(process.execPath, [dir.file('run.mjs')]);
    await says(/one server/);
    expect(await ended).toBe(0);
  });
});
