import { Cache, Room } from '../cache.ts';
import { limits } from '../limits.ts';
import { type Entry, isLive, type LiveEntry } from './entry.ts';
import { EqualityIndex } from './equality.ts';
import { type Field, nameOfField } from './field.ts';

/** Indexes and views of the whole process share it: they can all be made again. */
export const indexRoom: Room = new Room(limits.indexes.bytes);

/** The equality indexes of some entries. Those of keys stay: a model has so many, whatever clients ask. */
export class Indexes {
  readonly #keys = new Map<string, EqualityIndex>();
  readonly #others: Cache<string, EqualityIndex>;

  /** Without a room, for the entries of a draft. */
  constructor(room?: Room) {
    this.#others = new Cache(limits.indexes.most, room);
  }

  get(field: Field, entries: () => Iterable<LiveEntry>): EqualityIndex {
    const name = nameOfField(field);
    const known = this.#keys.get(name) ?? this.#others.get(name);
    if (known) return known;
    const index = new EqualityIndex(field, entries());
    if (field.isKey) this.#keys.set(name, index);
    else this.#others.set(name, index);
    return index;
  }

  /** An entry took the place of another. */
  replace(old: Entry | undefined, entry: Entry): void {
    const update = (index: EqualityIndex) => {
      if (isLive(old)) index.delete(old);
      if (isLive(entry)) index.add(entry);
    };
    for (const index of this.#keys.values()) update(index);
    for (const index of this.#others.values()) update(index);
    if (this.#others.size > 0) this.#others.measure();
  }
}
