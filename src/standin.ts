import { createRequire } from 'node:module';
import type { Route } from './dialect/dialect.ts';
import { type Generation, makeGeneration } from './generation.ts';
import { makeApp } from './http/app.ts';
import { faultLine } from './http/log.ts';
import { pathOf } from './http/path.ts';
import { unknownResource } from './http/routes/unknown.ts';
import { type Listening, listen } from './http/server.ts';
import { type Asking, type Inputs, isSame, makeAsking, readInputs, sourcesOf } from './inputs.ts';
import type { Model } from './model/model.ts';
import { checkOptions } from './options/checks.ts';
import type { App } from './options/middleware.ts';
import type { LogLine, Options } from './options/options.ts';
import type { Settings } from './options/settings.ts';
import { Saver } from './persistence/save.ts';
import { contentsBehind } from './reload/behind.ts';
import { report, reportConflict, tellLog } from './reload/report.ts';
import { startWatching } from './reload/watching.ts';
import { type Base, makeBase } from './store/base.ts';
import { checkListener, type Listener } from './store/feed.ts';
import { differences } from './store/rebase.ts';
import { State } from './store/state.ts';

export type { Route };

/** One generation after the other, and what outlives them: the state, the server, the watcher. */
export class Standin {
  readonly #asking: Asking;
  readonly #state: State;
  readonly #saver: Saver | undefined;
  /** What the first generation was read from: where to listen, whether to watch. */
  readonly #first: Inputs;
  /** The files as they were last read or saved. */
  readonly #versions: Map<string, string>;
  #generation: Generation;
  #watcher: Awaited<ReturnType<typeof startWatching>>;
  #listening: Promise<Listening> | undefined;
  /** Reloads run one after the other, and not in the middle of a save. */
  #queue: Promise<unknown> = Promise.resolve();
  /** The Koa app, for mounting in a server of your own: `app.callback()`. */
  readonly app: App;
  /** What may surprise in the sources, as lines of text. */
  readonly warnings: readonly string[];

  /**
   * Reads the sources, and begins to watch them.
   *
   * @internal
   */
  static async make(asking: Asking): Promise<Standin> {
    const inputs = await readInputs(asking);
    const { settings, layouts } = inputs;
    const versions = new Map(inputs.versions);
    const saver =
      settings.writes === 'file'
        ? new Saver(sourcesOf(settings), asking.files, (file, version) => versions.set(file, version))
        : undefined;
    saver?.use(layouts);
    await saver?.clean();
    const standin = new Standin(asking, inputs, saver, versions);
    if (settings.watch) {
      const files = () => [...versions.keys(), ...asking.modules.files];
      const { options } = asking;
      standin.#watcher = await startWatching({ settings, options }, files, standin.reload, standin.#log);
    }
    return standin;
  }

  private constructor(
    asking: Asking,
    inputs: Inputs,
    saver: Saver | undefined,
    versions: Map<string, string>,
  ) {
    this.#asking = asking;
    this.#first = inputs;
    this.#saver = saver;
    this.#versions = versions;
    this.warnings = inputs.warnings;
    const base = makeBase(inputs.built);
    this.#state = new State(inputs.built.model, base, {
      ...inputs.settings,
      ...(saver ? { journal: saver, reload: this.#reloadNow } : {}),
      onListenerFault: (error) => this.#log(faultLine('a listener failed: ', error)),
    });
    this.#state.feed.listen((event) => reportConflict(event, this.#log));
    this.#generation = this.#make(inputs, base);
    this.app = makeApp(() => this.#generation);
  }

  readonly #log = (line: LogLine): void => void tellLog(this.#generation.inputs.settings.log, line);

  #make(inputs: Inputs, base: Base): Generation {
    return makeGeneration(inputs, base, this.#state, this.#log, () => this.#generation);
  }

  readonly #reloadNow = async (): Promise<void> => {
    const start = performance.now();
    const next = await readInputs(this.#asking);
    const { inputs, base } = this.#generation;
    if (next.plain === inputs.plain && isSame(next.versions, this.#versions)) return;
    this.#saver?.use(next.layouts);
    this.#versions.clear();
    for (const [file, version] of next.versions) this.#versions.set(file, version);
    // Where clients' writes are not kept, what the files say now is where it starts again.
    const keep = next.settings.onReload === 'keep';
    const { model, contents: read } = next.built;
    const { contents, settled } =
      this.#saver && keep ? contentsBehind(model, read, this.#state.main) : { contents: read };
    const nextBase = makeBase({ ...next.built, contents }, base);
    const found = differences(base, nextBase);
    this.#state.sessions.configure(next.settings);
    this.#state.rebase(model, nextBase, keep, settled);
    this.#generation = this.#make(next, nextBase);
    this.#state.feed.tell({ type: 'reload' });
    report(inputs, next, found, Math.round(performance.now() - start), this.#log);
  };

  /** Reads the sources again, now. Rejects with what is wrong with them; what was served stays. */
  readonly reload = (): Promise<void> => {
    const turn = this.#queue.then(() => this.#state.exclusive(this.#reloadNow));
    this.#queue = turn.catch(() => {});
    return turn;
  };

  /** Starts to listen; two calls share one server. Resolves with where; rejects with `port-in-use`. */
  readonly listen = (): Promise<Listening> => {
    this.#listening ??= this.#startListening();
    return this.#listening;
  };

  async #startListening(): Promise<Listening> {
    const { settings, isPortChosen } = this.#first;
    try {
      const server = await listen(this.app.callback(), settings.host, settings.port, isPortChosen);
      const close = async () => {
        this.#listening = undefined;
        await server.close();
      };
      return { ...server, close };
    } catch (error) {
      this.#listening = undefined;
      throw error;
    }
  }

  /** Ends listening and watching. Requests under way are answered first. */
  readonly close = async (): Promise<void> => {
    this.#state.feed.close();
    await this.#watcher?.close();
    // A server that could not begin has nothing to end.
    await (await this.#listening?.catch(() => undefined))?.close();
    await this.#state.exclusive(async () => {});
    await this.#saver?.close();
  };

  /** Back to the fixtures: everything, or one resource. With `writes: "file"` that is saved too. */
  readonly reset = async (resource?: string): Promise<void> => this.#state.reset(this.#state.main, resource);

  /** States to go back to, by name. Taking one costs nothing, however much there is. */
  readonly snapshots = {
    take: (name: string): void => this.#state.takeSnapshot(this.#state.main, name),
    /** Rejects with `no-snapshot`. */
    restore: async (name: string): Promise<void> => this.#state.restore(this.#state.main, name),
    list: (): readonly string[] => this.#state.main.snapshots,
    /** Whether there was one. */
    drop: (name: string): boolean => this.#state.main.dropSnapshot(name),
  };

  readonly sessions = {
    list: (): readonly string[] => this.#state.sessions.list().map(({ name }) => name as string),
    /** Whether there was one. */
    drop: (name: string): boolean => this.#state.sessions.drop(name),
    /** Back to the fixtures, for one session. Makes it if it is new. */
    reset: async (name: string): Promise<void> => this.#state.reset(this.#state.sessions.make(name)),
  };

  /** Calls the listener with every change, of every session; returns what ends that. Throws `bad-option`. */
  readonly on = (type: 'change', listener: Listener): (() => void) => {
    checkListener(type, listener);
    // A copy: what a listener does to its event changes nothing that is stored.
    return this.#state.feed.listen((event) => listener(structuredClone(event)));
  };

  /** Every route that is served, as data: a new list after each reload. */
  get routes(): readonly Route[] {
    return this.#generation.routes.list;
  }

  get model(): Model {
    return this.#generation.live.model;
  }

  /** The resources that have a schema of their own. */
  get schemas(): readonly string[] {
    return this.#generation.inputs.schemas;
  }

  get settings(): Settings {
    return this.#generation.live.settings;
  }

  /** The path of a resource, as the dialect writes it. Throws `unknown-resource`. */
  readonly path = (resource: string): string => {
    const { dialect, settings } = this.#generation.live;
    this.#checkResource(resource);
    return pathOf({ prefix: settings.prefix, live: { dialect } }, resource);
  };

  /** How many items a collection holds now. Throws `unknown-resource`. */
  readonly count = (resource: string): number => {
    this.#checkResource(resource);
    return this.#state.main.store.shelf(resource).size;
  };

  #checkResource(name: string): void {
    const { live } = this.#generation;
    if (!live.model.resources.has(name)) throw unknownResource(live, name);
  }
}

/**
 * Reads the sources and makes the API they describe. It neither prints nor looks at the environment, and it listens
 * only when told to. Rejects with a `Problem`: `bad-option`, `no-source`, `bad-fixture`, `bad-schema`, `name-taken`,
 * `duplicate-id`, `cannot-save`. What neither the options nor the config say is as `below` says.
 */
export const createStandin = async (given: Options = {}, below: Options = {}): Promise<Standin> =>
  Standin.make(makeAsking(checkOptions(given), below));

/** The version in the package's own manifest. */
export const version: string = (createRequire(import.meta.url)('../package.json') as { version: string })
  .version;
