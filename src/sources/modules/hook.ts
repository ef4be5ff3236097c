import { readFile } from 'node:fs/promises';
import type { InitializeHook, LoadHook, ResolveFnOutput, ResolveHook } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { versionOf } from '../layout.ts';
import { readRegular } from '../read.ts';
import { importedPath, isPath, pathFrom, pathOf, urlOf } from './address.ts';
import { isCode, toCode } from './code.ts';
import { Graph } from './graph.ts';
import { placeOfImport, withPlace } from './place.ts';

/** What the loader asks: before a module runs, when it has, and when it failed. */
export interface Asked {
  readonly what: 'begin' | 'end' | 'failed';
  readonly file: string;
  readonly port: MessagePort;
}

export interface Answer {
  /** What to import. */
  readonly url: string;
  /** Of all that runs from the file; undefined before it has run. */
  readonly version: string | undefined;
  /** All that runs from it, and what it looked for and did not find. */
  readonly files: readonly string[];
  /** What is to run again. */
  readonly stale: readonly string[];
}

const graph = new Graph();

/** Node runs this file in a thread of its own. */
export const initialize: InitializeHook<MessagePort> = (port) => {
  port.on('message', (asked: Asked) => void answer(asked));
};

async function answer({ what, file, port }: Asked): Promise<void> {
  const stale = what === 'begin' ? await graph.refresh(file) : [];
  const url = urlOf(file, graph.turn(file));
  const answer: Answer = {
    url,
    version: graph.version(file),
    files: [...graph.reach(file)],
    stale: [...stale],
  };
  if (what === 'failed') graph.failed(file);
  port.postMessage(answer);
}

/** Where an import of a user's module leads: a file of the user's has a turn, anything else is as Node has it. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const by = pathOf(context.parentURL);
  if (by === undefined) return next(specifier, context);
  // Its name leads to the standin that runs, whether or not the user's folder has one.
  if (/^standin(\/|$)/.test(specifier)) return next(specifier, { ...context, parentURL: import.meta.url });
  const found = await find(specifier, by, async (one) => next(one, context));
  const path = importedPath(found.url);
  if (path === undefined) return found;
  graph.imported(by, path);
  return { ...found, url: urlOf(path, graph.turn(path)) };
};

/** As Node finds it, else as TypeScript does. */
async function find(
  specifier: string,
  by: string,
  next: (specifier: string) => Promise<ResolveFnOutput>,
): Promise<ResolveFnOutput> {
  try {
    return await next(specifier);
  } catch (error) {
    const others = isPath(specifier) ? inTypeScript(specifier) : [];
    for (const other of others) {
      const found = await next(other).catch(() => undefined);
      if (found) return found;
    }
    if (isPath(specifier)) for (const one of [specifier, ...others]) graph.missed(by, pathFrom(one, by));
    throw withPlace(error, placeOfImport(specifier, by, await readFile(by, 'utf8')));
  }
}

/** An import names the file that the compiler will write, or one without its ending. */
const inTypeScript = (specifier: string): readonly string[] =>
  /\.[cm]?js$/.test(specifier)
    ? [specifier.replace(/js$/, 'ts')]
    : ['.ts', '.mts', '.cts', '/index.ts'].map((ending) => specifier + ending);

export const load: LoadHook = async (url, context, next) => {
  const path = pathOf(url);
  if (path === undefined) return next(url, context);
  const bytes = await readRegular(path);
  graph.ran(path, versionOf(bytes));
  if (!isCode(path)) return { ...(await next(url, context)), source: bytes };
  return { ...(await toCode(path, bytes.toString())), shortCircuit: true };
};
