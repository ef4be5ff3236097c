import { setTimeout as sleep } from 'node:timers/promises';
import { type Change, type Journal, notSaved } from '../model/change.ts';
import { Problem } from '../problem.ts';
import { changesBetween } from './difference.ts';
import type { Session } from './session.ts';
import { Draft, type Shelves, type Store } from './store.ts';
import { contentsOf } from './whole.ts';

interface Written<T> {
  readonly result: T;
  readonly changes: readonly Change[];
}

interface Waiting {
  readonly work: (draft: Draft) => unknown;
  resolve(written: Written<unknown>): void;
  reject(error: unknown): void;
}

const HALF_WRITTEN_MS = 50;
/** A file that keeps changing under every attempt is somebody else's. */
const ATTEMPTS = 20;

/**
 * Writes that must be kept before they are answered. What arrives while a batch is being kept waits, and is the next
 * batch: one save for all of it. Each write runs on what the writes before it left, and is read by nobody until its
 * batch is kept; where the journal cannot keep it, the whole batch fails.
 */
export class JournalQueue {
  readonly #session: Session;
  readonly #journal: Journal;
  readonly #reload: () => Promise<void>;
  #waiting: Waiting[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(session: Session, journal: Journal, reload: () => Promise<void>) {
    this.#session = session;
    this.#journal = journal;
    this.#reload = reload;
  }

  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  write<T>(work: (draft: Draft) => T): Promise<Written<T>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Waiting['resolve'], reject });
      if (this.#waiting.length === 1) void this.#keeping(() => this.#keepWaiting());
    });
  }

  /** Keeps what leads to another state, then makes it the state. */
  become(target: () => Store, then: () => void): Promise<void> {
    return this.#keeping(async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const store = target();
        const changes = changesBetween(this.#session.store, store);
        const moved = changes.length === 0 ? [] : await this.#journal.write(changes, readerOf(store));
        if (moved.length === 0) return then();
        await this.#readAgain().catch(() => {
          throw notSaved('the files cannot be read at the moment');
        });
      }
      throw notSaved('the files keep changing');
    }).catch((error) => {
      throw asNotSaved(error);
    });
  }

  /** What cannot be read may be half written still: it is looked at once more. */
  #readAgain(): Promise<void> {
    return this.#reload().catch(() => sleep(HALF_WRITTEN_MS).then(this.#reload));
  }

  /** What the journal holds for a batch, it lets go of at its end. */
  #keeping(work: () => Promise<void>): Promise<void> {
    return this.exclusive(() => work().finally(() => this.#journal.release?.()));
  }

  async #keepWaiting(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    await this.#keepOrRefuse(batch);
  }

  async #keepOrRefuse(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#keep(batch);
    } catch (error) {
      const problem = asNotSaved(error);
      // What no file can hold is the fault of one write: each is tried by itself.
      if (isRefusal(problem) && batch.length > 1) for (const one of batch) await this.#keepOrRefuse([one]);
      else for (const { reject } of batch) reject(problem);
    }
  }

  async #keep(batch: readonly Waiting[]): Promise<void> {
    /** Resources whose file is broken at the moment: it is not ours to overwrite. */
    const broken = new Set<string>();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const draft = this.#session.store.draft();
      const settle = batch.map((one) => this.#run(one, draft, broken));
      const moved =
        draft.changes.length === 0 ? [] : await this.#journal.write(draft.changes, readerOf(draft));
      if (moved.length === 0) {
        this.#session.commit(draft);
        for (const tell of settle) tell();
        return;
      }
      try {
        await this.#readAgain();
      } catch {
        for (const resource of moved) broken.add(resource);
      }
    }
    throw notSaved('the files keep changing');
  }

  /** Runs a write on a draft of its own, so that one that is refused takes nothing else down. */
  #run({ work, resolve, reject }: Waiting, batch: Draft, broken: ReadonlySet<string>): () => void {
    const draft = new Draft(batch);
    try {
      const result = work(draft);
      const stuck = draft.changes.find(({ resource }) => broken.has(resource));
      if (stuck) throw notSaved(`the file of ${stuck.resource} cannot be read at the moment`);
      this.#journal.check?.(draft.changes, readerOf(draft));
      batch.absorb(draft);
      return () => resolve({ result, changes: draft.changes });
    } catch (error) {
      return () => reject(error);
    }
  }
}

const readerOf = (shelves: Shelves) => ({ contentsOf: (resource: string) => contentsOf(shelves, resource) });

const isRefusal = (problem: Problem): boolean => problem.status < 500;

const asNotSaved = (error: unknown): Problem =>
  error instanceof Problem && (error.code === 'not-saved' || isRefusal(error))
    ? error
    : notSaved((error as Error).message);
