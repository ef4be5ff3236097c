import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../serve.ts';

async function dial(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const request = (method: string, path: string, body?: object): string => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head =
    body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${head}\r\n${text}`;
};

/** Reads so many answers, and gives their bodies in their order. */
async function read(socket: Socket, count: number): Promise<string[]> {
  const bodies: string[] = [];
  let [parts, size, needed] = [[] as Buffer[], 0, 1];
  for await (const part of socket) {
    parts.push(part);
    size += part.length;
    while (size >= needed) {
      const text = Buffer.concat(parts).toString('latin1');
      const end = text.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, Math.max(0, end)))?.[1]);
      needed = end < 4 ? size + 1 : end + length;
      if (size < needed) break;
      bodies.push(text.slice(end, needed));
      if (bodies.length === count) return bodies;
      parts = [Buffer.from(text.slice(needed), 'latin1')];
      size -= needed;
      needed = 1;
    }
  }
  return bodies;
}

/** A server that counts the requests whose answers were made. */
async function counting(posts: object[]) {
  const made = { count: 0 };
  const middleware = async (_ctx: never, next: () => Promise<unknown>) => {
    await next();
    made.count++;
  };
  return { made, ...(await serve({ sources: { posts }, middleware: [middleware], quiet: true })) };
}

test('a client that asks and does not read costs one answer, not all of them', async () => {
  const { url, get, made } = await counting([{ id: 1, text: 'x'.repeat(4_000_000) }, { id: 2 }]);
  const socket = await dial(url);
  socket.pause();
  socket.write(request('GET', '/posts/1').repeat(40));
  await expect.poll(() => made.count).toBeGreaterThan(0);
  // The server does much else meanwhile.
  const before = made.count;
  for (let i = 0; i < 50; i++) await get('/posts/2');
  expect(made.count - before).toBe(50);
  // What fits into the buffers of the system has left.
  expect(before).toBeLessThan(10);
  const bodies = await read(socket, 40);
  expect(new Set(bodies.map((body) => body.length))).toEqual(new Set([4_000_018]));
  expect(made.count).toBe(90);
}, 60_000);

test('what one connection asks is done in its order', async () => {
  const { url } = await counting([{ id: 1 }]);
  const socket = await dial(url);
  const asked = Array.from(
    { length: 150 },
    (_, n) => request('POST', '/posts', { n }) + request('GET', '/posts'),
  );
  socket.write(asked.join(''));
  const bodies = await read(socket, 300);
  expect(bodies.map((body) => JSON.parse(body)).map((body) => body.length ?? body.n)).toEqual(
    Array.from({ length: 150 }, (_, n) => [n, n + 2]).flat(),
  );
});

test('a large body behind many requests comes in when it is its turn', async () => {
  const { url, standin } = await counting([{ id: 1 }]);
  const socket = await dial(url);
  const text = 'x'.repeat(900_000);
  socket.write(
    request('GET', '/posts/1').repeat(130) + request('POST', '/posts', { text }) + request('GET', '/posts/1'),
  );
  const bodies = await read(socket, 132);
  expect(JSON.parse(bodies[130] as string)).toEqual({ id: 2, text });
  expect(standin.count('posts')).toBe(2);
});

test('a connection that is cut leaves the server as it was', async () => {
  const { url, get, made, lines } = await counting([{ id: 1, text: 'x'.repeat(4_000_000) }, { id: 2 }]);
  for (let i = 0; i < 3; i++) {
    const socket = await dial(url);
    socket.pause();
    socket.write(request('GET', '/posts/1').repeat(200));
    await expect.poll(() => made.count).toBeGreaterThan(i);
    socket.destroy();
  }
  expect((await get('/posts/2')).json).toEqual({ id: 2 });
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  expect(made.count).toBeLessThan(20);
});
