import { Room } from '../cache.ts';
import { limits } from '../limits.ts';
import type { Journal } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';
import type { Base } from './base.ts';
import { Feed } from './feed.ts';
import { JournalQueue } from './queue.ts';
import type { Settled } from './rebase.ts';
import { noSnapshot, type Place, Session } from './session.ts';
import { type SessionBounds, Sessions } from './sessions.ts';
import type { Draft } from './store.ts';

export interface StateOptions extends SessionBounds {
  /** Where the writes of everybody's session are kept before they are answered. */
  readonly journal?: Journal;
  /** Reads the sources again, when the journal finds that they have changed. */
  readonly reload?: () => Promise<void>;
  /** Is told what went wrong in a listener. */
  readonly onListenerFault: (error: unknown) => void;
}

const SNAPSHOT_NAME = /^[\w.-]{1,100}$/;

/** Everything clients have written, above the fixtures as they were last read. */
export class State {
  readonly feed: Feed;
  readonly main: Session;
  #model: Model;
  #base: Base;
  readonly sessions: Sessions;
  readonly #queue: JournalQueue | undefined;

  constructor(model: Model, base: Base, options: StateOptions) {
    this.#model = model;
    this.#base = base;
    this.feed = new Feed(options.onListenerFault);
    const replayRoom = new Room(limits.replays.bytes);
    this.main = new Session(undefined, model, base, replayRoom);
    this.sessions = new Sessions(options, (name) => new Session(name, this.#model, this.#base, replayRoom));
    const { journal, reload } = options;
    this.#queue = journal && reload && new JournalQueue(this.main, journal, reload);
  }

  /** Whether writes of everybody's session are saved where the data came from. */
  get saves(): boolean {
    return this.#queue !== undefined;
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
    if (keep && draft.changes.length > 0) {
      if (session !== this.main) this.sessions.keep(session, draft.bytes);
      session.commit(draft);
      this.feed.tellChanges(draft.changes, session.name);
    }
    return result;
  }

  /** Back to the fixtures: everything, or one resource. A journal keeps that too. */
  reset(session: Session, resource?: string): void | Promise<void> {
    if (resource !== undefined && !this.#model.resources.has(resource)) {
      const near = nearest(resource, this.#model.resources.keys());
      throw new Problem('unknown-resource', `there is no resource '${resource}' to reset`, {
        resource,
        ...(near === undefined ? {} : { hint: `Did you mean '${near}'?` }),
      });
    }
    if (session !== this.main) this.sessions.keep(session);
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

  takeSnapshot(session: Session, name: string): void {
    if (!SNAPSHOT_NAME.test(name))
      throw new Problem(
        'bad-path',
        'a snapshot name is 1 to 100 letters, digits, dots, dashes and underscores',
      );
    const count = [this.main, ...this.sessions.all()].reduce((sum, one) => sum + one.snapshots.length, 0);
    if (count >= limits.snapshots.most && !session.snapshots.includes(name))
      throw new Problem(
        'too-much',
        `at most ${limits.snapshots.most} snapshots are kept, of all sessions together`,
        {
          hint: 'Drop one first: DELETE /_standin/snapshots/NAME, or in code snapshots.drop(name).',
        },
      );
    if (session !== this.main) this.sessions.keep(session);
    session.takeSnapshot(name);
  }

  restore(session: Session, name: string): void | Promise<void> {
    if (!session.snapshots.includes(name)) throw noSnapshot(name, session);
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
    for (const session of [this.main, ...this.sessions.all()]) {
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
