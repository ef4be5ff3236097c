import { createRequire } from 'node:module';
import type { Dialect } from './dialects/dialect.ts';
import { findDialect } from './dialects/index.ts';
import { readConfig, readRules } from './fixtures/config.ts';
import { type FileCache, load, type SourceOption } from './fixtures/load.ts';
import { type Watcher, watch } from './fixtures/watch.ts';
import { type App, type Current, makeApp, makeRoutes } from './http/app.ts';
import type { Live } from './http/live.ts';
import { makeRewrite } from './http/rewrite.ts';
import { makeShow } from './http/show.ts';
import { type Built, buildModel } from './model/build.ts';
import type { Model } from './model/model.ts';
import { checkOptions, type LogLine, type Options, resolveOptions, type Settings } from './options.ts';
import { Problem } from './problem.ts';
import { type Listening, listen } from './server.ts';
import { type Base, makeBase } from './store/base.ts';
import { type Difference, differences } from './store/rebase.ts';
import { State } from './store/state.ts';

export interface Standin {
  /** The Koa app, for mounting in a server of your own: `app.callback()`. */
  readonly app: App;
  /** Starts to listen. Resolves with where; rejects with `port-in-use`. */
  listen(): Promise<Listening>;
  /** Reads the sources again, now. Rejects with what is wrong with them; what was served stays. */
  reload(): Promise<void>;
  /** Back to the fixtures: everything, or one resource. */
  reset(resource?: string): Promise<void>;
  /** Ends listening and watching. Requests under way are answered first. */
  close(): Promise<void>;
  readonly model: Model;
  readonly settings: Settings;
  /** How many items a collection holds now. */
  count(resource: string): number;
  readonly warnings: readonly string[];
}

interface Loaded {
  readonly settings: Settings;
  readonly dialect: Dialect;
  readonly built: Built;
  readonly rules: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/**
 * Reads the sources and makes the API they describe. It neither prints nor looks at the environment, and it listens
 * only when told to. Rejects with a `Problem`: `bad-option`, `no-source`, `bad-fixture`, `bad-schema`, `name-taken`,
 * `duplicate-id`.
 */
export async function createStandin(given: Options = {}): Promise<Standin> {
  const options = checkOptions(given);
  const cache: FileCache = new Map();
  const log = (line: LogLine) => (settings.log ?? (() => {}))(line);

  const first = await read(options, cache);
  let { settings, built } = first;
  let base: Base = makeBase(built);
  const state = new State(built.model, base, settings);
  state.feed.listen(({ type, resource, key, session }) => {
    if (type !== 'conflict') return;
    const where = session === undefined ? '' : ` in session ${session}`;
    log({ level: 'warn', text: `${resource}/${key}${where}: the file changed it too, the file wins` });
  });
  let current = swap(first);
  const app = makeApp(() => current);
  let listening: Listening | undefined;

  function swap({ settings, dialect, built, rules }: Loaded): Current {
    const live: Live = {
      show: makeShow(dialect),
      rewrite: makeRewrite(rules),

      settings,
      dialect,
      model: built.model,
      state,
      log,
      isCurrent: () => current.live === live,
    };
    return { live, routes: makeRoutes(live) };
  }

  async function reloadNow(): Promise<void> {
    const start = performance.now();
    const loaded = await read(options, cache);
    const next = makeBase(loaded.built, base);
    const found = differences(base, next);
    state.configure(loaded.settings);
    state.rebase(loaded.built.model, next, loaded.settings.onReload === 'keep');
    state.feed.tell({ type: 'reload' });
    warnOfRestart(settings, loaded.settings, log);
    ({ settings, built } = loaded);
    base = next;
    current = swap(loaded);
    const ms = Math.round(performance.now() - start);
    for (const [name, difference] of found)
      log({ level: 'info', text: `${name}: ${show(difference)} (${ms} ms)` });
    for (const text of loaded.warnings) if (!known.has(text)) log({ level: 'warn', text });
    known = new Set(loaded.warnings);
  }
  let known = new Set(first.warnings);

  // Reloads run one after the other.
  let queue: Promise<unknown> = Promise.resolve();
  const reload = (): Promise<void> => {
    const turn = queue.then(reloadNow);
    queue = turn.catch(() => {});
    return turn;
  };

  let broken: string | undefined;
  const onChange = async (): Promise<void> => {
    try {
      await reload();
      if (broken !== undefined) log({ level: 'info', text: 'the files can be read again' });
      broken = undefined;
    } catch (error) {
      const text = String(error);
      if (text !== broken) log({ level: 'error', text: `${text}\n  The last good state keeps serving.` });
      broken = text;
    }
  };

  let watcher: Watcher | undefined;
  if (settings.watch) {
    const paths = sourcesOf(settings).filter((source) => typeof source === 'string');
    const files = [options.config, settings.routes].filter((file) => file !== undefined);
    if (paths.length + files.length > 0) watcher = await watch(paths, settings.schemas, files, onChange);
  }

  return {
    app,
    async listen() {
      listening ??= await listen(app.callback(), settings.host, settings.port, options.port !== undefined);
      return listening;
    },
    reload,
    reset: async (resource) => state.reset(state.main, resource),
    async close() {
      state.feed.close();
      await watcher?.close();
      await listening?.close();
      listening = undefined;
    },
    get model() {
      return built.model;
    },
    get settings() {
      return settings;
    },
    count: (resource) => state.main.store.shelf(resource).size,
    warnings: first.warnings,
  };
}

const sourcesOf = (settings: Settings): readonly SourceOption[] =>
  settings.sources === undefined ? [] : [settings.sources].flat();

async function read(options: Options, cache: FileCache): Promise<Loaded> {
  const config = options.config === undefined ? {} : await readConfig(options.config);
  const dialect = await findDialect(options.dialect ?? config.dialect ?? 'rest');
  const settings = resolveOptions(options, config, dialect.defaults ?? {});
  const { prefix } = settings;
  if (prefix !== '' && !/^(\/[^/?#]+)+$/.test(prefix)) {
    throw new Problem('bad-option', `option 'prefix' takes a path such as /api, got '${prefix}'`);
  }
  const sources = sourcesOf(settings);
  if (sources.length === 0)
    throw new Problem('no-source', 'there is nothing to serve', {
      hint: 'Name fixture files or folders in "sources".',
    });
  const { data, warnings } = await load({ sources, schemas: settings.schemas, idField: settings.id, cache });
  const built = await buildModel(data, settings);
  const rules = settings.routes === undefined ? {} : await readRules(settings.routes);
  return { settings, dialect, built, rules, warnings: [...warnings, ...built.warnings] };
}

const show = ({ added, changed, removed }: Difference): string => `+${added} ~${changed} -${removed}`;

/** What is decided when the server starts and cannot change under way. */
const FIXED = ['port', 'host', 'watch', 'middleware', 'quiet', 'sources'] as const;

function warnOfRestart(before: Settings, after: Settings, log: (line: LogLine) => void): void {
  for (const name of FIXED) {
    // What was passed in code is the same object, and may be large.
    if (before[name] === after[name] || JSON.stringify(before[name]) === JSON.stringify(after[name]))
      continue;
    log({ level: 'warn', text: `the option '${name}' changed: restart standin to apply it` });
  }
}

/** The version in the package's own manifest. */
export const version: string = (createRequire(import.meta.url)('../package.json') as { version: string })
  .version;
