import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder for one run. */
export function tempFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'standin-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill();
});

/** Runs a command in a process of its own until it says that it listens on a port. */
export function start(args, ready) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
  running.add(child);
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}:\n${text}`)));
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text += part;
      const match = ready.exec(text);
      if (match) resolve({ port: Number(match[1]), text: () => text, stop: () => stop(child) });
    });
  });
}

function stop(child) {
  child.removeAllListeners('exit');
  running.delete(child);
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}

export const startStandin = (...args) =>
  start([join(root, 'bin/standin.js'), ...args, '--port', '0', '--quiet'], /http:\/\/localhost:(\d+)/);

export const startKoa = (answers) =>
  start([join(root, 'test/bench/bare-koa.mjs'), answers], /listening on (\d+)/);

/** The json-server that most projects use, installed once into a folder of its own, with the defaults of its command. */
export function startJsonServer(db) {
  const folder = join(tmpdir(), 'standin-bench-json-server-0.17.4');
  if (!existsSync(join(folder, 'node_modules/json-server'))) {
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', 'json-server@0.17.4'];
    execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return start([join(root, 'test/bench/json-server.mjs'), folder, db], /listening on (\d+)/);
}
