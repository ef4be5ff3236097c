import { fileURLToPath } from 'node:url';
import type { Options } from '../options/options.ts';
import { printable } from '../printable.ts';
import { Problem } from '../problem.ts';
import { findConfig, findSource } from '../sources/config.ts';
import { createStandin } from '../standin.ts';
import { banner } from './banner.ts';
import { readLine } from './line.ts';
import { paint, print } from './terminal.ts';

const DEMO = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** What a command line says, and what holds where neither that nor the config says anything. */
interface Asked {
  readonly options: Options;
  readonly below: Options;
}

/** What the words leave open is looked for in the current folder. */
async function readOptions(argv: readonly string[]): Promise<Asked> {
  const { options, sources, demo } = await readLine(argv);
  const named = demo ? [DEMO, ...sources] : sources;
  const config = options.config ?? findConfig(process.cwd(), named);
  const withConfig = config === undefined ? options : { ...options, config };
  const below = { log: print };
  if (named.length > 0) return { options: { ...withConfig, sources: [...named] }, below };
  const found = findSource(process.cwd());
  if (found !== undefined) return { options: withConfig, below: { ...below, sources: [found] } };
  if (config !== undefined) return { options: withConfig, below };
  throw new Problem('no-source', 'there is neither ./fixtures nor ./db.json here', {
    hint: 'Name a fixture file or a folder of them, or try standin --demo.',
  });
}

function fail(error: unknown): never {
  if (error instanceof Problem) {
    console.error(`${paint(process.stderr, 'red', 'standin:')} ${error}`);
    process.exit(error.exit);
  }
  console.error(error);
  process.exit(1);
}

async function main(): Promise<void> {
  const { options, below } = await readOptions(process.argv.slice(2));
  const standin = await createStandin(options, below);
  for (const text of standin.warnings) print({ level: 'warn', text: printable(text) });
  const listening = await standin.listen();
  let closing = false;
  const stop = () => {
    if (closing) process.exit(0);
    closing = true;
    standin.close().then(() => process.exit(0), fail);
  };
  // In place before anyone reads that it listens, and ends it.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const wanted = standin.settings.port;
  if (wanted !== 0 && listening.port !== wanted)
    console.log(`Port ${wanted} is in use, took ${listening.port}.`);
  console.log(banner(standin, options, listening));
}

main().catch(fail);
