import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Problem } from '../problem.ts';
import { fault } from './formats/format.ts';
import { within } from './read.ts';

/** How long a module may take: longer is a promise that nobody will keep. */
const MODULE_MS = 10_000;

/** What a JS module exports, or what the function that it exports returns. A changed file is run again. */
export function runModule(file: string, version: string): Promise<unknown> {
  const late = () =>
    new Problem('bad-fixture', `the module was not ready within ${MODULE_MS / 1000} s`, {
      place: { file },
      hint: 'It awaits something that does not come: look for a promise that never resolves.',
    });
  return within(MODULE_MS, run(file, version), late);
}

async function run(file: string, version: string): Promise<unknown> {
  const require = createRequire(import.meta.url);
  delete require.cache[file];
  try {
    const exported = (await import(`${pathToFileURL(file).href}?v=${version}`)) as { default?: unknown };
    const value = exported.default ?? exported;
    return typeof value === 'function' ? await value() : value;
  } catch (error) {
    const [message = '', ...stack] =
      error instanceof Error ? (error.stack ?? error.message).split('\n') : [String(error)];
    const at = stack.join('\n').match(/:(\d+):(\d+)\)?$/m);
    const position = at && { line: Number(at[1]), column: Number(at[2]) };
    throw fault(file, `the module failed: ${message}`, position ?? undefined);
  }
}
