// Programs that a recording starts: one that does its work and ends, and a server that is ended.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const SECONDS_TO_START = 30;

/** Runs a program to its end, and gives what it said. */
export async function run(program, words, options = {}) {
  const { stdout } = await exec(program, words, { maxBuffer: 2 ** 26, ...options });
  return stdout.trim();
}

/** A free port that the system gives to nobody who asks it for any: until our server has it, nobody else takes it. */
async function freePort() {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** Starts the server that `command(port)` names, lets `use(url)` ask it, and ends it. */
export async function withServer(command, use) {
  const port = await freePort();
  const [program, words, options = {}] = command(port);
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = once(child, 'exit');
  try {
    const late = Date.now() + SECONDS_TO_START * 1000;
    while (!(await answers(port))) {
      if (child.exitCode !== null || Date.now() > late) throw new Error(`${program} did not start:\n${said}`);
      await wait(50);
    }
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
