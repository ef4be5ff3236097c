import { onTestFinished } from 'vitest';
import type { LogLine, Options } from '../src/options/options.ts';
import { createStandin } from '../src/standin.ts';
import { client } from './request.ts';

/** The lines of a log, and a promise of one that is still to come. */
function listen() {
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  const log = (line: LogLine) => {
    lines.push(line);
    for (const look of waiting) look();
  };
  /** Resolves with the first line that matches, from the line `from` on. */
  const says = (pattern: RegExp, from = 0): Promise<LogLine> =>
    new Promise((resolve) => {
      const look = () => {
        const line = lines.slice(from).find(({ text }) => pattern.test(text));
        if (!line) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      look();
    });
  return { lines, log, says };
}

/** A server of its own for one test, on a free port, closed when the test ends. */
export async function serve(options: Options = {}) {
  const { lines, log, says } = listen();
  const standin = await createStandin({ watch: false, log, ...options, port: 0 });
  onTestFinished(() => standin.close());
  const { url } = await standin.listen();
  return { standin, url, lines, says, ...client(url) };
}

export type Served = Awaited<ReturnType<typeof serve>>;
