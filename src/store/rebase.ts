import { sameJson } from '../json/json.ts';
import type { Model } from '../model/model.ts';
import type { Base, BaseShelf } from './base.ts';
import { ADDED, type Entry, isLive } from './entry.ts';
import type { Shelf } from './shelf.ts';
import { Store } from './store.ts';

/** A client's write that gave way to the file. */
export interface Conflict {
  readonly resource: string;
  readonly key: string;
}

/** Writes to a resource that is gone, or is of another kind now: kept until it is back. */
export type Parked = ReadonlyMap<string, Shelf>;

/** By resource, the keys of writes that were saved and that a file has since taken back. */
export type Settled = ReadonlyMap<string, ReadonlySet<string>>;

export interface Rebased {
  readonly store: Store;
  readonly parked: Parked;
  readonly conflicts: readonly Conflict[];
}

/** The same writes above a new base. What changed in a file wins over what a client made of it. */
export function rebase(store: Store, parked: Parked, model: Model, base: Base, settled?: Settled): Rebased {
  const shelves = new Map<string, Shelf>();
  const stillParked = new Map<string, Shelf>();
  const conflicts: Conflict[] = [];
  for (const [resource, shelf] of [...parked, ...store.opened()]) {
    const below = base.get(resource);
    // As the fixtures say, so as the new ones say too.
    if (!shelf.touched) continue;
    if (!below || below.kind !== shelf.base.kind) {
      stillParked.set(resource, shelf);
    } else if (below === shelf.base && !settled?.has(resource)) {
      shelves.set(resource, shelf);
    } else {
      const told = settled?.get(resource);
      const keep = keeper(shelf.base, below, told, (key) => conflicts.push({ resource, key }));
      shelves.set(resource, shelf.rebase(below, keep));
    }
  }
  return { store: new Store(model, base, shelves), parked: stillParked, conflicts };
}

function keeper(
  before: BaseShelf,
  after: BaseShelf,
  told: ReadonlySet<string> | undefined,
  giveWay: (key: string) => void,
) {
  return (entry: Entry): Entry | undefined => {
    if (told?.has(entry.key)) return undefined;
    const [old, now] = [before.get(entry.key), after.get(entry.key)];
    // Unchanged items kept their identity, see BaseShelf; not so those of a resource that was gone.
    if (old?.item !== now?.item && !sameJson(old?.item, now?.item, true)) {
      // A client's delete of what the file deleted too is no conflict.
      if (isLive(entry) || now) giveWay(entry.key);
      return undefined;
    }
    if (!now) return isLive(entry) ? entry : undefined;
    return { ...entry, place: entry.place < ADDED ? now.place : entry.place };
  };
}

/** What a reload did to one resource. */
export interface Difference {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** By resource, what is not as it was. Resources without a change are left out. */
export function differences(before: Base, after: Base): Map<string, Difference> {
  const found = new Map<string, Difference>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) continue;
    const entries = now?.entries ?? [];
    const kept = entries.filter(({ key }) => old?.get(key));
    const changed = kept.filter(({ key, item }) => old?.get(key)?.item !== item).length;
    const difference = {
      added: entries.length - kept.length,
      changed,
      removed: (old?.entries.length ?? 0) - kept.length,
    };
    if (difference.added + changed + difference.removed > 0) found.set(name, difference);
  }
  return found;
}
