import type { Item } from '../json/json.ts';
import { checkLevels } from '../json/levels.ts';
import type { Change } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import { remember } from '../remember.ts';
import type { Base, BaseShelf } from './base.ts';
import type { LiveEntry } from './entry.ts';
import { Shelf } from './shelf.ts';

/** What a query and an action read from: a store, or a draft over one. */
export interface Shelves {
  readonly model: Model;
  shelf(resource: string): Shelf;
}

/** A base and what clients wrote since. The only thing in standin that changes. */
export class Store implements Shelves {
  readonly model: Model;
  readonly base: Base;
  readonly #shelves = new Map<string, Shelf>();

  constructor(model: Model, base: Base, shelves: Iterable<readonly [string, Shelf]> = []) {
    this.model = model;
    this.base = base;
    for (const [name, shelf] of shelves) this.#shelves.set(name, shelf);
  }

  shelf(resource: string): Shelf {
    return remember(this.#shelves, resource, () => new Shelf(this.base.get(resource) as BaseShelf));
  }

  /** The resources that were read or written so far; all others are as the fixtures say. */
  opened(): Iterable<readonly [string, Shelf]> {
    return this.#shelves;
  }

  /** A store that sees this one's writes so far and shares none that follow. */
  fork(): Store {
    const touched = [...this.#shelves].filter(([, shelf]) => shelf.touched);
    return new Store(
      this.model,
      this.base,
      touched.map(([name, shelf]) => [name, shelf.fork()]),
    );
  }

  draft(): Draft {
    return new Draft(this);
  }

  /** Gives the bytes by which it grew. */
  commit(draft: Draft): number {
    let grown = 0;
    for (const [name, shelf] of draft.opened()) grown += this.shelf(name).absorb(shelf);
    return grown;
  }
}

/** Writes that are not yet anyone's to see: committed whole, or dropped. */
export class Draft implements Shelves {
  readonly model: Model;
  readonly changes: Change[] = [];
  readonly #under: Shelves;
  readonly #shelves = new Map<string, Shelf>();

  constructor(under: Shelves) {
    this.model = under.model;
    this.#under = under;
  }

  shelf(resource: string): Shelf {
    return remember(this.#shelves, resource, () => this.#under.shelf(resource).draft());
  }

  get(resource: string, key: string): LiveEntry | undefined {
    return this.shelf(resource).get(key);
  }

  /** Throws `too-deep`, whatever made the item so. */
  put(resource: string, key: string, after: Item): void {
    checkLevels(after);
    const shelf = this.shelf(resource);
    this.changes.push({ resource, key, before: shelf.get(key)?.item, after });
    shelf.put(key, after);
  }

  get bytes(): number {
    let bytes = 0;
    for (const shelf of this.#shelves.values()) bytes += shelf.bytes;
    return bytes;
  }

  /** Takes over what a draft above this one wrote. */
  absorb(draft: Draft): void {
    for (const [name, shelf] of draft.opened()) this.shelf(name).absorb(shelf);
    this.changes.push(...draft.changes);
  }

  delete(resource: string, key: string): void {
    const shelf = this.shelf(resource);
    const before = shelf.get(key)?.item;
    if (before === undefined) return;
    this.changes.push({ resource, key, before, after: undefined });
    shelf.delete(key);
  }

  opened(): Iterable<readonly [string, Shelf]> {
    return this.#shelves;
  }
}
