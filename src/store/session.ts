import type { Item } from '../model/json.ts';
import type { Model } from '../model/model.ts';
import type { Base } from './base.ts';
import { type Conflict, type Parked, rebase } from './rebase.ts';
import { type Draft, Store } from './store.ts';

/** A store and the writes that wait for their resource to come back. */
interface Place {
  store: Store;
  parked: Parked;
}

/** Counts every change of any session: a number never stands for two states. */
let states = 0;

/** When an item was last written, as far as that is known. */
const written = new WeakMap<Item, Date>();

export const lastModified = (item: Item): Date | undefined => written.get(item);

/** The fixtures as one client, or one test, has changed them. The session without a name is everybody's. */
export class Session {
  readonly name: string | undefined;
  readonly #now: Place;
  readonly #snapshots = new Map<string, Place>();
  #version = ++states;
  lastUsed = Date.now();
  /** Answers by idempotency key; what they are is their keeper's business. */
  readonly replays = new Map<string, unknown>();

  constructor(name: string | undefined, model: Model, base: Base) {
    this.name = name;
    this.#now = { store: new Store(model, base), parked: new Map() };
  }

  get store(): Store {
    return this.#now.store;
  }

  /** Names the state as it is now; another state never has the same number. */
  get version(): number {
    return this.#version;
  }

  commit(draft: Draft): void {
    this.#now.store.commit(draft);
    this.#version = ++states;
    const now = new Date();
    for (const { after } of draft.changes)
      if (typeof after === 'object' && after !== null) written.set(after, now);
  }

  /** Back to the fixtures: everything, or one resource. Costs nothing, however much there is. */
  reset(resource?: string): void {
    const { model, base } = this.store;
    const kept = resource === undefined ? [] : [...this.store.opened()].filter(([name]) => name !== resource);
    this.#now.store = new Store(model, base, kept);
    if (resource === undefined) this.#now.parked = new Map();
    this.#version = ++states;
  }

  /** Goes on above a new base. */
  rebase(model: Model, base: Base, keep: boolean): readonly Conflict[] {
    this.#version = ++states;
    for (const place of this.#snapshots.values()) move(place, model, base);
    if (keep) return move(this.#now, model, base);
    this.#now.store = new Store(model, base);
    this.#now.parked = new Map();
    return [];
  }

  get snapshots(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  takeSnapshot(name: string): void {
    this.#snapshots.set(name, { store: this.store.fork(), parked: this.#now.parked });
  }

  /** The store of a snapshot, to go on from; undefined where there is none. */
  snapshot(name: string): Store | undefined {
    return this.#snapshots.get(name)?.store.fork();
  }

  dropSnapshot(name: string): boolean {
    return this.#snapshots.delete(name);
  }

  /** Goes on from another store above the same base. */
  adopt(store: Store): void {
    this.#now.store = store;
    this.#version = ++states;
  }
}

function move(place: Place, model: Model, base: Base): readonly Conflict[] {
  const { store, parked, conflicts } = rebase(place.store, place.parked, model, base);
  place.store = store;
  place.parked = parked;
  return conflicts;
}
