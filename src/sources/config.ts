import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isObject, kindOf } from '../json/json.ts';
import { parseJson } from '../json/text.ts';
import { checkOptions, checkValue } from '../options/checks.ts';
import type { Options } from '../options/options.ts';
import { Problem } from '../problem.ts';
import { isModule } from './formats/table.ts';
import { versionOf } from './layout.ts';
import { extensionOf } from './list.ts';
import type { Modules, Ran } from './modules/loader.ts';
import { readRegular } from './read.ts';
import { isUrl } from './url.ts';

const findIn = (folder: string, names: readonly string[]): string | undefined =>
  names.map((name) => join(folder, name)).find((path) => existsSync(path));

/** The config file of a folder, if it has one. A folder that is served itself holds data, and decides nothing. */
export const findConfig = (folder: string, sources: readonly string[]): string | undefined =>
  sources.some((source) => existsSync(source) && realpathSync(source) === realpathSync(folder))
    ? undefined
    : findIn(
        folder,
        ['json', 'js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `standin.config.${ending}`),
      );

/** What is served where nobody says what. */
export const findSource = (folder: string): string | undefined => findIn(folder, ['fixtures', 'db.json']);

/** Files of the config as they were last read, by path: one that did not change is not run again. */
export type ConfigCache = Map<string, Ran>;

/** Reads a config file. Paths in it are relative to it. Throws `bad-option` for what is not understood. */
export async function readConfig(path: string, cache: ConfigCache, modules: Modules): Promise<Options> {
  const file = resolve(path);
  const value = await readValue(file, cache, modules);
  if (!isObject(value))
    throw new Problem('bad-option', `expected an object of options, found ${kindOf(value)}`, {
      place: { file },
    });
  const options = checkOptions(value, ` in ${file}`);
  const from = (one: unknown) => (typeof one === 'string' && !isUrl(one) ? resolve(dirname(file), one) : one);
  const { sources, schemas, routes } = options;
  return {
    ...options,
    ...(sources === undefined
      ? {}
      : { sources: [sources].flat().map(from) as NonNullable<Options['sources']> }),
    ...(schemas === undefined ? {} : { schemas: from(schemas) as string }),
    ...(routes === undefined ? {} : { routes: from(routes) as string }),
  };
}

/** The rewrite rules in a file: an object of paths. */
export async function readRules(
  path: string,
  cache: ConfigCache,
  modules: Modules,
): Promise<Readonly<Record<string, string>>> {
  const file = resolve(path);
  const value = await readValue(file, cache, modules);
  checkValue({ kind: 'object', values: { kind: 'text' } }, { path: 'routes', value, where: ` in ${file}` });
  return value as Readonly<Record<string, string>>;
}

async function readValue(file: string, cache: ConfigCache, modules: Modules): Promise<unknown> {
  const bytes = await readBytes(file);
  const known = cache.get(file);
  const read = isModule(extensionOf(file))
    ? await modules.run(file, known?.version)
    : readJson(bytes, file, known?.version);
  if (!read) return known?.value;
  cache.set(file, read);
  return read.value;
}

async function readBytes(file: string): Promise<Buffer> {
  if (!existsSync(file)) throw new Problem('bad-option', `there is no file ${file}`);
  return readRegular(file).catch((error: unknown) => {
    throw asOption(error);
  });
}

function readJson(bytes: Buffer, file: string, known: string | undefined): Ran | undefined {
  const version = versionOf(bytes);
  if (version === known) return undefined;
  try {
    return { value: parseJson(bytes.toString(), file), version };
  } catch (error) {
    throw asOption(error);
  }
}

/** What is wrong with a file of the config is told as any other wrong option. */
const asOption = (error: unknown): unknown =>
  error instanceof Problem ? new Problem('bad-option', error.message, error.facts) : error;
