import type { Journal } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import { Problem } from '../problem.ts';
import type { Base } from './base.ts';
import { Feed } from './feed.ts';
import { JournalQueue } from './queue.ts';
import type { Settled } from './rebase.ts';
import { type Place, Session } from './session.ts';
import type { Draft } from './store.ts';

export interface StateOptions {
  /** Seconds until an idle session is dropped. */
  readonly sessionIdle: number;
  readonly sessionCap: number;
  /** Where the writes of everybody's session are kept before they are answered. */
  readonly journal?: Journal;
  /** Reads the sources again, when the journal finds that they have changed. */
  readonly reload?: () => Promise<void>;
  /** Is told what went wrong in a listener. */
  readonly onListenerFault: (error: unknown) => void;
}

const NAME = /^[\w.-]{1,100}$/;

/** Everything clients have written, above the fixtures as they were last read. */
export class State {
  readonly feed: Feed;
  readonly main: Session;
  #model: Model;
  #base: Base;
  #options: StateOptions;
  /** By last use, the longest idle first. */
  readonly #sessions = new Map<string, Session>();
  readonly #queue: JournalQueue | undefined;

  constructor(model: Model, base: Base, options: StateOptions) {
    this.#model = model;
    this.#base = base;
    this.#options = options;
    this.feed = new Feed(options.onListenerFault);
    this.main = new Session(undefined, model, base);
    const { journal, reload } = options;
    this.#queue = journal && reload && new JournalQueue(this.main, journal, reload);
  }

  /** Whether writes of everybody's session are saved where the data came from. */
  get saves(): boolean {
    return this.#queue !== undefined;
  }

  configure(options: Pick<StateOptions, 'sessionIdle' | 'sessionCap'>): void {
    this.#options = { ...this.#options, ...options };
  }

  /** The session of a name, made at its first use. */
  session(name: string): Session {
    if (!NAME.test(name)) {
      throw new Problem(
        'bad-session',
        'a session name is 1 to 100 letters, digits, dots, dashes and underscores',
      );
    }
    this.#dropIdle();
    const session = this.#sessions.get(name) ?? new Session(name, this.#model, this.#base);
    this.#sessions.delete(name);
    this.#sessions.set(name, session);
    session.lastUsed = Date.now();
    if (this.#sessions.size > this.#options.sessionCap)
      this.#sessions.delete(this.#sessions.keys().next().value as string);
    return session;
  }

  /** A session that there is, without using it. */
  findSession(name: string): Session | undefined {
    this.#dropIdle();
    return this.#sessions.get(name);
  }

  get sessions(): readonly Session[] {
    this.#dropIdle();
    return [...this.#sessions.values()];
  }

  dropSession(name: string): boolean {
    return this.#sessions.delete(name);
  }

  #dropIdle(): void {
    const oldest = Date.now() - this.#options.sessionIdle * 1000;
    for (const [name, session] of this.#sessions) {
      if (session.lastUsed > oldest) return;
      this.#sessions.delete(name);
    }
  }

  /**
   * Runs a write on a draft. What throws leaves no trace; with `keep` false the draft is dropped all the same. With a
   * journal the promise resolves once the write is kept, and nobody reads it before.
   */
  write<T>(session: Session, work: (draft: Draft) => T, keep = true): T | Promise<T> {
    if (keep && this.#queue && session === this.main) {
      return this.#queue.write(work).then(({ result, changes }) => {
        this.feed.tellChanges(changes, undefined);
        return result;
      });
    }
    const draft = session.store.draft();
    const result = work(draft);
    if (keep) {
      session.commit(draft);
      this.feed.tellChanges(draft.changes, session.name);
    }
    return result;
  }

  /** Back to the fixtures: everything, or one resource. A journal keeps that too. */
  reset(session: Session, resource?: string): void | Promise<void> {
    if (resource !== undefined && !this.#model.resources.has(resource))
      throw new Problem('unknown-resource', `there is no resource '${resource}' to reset`, { resource });
    const event = {
      type: 'reset' as const,
      ...named(session),
      ...(resource === undefined ? {} : { resource }),
    };
    if (this.#queue && session === this.main) {
      const fixtures = () => session.withReset(resource);
      return this.#queue.become(fixtures, () => session.reset(resource)).then(() => this.feed.tell(event));
    }
    session.reset(resource);
    this.feed.tell(event);
  }

  restore(session: Session, name: string): void | Promise<void> {
    if (!session.snapshots.includes(name))
      throw new Problem('no-snapshot', `there is no snapshot '${name}'`, {
        hint: `There is: ${session.snapshots.join(', ') || 'none'}.`,
      });
    const event = { type: 'reset' as const, ...named(session) };
    if (this.#queue && session === this.main) {
      let place = session.snapshot(name) as Place;
      const kept = () => {
        // A reload meanwhile moved it; dropped meanwhile, it is as it was when it was asked for.
        place = session.snapshot(name) ?? place;
        return place.store;
      };
      return this.#queue.become(kept, () => session.adopt(place)).then(() => this.feed.tell(event));
    }
    session.adopt(session.snapshot(name) as Place);
    this.feed.tell(event);
  }

  /** Waits for the writes under way, and lets none begin until the work is done. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue ? this.#queue.exclusive(work) : work();
  }

  /** All that clients wrote goes on above a new base, or starts again there; what is settled, the file says itself. */
  rebase(model: Model, base: Base, keep: boolean, settled?: Settled): void {
    this.#model = model;
    this.#base = base;
    for (const session of [this.main, ...this.#sessions.values()]) {
      for (const { resource, key } of session.rebase(
        model,
        base,
        keep,
        session === this.main ? settled : undefined,
      )) {
        this.feed.tell({ type: 'conflict', resource, key, ...named(session) });
      }
    }
  }
}

const named = ({ name }: Session): { session?: string } => (name === undefined ? {} : { session: name });
