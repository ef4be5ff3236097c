import { Cache, type Room, type Sized } from '../cache.ts';
import type { Item } from '../json/json.ts';
import { limits } from '../limits.ts';
import type { Model } from '../model/model.ts';
import { Problem } from '../problem.ts';
import type { Base } from './base.ts';
import type { Layer } from './layer.ts';
import { type Conflict, type Parked, rebase, type Settled } from './rebase.ts';
import { type Draft, Store } from './store.ts';

/** A store and the writes that wait for their resource to come back. */
export interface Place {
  store: Store;
  parked: Parked;
}

const fork = ({ store, parked }: Place): Place => ({
  store: store.fork(),
  parked: new Map([...parked].map(([name, shelf]) => [name, shelf.fork()])),
});

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
  #bytes = 0;
  lastUsed = Date.now();
  /** How many requests work on it. */
  underWay = 0;
  /** Answers by idempotency key; what they are is their keeper's business. */
  readonly replays: Cache<string, Sized>;

  /** `replayRoom` is what the answers of all sessions share. */
  constructor(name: string | undefined, model: Model, base: Base, replayRoom: Room) {
    this.name = name;
    this.replays = new Cache(limits.replays.most, replayRoom);
    this.#now = { store: new Store(model, base), parked: new Map() };
  }

  get store(): Store {
    return this.#now.store;
  }

  /** Names the state as it is now; another state never has the same number. */
  get version(): number {
    return this.#version;
  }

  /** About as much memory as what was written to it and to its snapshots takes. */
  get bytes(): number {
    return this.#bytes;
  }

  #measure(): void {
    const layers = new Set<Layer>();
    for (const { store, parked } of [this.#now, ...this.#snapshots.values()])
      for (const [, shelf] of [...store.opened(), ...parked])
        for (const layer of shelf.layers()) layers.add(layer);
    this.#bytes = 0;
    for (const { bytes } of layers) this.#bytes += bytes;
  }

  commit(draft: Draft): void {
    this.#bytes += this.#now.store.commit(draft);
    this.#version = ++states;
    const now = new Date();
    for (const { after } of draft.changes)
      if (typeof after === 'object' && after !== null) written.set(after, now);
  }

  /** The store as a reset would leave it. */
  withReset(resource?: string): Store {
    const { model, base } = this.store;
    const kept = resource === undefined ? [] : [...this.store.opened()].filter(([name]) => name !== resource);
    return new Store(model, base, kept);
  }

  /** Back to the fixtures: everything, or one resource. Costs nothing, however much there is. */
  reset(resource?: string): void {
    this.#now.store = this.withReset(resource);
    if (resource === undefined) this.#now.parked = new Map();
    this.#moved();
  }

  /** Answers that were given to another state are not this one's to repeat. */
  #moved(): void {
    this.#version = ++states;
    this.replays.clear();
    this.#measure();
  }

  /** As if it had never been written to. */
  clear(): void {
    this.#snapshots.clear();
    this.reset();
  }

  /** Goes on above a new base. */
  rebase(model: Model, base: Base, keep: boolean, settled?: Settled): readonly Conflict[] {
    this.#version = ++states;
    for (const place of this.#snapshots.values()) move(place, model, base);
    const conflicts = keep ? move(this.#now, model, base, settled) : [];
    if (!keep) {
      this.#now.store = new Store(model, base);
      this.#now.parked = new Map();
    }
    this.#measure();
    return conflicts;
  }

  get snapshots(): readonly string[] {
    return [...this.#snapshots.keys()];
  }

  takeSnapshot(name: string): void {
    this.#snapshots.set(name, fork(this.#now));
    this.#measure();
  }

  /** A copy of a snapshot, to go on from; undefined where there is none. */
  snapshot(name: string): Place | undefined {
    const place = this.#snapshots.get(name);
    return place && fork(place);
  }

  dropSnapshot(name: string): boolean {
    const dropped = this.#snapshots.delete(name);
    this.#measure();
    return dropped;
  }

  /** Goes on from another state above the same base. */
  adopt({ store, parked }: Place): void {
    this.#now.store = store;
    this.#now.parked = parked;
    this.#moved();
  }
}

function move(place: Place, model: Model, base: Base, settled?: Settled): readonly Conflict[] {
  const { store, parked, conflicts } = rebase(place.store, place.parked, model, base, settled);
  place.store = store;
  place.parked = parked;
  return conflicts;
}

export const noSnapshot = (name: string, { snapshots }: Session): Problem =>
  new Problem('no-snapshot', `there is no snapshot '${name}'`, {
    hint: `There is: ${snapshots.join(', ') || 'none'}.`,
  });
