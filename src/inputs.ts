import { resolve } from 'node:path';
import type { CompleteDialect } from './dialect/dialect.ts';
import { unknownLookups } from './dialect/lookups.ts';
import { findDialect } from './dialects/index.ts';
import { type Built, buildModel } from './model/build.ts';
import type { Options } from './options/options.ts';
import { resolveOptions, type Settings } from './options/settings.ts';
import { checkSaveable } from './persistence/save.ts';
import { Problem } from './problem.ts';
import { unknownFields } from './query/unknown-fields.ts';
import { type ConfigCache, readConfig, readRules } from './sources/config.ts';
import type { Layout } from './sources/layout.ts';
import { type FileCache, load, type SourceOption } from './sources/load.ts';
import { Modules } from './sources/modules/loader.ts';

/** All that a standin is made of, read and understood. */
export interface Inputs {
  readonly settings: Settings;
  readonly dialect: CompleteDialect;
  readonly built: Built;
  /** Rewrites of paths, from the option `routes`. */
  readonly rules: Readonly<Record<string, string>>;
  readonly layouts: readonly Layout[];
  readonly warnings: readonly string[];
  /** The hash of every file, and everything else as text: the same again means that nothing changed. */
  readonly versions: ReadonlyMap<string, string>;
  readonly plain: string;
  /** Whether somebody chose the port: then no other will do. */
  readonly isPortChosen: boolean;
  /** The resources that have a schema of their own, and no inferred one. */
  readonly schemas: readonly string[];
}

export const sourcesOf = (settings: Settings): readonly SourceOption[] =>
  settings.sources === undefined ? [] : [settings.sources].flat();

/** What is read again by each reload, and what is remembered until then. */
export interface Asking {
  readonly options: Options;
  /** What holds where neither the options nor the config say anything. */
  readonly below: Options;
  readonly files: FileCache;
  readonly configs: ConfigCache;
  readonly modules: Modules;
}

/** At first nothing is remembered. */
export const makeAsking = (options: Options, below: Options): Asking => ({
  options,
  below,
  files: new Map(),
  configs: new Map(),
  modules: new Modules(),
});

/** Reads the config, the dialect and the sources. Throws the first thing that is wrong with them. */
export async function readInputs({ options, below, files, configs, modules }: Asking): Promise<Inputs> {
  const config = options.config === undefined ? {} : await readConfig(options.config, configs, modules);
  const dialect = await findDialect(options.dialect ?? config.dialect ?? 'rest');
  const resolved = resolveOptions(options, config, below, dialect.defaults ?? {});
  const sources = sourcesOf(resolved);
  if (sources.length === 0)
    throw new Problem('no-source', 'there is nothing to serve', {
      hint: 'Name fixture files or folders in "sources".',
    });
  const { schemas, id: idField } = resolved;
  const { data, warnings, layouts, ...loaded } = await load({
    sources,
    schemas,
    config: options.config,
    idField,
    cache: files,
    modules,
  });
  const asked = options.writes ?? config.writes;
  const { settings, notes } = withSaving(resolved, asked !== undefined, layouts);
  const built = await buildModel(data, settings, dialect.conventions.writes.overlooks);
  const rules = settings.routes === undefined ? {} : await readRules(settings.routes, configs, modules);
  const { sources: _sources, log: _log, middleware: _middleware, ...plain } = settings;
  return {
    settings,
    dialect,
    built,
    rules,
    layouts,
    schemas: [...data.schemas.keys()],
    isPortChosen: (options.port ?? config.port) !== undefined,
    warnings: [
      ...warnings,
      ...built.warnings,
      ...unknownFields(built, settings),
      ...unknownLookups(built.model, dialect),
      ...notes,
    ],
    versions: new Map([...loaded.versions, ...versionsOf([options.config, settings.routes], configs)]),
    plain: JSON.stringify(plain),
  };
}

const versionsOf = (paths: readonly (string | undefined)[], configs: ConfigCache): [string, string][] =>
  paths.flatMap((path): [string, string][] => {
    const file = path === undefined ? '' : resolve(path);
    const known = configs.get(file);
    return known ? [[file, known.version]] : [];
  });

/** A dialect that saves by itself keeps what cannot be saved in memory; a user who asks for it is told. */
function withSaving(
  settings: Settings,
  asked: boolean,
  layouts: readonly Layout[],
): { settings: Settings; notes: string[] } {
  if (settings.writes !== 'file') return { settings, notes: [] };
  try {
    checkSaveable(sourcesOf(settings), layouts);
    return { settings, notes: [] };
  } catch (error) {
    if (asked) throw error;
    return {
      settings: { ...settings, writes: 'memory' },
      notes: [`${(error as Problem).message}: writes stay in memory`],
    };
  }
}

/** Whether two readings found the same files with the same bytes. */
export const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([file, hash]) => b.get(file) === hash);
