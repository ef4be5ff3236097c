import { onTestFinished } from 'vitest';
import type { LogLine, Options } from '../src/options.ts';
import { createStandin } from '../src/standin.ts';
import { client } from './request.ts';

/** A server of its own for one test, on a free port, closed when the test ends. */
export async function serve(options: Options = {}) {
  const lines: LogLine[] = [];
  const standin = await createStandin({ watch: false, log: (line) => lines.push(line), ...options, port: 0 });
  onTestFinished(() => standin.close());
  const { url } = await standin.listen();
  return { standin, url, lines, ...client(url) };
}

export type Served = Awaited<ReturnType<typeof serve>>;
