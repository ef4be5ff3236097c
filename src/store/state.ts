import type { Change } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import type { Base } from './base.ts';
import { type Conflict, type Parked, rebase } from './rebase.ts';
import { type Draft, Store } from './store.ts';

export type Listener = (changes: readonly Change[]) => void;

/** Everything clients have written, above the fixtures as they were last read. */
export class State {
  #store: Store;
  #parked: Parked = new Map();
  readonly #onCommit: Listener;

  constructor(model: Model, base: Base, onCommit: Listener = () => {}) {
    this.#store = new Store(model, base);
    this.#onCommit = onCommit;
  }

  get store(): Store {
    return this.#store;
  }

  /** Runs a write on a draft. What throws leaves no trace; with `keep` false the draft is dropped all the same. */
  write<T>(work: (draft: Draft) => T, keep = true): T {
    const draft = this.#store.draft();
    const result = work(draft);
    if (keep) {
      this.#store.commit(draft);
      if (draft.changes.length > 0) this.#onCommit(draft.changes);
    }
    return result;
  }

  /** Back to the fixtures: everything, or one resource. */
  reset(resource?: string): void {
    const { model, base } = this.#store;
    const kept =
      resource === undefined ? [] : [...this.#store.opened()].filter(([name]) => name !== resource);
    this.#store = new Store(model, base, kept);
    if (resource === undefined) this.#parked = new Map();
  }

  /** Goes on above a new base, with or without what clients wrote. */
  rebase(model: Model, base: Base, keep: boolean): readonly Conflict[] {
    if (!keep) {
      this.#store = new Store(model, base);
      this.#parked = new Map();
      return [];
    }
    const { store, parked, conflicts } = rebase(this.#store, this.#parked, model, base);
    this.#store = store;
    this.#parked = parked;
    return conflicts;
  }
}
