import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { createRequire, register } from 'node:module';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Problem } from '../../problem.ts';
import { within } from '../read.ts';
import { moduleFault } from './fault.ts';
import type { Answer, Asked } from './hook.ts';

const require = createRequire(import.meta.url);

/** How long a module may take: longer is a promise that nobody will keep. */
const MODULE_MS = 10_000;

export interface Ran {
  readonly value: unknown;
  /** Of the file and of all that it imports. */
  readonly version: string;
}

/** Runs users' modules, and remembers the files that they read. */
export class Modules {
  readonly #files = new Map<string, readonly string[]>();

  /** Every file that was read, and those that were looked for and not found: what is worth watching. */
  get files(): readonly string[] {
    return [...this.#files.values()].flat();
  }

  /**
   * What a module exports, or what the function that it exports returns; undefined if it and all that it imports have
   * the version that is known. What changed is run again, and so is all that imports it.
   */
  async run(name: string, known: string | undefined): Promise<Ran | undefined> {
    const file = await realpath(name);
    const { url, version, stale } = await this.#ask('begin', file);
    // Node knows CommonJS by its path as well.
    for (const path of stale) delete require.cache[path];
    if (version !== undefined && version === known) return undefined;
    const exported = await this.#attempt(name, file, () => importOf(url)).catch(async (error: unknown) => {
      await this.#ask('failed', file);
      throw error;
    });
    const value = await this.#attempt(name, file, () =>
      typeof exported === 'function' ? exported() : exported,
    );
    // Asked last: the function may have imported more.
    return { value, version: (await this.#ask('end', file)).version ?? '' };
  }

  /** Does what a module says. It may fail, and it may never be ready. */
  #attempt(name: string, file: string, work: () => unknown): Promise<unknown> {
    const done = (async () => work())().catch(async (error: unknown) => {
      throw await moduleFault(error, file, (await this.#ask('end', file)).files);
    });
    return within(MODULE_MS, done, () => {
      const hint = 'It awaits something that does not come: look for a promise that never resolves.';
      const message = `the module was not ready within ${MODULE_MS / 1000} s`;
      return new Problem('bad-fixture', message, { place: { file: name }, hint });
    });
  }

  async #ask(what: Asked['what'], file: string): Promise<Answer> {
    hook ??= startHook();
    const { port1, port2 } = new MessageChannel();
    hook.postMessage({ what, file, port: port2 } satisfies Asked, [port2]);
    const [answer] = (await once(port1, 'message')) as [Answer];
    port1.close();
    this.#files.set(file, answer.files);
    return answer;
  }
}

/** One for the whole process, as Node's loader is; started when the first module is met. */
let hook: MessagePort | undefined;

function startHook(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const { noDeprecation = false } = process;
  // Newer versions of Node deprecate it for `registerHooks`, which others do not have and which does less for `require`.
  process.noDeprecation = true;
  register('#hook', import.meta.url, { data: port2, transferList: [port2] });
  process.noDeprecation = noDeprecation;
  port1.unref();
  return port1;
}

/**
 * Node 20 rejects a promise that nobody sees as well, when a module imports CommonJS that fails, and would end the
 * process for it. It does so before anything else happens.
 */
function onlyHere(error: unknown): never {
  const ignore = (reason: unknown) => {
    if (reason !== error && process.listenerCount('unhandledRejection') === 1) throw reason;
  };
  process.on('unhandledRejection', ignore);
  setImmediate(() => process.off('unhandledRejection', ignore));
  throw error;
}

/** CommonJS may have a default of its own: it says that it was compiled, or it is a function, which no data is. */
async function importOf(url: string): Promise<unknown> {
  const exported = (await import(url).catch(onlyHere)) as { readonly default?: unknown };
  const value = exported.default ?? exported;
  const { __esModule: isCompiled, default: inner } = value as { __esModule?: unknown; default?: unknown };
  return typeof inner === 'function' || (isCompiled === true && inner !== undefined) ? inner : value;
}
