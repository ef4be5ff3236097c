import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { client } from './request.ts';

export const BIN = fileURLToPath(new URL('../bin/standin.js', import.meta.url));

export interface CommandOptions {
  readonly cwd?: string;
  /** Beside those there are; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts a program, and collects what it says until it ends. It ends with the test at the latest. */
export function start(program: string, argv: readonly string[], { cwd, env }: CommandOptions = {}) {
  const child = spawn(program, argv, {
    // A group of its own, so that what it starts ends with it.
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const look of watchers) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    await ended;
  });
  /** Resolves with the match as soon as the output holds it; rejects when the command ends before. */
  const says = (pattern: RegExp, name: 'stdout' | 'stderr' = 'stdout'): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = output[name].match(pattern);
        if (!match) return;
        watchers.delete(look);
        resolve(match);
      };
      watchers.add(look);
      look();
      void ended.then((code) =>
        reject(new Error(`ended with ${code} before ${pattern}:\n${output.stdout}${output.stderr}`)),
      );
    });
  return { child, output, ended, says };
}

/** The Node that runs the command: TEST_NODE names another one. */
const NODE = process.env.TEST_NODE ?? process.execPath;

/** Runs the command until it ends by itself. */
export async function run(argv: readonly string[], options: CommandOptions = {}) {
  const { output, ended } = start(NODE, [BIN, ...argv], options);
  return { code: await ended, ...output };
}

/** Runs the command on a free port, unless one is named, and waits until it listens. */
export async function command(argv: readonly string[], options: CommandOptions = {}) {
  const asked = argv.some((word) => /^(-p|--port)/.test(word));
  const started = start(NODE, [BIN, ...argv, ...(asked ? [] : ['--port', '0'])], options);
  const [, url = ''] = await started.says(/(http:\/\/\S+:\d+)/);
  const stop = (signal: NodeJS.Signals) => {
    started.child.kill(signal);
    return started.ended;
  };
  return { ...started, url, stop, ...client(url) };
}
