import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/http/server.ts';

/** A port that somebody else listens on while the test runs. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

test('a port that nobody asked for gives way to the next free one', async () => {
  const taken = await takenPort();
  const listening = await listen(() => {}, 'localhost', taken, false);
  onTestFinished(() => listening.close());
  expect(listening.port).toBeGreaterThan(taken);
  expect(listening.url).toBe(`http://localhost:${listening.port}`);
});

test('a port that was asked for and is taken is refused by its name', async () => {
  const taken = await takenPort();
  const refused = expect(listen(() => {}, 'localhost', taken, true)).rejects;
  await refused.toMatchObject({ code: 'port-in-use', message: `port ${taken} on localhost is in use` });
});
