import { createRequire } from 'node:module';
import { makeShow } from './http/actions/show.ts';
import { makeApp } from './http/app.ts';
import type { Live } from './http/live.ts';
import { faultLine, makeNote } from './http/log.ts';
import { pathOf } from './http/path.ts';
import type { Route } from './http/routes/route.ts';
import { unknownResource } from './http/routes/unknown.ts';
import { type Listening, listen } from './http/server.ts';
import { type Generation, makeGeneration } from './http/stages/order.ts';
import { makeRewrite } from './http/stages/rewrite.ts';
import { makeAsking, readInputs, sourcesOf } from './inputs.ts';
import type { Model } from './model/model.ts';
import { checkOptions } from './options/checks.ts';
import type { App } from './options/middleware.ts';
import type { LogLine, Options } from './options/options.ts';
import type { Settings } from './options/settings.ts';
import { Saver } from './persistence/save.ts';
import { Problem } from './problem.ts';
import { contentsBehind } from './reload/behind.ts';
import { report, reportConflict, tellLog } from './reload/report.ts';
import { startWatching } from './reload/watching.ts';
import { makeBase } from './store/base.ts';
import type { Listener } from './store/feed.ts';
import { differences } from './store/rebase.ts';
import { State } from './store/state.ts';

export type { Route };

export interface Standin {
  /** The Koa app, for mounting in a server of your own: `app.callback()`. */
  readonly app: App;
  /** Starts to listen. Resolves with where; rejects with `port-in-use`. */
  listen(): Promise<Listening>;
  /** Reads the sources again, now. Rejects with what is wrong with them; what was served stays. */
  reload(): Promise<void>;
  /** Back to the fixtures: everything, or one resource. With `writes: "file"` that is saved too. */
  reset(resource?: string): Promise<void>;
  /** Ends listening and watching. Requests under way are answered first. */
  close(): Promise<void>;
  /** States to go back to, by name. Taking one costs nothing, however much there is. */
  readonly snapshots: {
    take(name: string): void;
    /** Rejects with `no-snapshot`. */
    restore(name: string): Promise<void>;
    list(): readonly string[];
    /** Whether there was one. */
    drop(name: string): boolean;
  };
  readonly sessions: {
    list(): readonly string[];
    /** Whether there was one. */
    drop(name: string): boolean;
    /** Back to the fixtures, for one session. Makes it where it is new. */
    reset(name: string): Promise<void>;
  };
  /** Calls the listener with every change, of every session; returns what ends that. Throws `bad-option`. */
  on(type: 'change', listener: Listener): () => void;
  readonly model: Model;
  /** Every route that is served, as data: a new list after each reload. */
  readonly routes: readonly Route[];
  readonly settings: Settings;
  /** The resources that have a schema of their own. */
  readonly schemas: readonly string[];
  /** The path of a resource, as the dialect writes it. Throws `unknown-resource`. */
  path(resource: string): string;
  /** How many items a collection holds now. Throws `unknown-resource`. */
  count(resource: string): number;
  /** What may surprise in the sources, as lines of text. */
  readonly warnings: readonly string[];
}

/**
 * Reads the sources and makes the API they describe. It neither prints nor looks at the environment, and it listens
 * only when told to. Rejects with a `Problem`: `bad-option`, `no-source`, `bad-fixture`, `bad-schema`, `name-taken`,
 * `duplicate-id`, `cannot-save`. What neither the options nor the config say is as `below` says.
 */
export async function createStandin(given: Options = {}, below: Options = {}): Promise<Standin> {
  const options = checkOptions(given);
  const asking = makeAsking(options, below);
  const log = (line: LogLine) => void tellLog(inputs.settings.log, line);

  let inputs = await readInputs(asking);
  const first = inputs;
  /** The files as they were last read or saved. */
  let versions = new Map(first.versions);
  let base = makeBase(inputs.built);
  const saver =
    first.settings.writes === 'file'
      ? new Saver(sourcesOf(first.settings), asking.files, (file, hash) => versions.set(file, hash))
      : undefined;
  saver?.use(first.layouts);
  await saver?.clean();
  const { model } = first.built;
  const state = new State(model, base, {
    ...first.settings,
    ...(saver ? { journal: saver, reload: reloadNow } : {}),
    onListenerFault: (error) => log(faultLine('a listener failed: ', error)),
  });
  state.feed.listen((event) => reportConflict(event, log));
  let current = swap();
  const app = makeApp(() => current);
  let listening: Promise<Listening> | undefined;

  function swap(): Generation {
    const { settings, dialect, built, rules } = inputs;
    const live: Live = {
      settings,
      dialect,
      model: built.model,
      state,
      show: makeShow(dialect),
      rewrite: makeRewrite(rules),
      log,
      note: makeNote(log),
      isCurrent: () => current.live === live,
    };
    return makeGeneration(live, () => current);
  }

  async function reloadNow(): Promise<void> {
    const start = performance.now();
    const next = await readInputs(asking);
    if (next.plain === inputs.plain && isSame(next.versions, versions)) return;
    saver?.use(next.layouts);
    versions = new Map(next.versions);
    // Where clients' writes are not kept, what the files say now is where it starts again.
    const keep = next.settings.onReload === 'keep';
    const { model, contents: read } = next.built;
    const { contents, settled } =
      saver && keep ? contentsBehind(model, read, state.main) : { contents: read };
    const before = inputs;
    const nextBase = makeBase({ ...next.built, contents }, base);
    const found = differences(base, nextBase);
    state.sessions.configure(next.settings);
    state.rebase(model, nextBase, keep, settled);
    inputs = next;
    base = nextBase;
    current = swap();
    state.feed.tell({ type: 'reload' });
    report(before, next, found, Math.round(performance.now() - start), log);
  }

  /** Two calls share one server; one that failed, or has ended, makes room for another. */
  async function startListening(): Promise<Listening> {
    const { host, port } = first.settings;
    try {
      const server = await listen(app.callback(), host, port, first.isPortChosen);
      const close = async () => {
        listening = undefined;
        await server.close();
      };
      return { ...server, close };
    } catch (error) {
      listening = undefined;
      throw error;
    }
  }

  // Reloads run one after the other, and not in the middle of a save.
  let queue: Promise<unknown> = Promise.resolve();
  const reload = (): Promise<void> => {
    const turn = queue.then(() => state.exclusive(reloadNow));
    queue = turn.catch(() => {});
    return turn;
  };

  const watcher = first.settings.watch
    ? await startWatching(
        { settings: first.settings, options },
        () => [...versions.keys(), ...asking.modules.files],
        reload,
        log,
      )
    : undefined;

  const checkResource = (name: string): void => {
    if (!inputs.built.model.resources.has(name)) throw unknownResource(current.live, name);
  };

  return {
    app,
    listen() {
      listening ??= startListening();
      return listening;
    },
    reload,
    reset: async (resource) => state.reset(state.main, resource),
    async close() {
      state.feed.close();
      await watcher?.close();
      // A server that could not begin has nothing to end.
      await (await listening?.catch(() => undefined))?.close();
      await state.exclusive(async () => {});
      await saver?.close();
    },
    snapshots: {
      take: (name) => state.takeSnapshot(state.main, name),
      restore: async (name) => state.restore(state.main, name),
      list: () => state.main.snapshots,
      drop: (name) => state.main.dropSnapshot(name),
    },
    sessions: {
      list: () => state.sessions.list().map(({ name }) => name as string),
      drop: (name) => state.sessions.drop(name),
      reset: async (name) => state.reset(state.sessions.make(name)),
    },
    on(type, listener) {
      checkListener(type, listener);
      // A copy: what a listener does to its event changes nothing that is stored.
      return state.feed.listen((event) => listener(structuredClone(event)));
    },
    get routes() {
      return current.routes.list;
    },
    get model() {
      return inputs.built.model;
    },
    get schemas() {
      return inputs.schemas;
    },
    get settings() {
      return inputs.settings;
    },
    path(resource) {
      const { dialect, settings } = inputs;
      checkResource(resource);
      return pathOf({ prefix: settings.prefix, live: { dialect } }, resource);
    },
    count(resource) {
      checkResource(resource);
      return state.main.store.shelf(resource).size;
    },
    warnings: first.warnings,
  };
}

function checkListener(type: unknown, listener: unknown): void {
  if (type !== 'change')
    throw new Problem('bad-option', `there is no event '${type}'`, { hint: "Listen to 'change'." });
  if (typeof listener !== 'function')
    throw new Problem('bad-option', `a listener is a function, got ${typeof listener}`);
}

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([file, hash]) => b.get(file) === hash);

/** The version in the package's own manifest. */
export const version: string = (createRequire(import.meta.url)('../package.json') as { version: string })
  .version;
