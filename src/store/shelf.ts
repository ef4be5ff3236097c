import type { Item } from '../json/json.ts';
import type { BaseShelf } from './base.ts';
import { byPlace, type Entry, isLive, type LiveEntry } from './entry.ts';
import type { EqualityIndex } from './equality.ts';
import { type Field, isScalar, nameOfField, type Scalar, valuesAt } from './field.ts';
import { Layer } from './layer.ts';
import { type BaseOrder, nameOf, type SortKey } from './order.ts';
import { OrderView } from './view.ts';

const MAX_DEPTH = 8;

/** One resource as a store sees it: the base under the layers of writes. Reading asks the newest layer first. */
export class Shelf {
  readonly base: BaseShelf;
  #top: Layer;

  constructor(base: BaseShelf, top = new Layer(base)) {
    this.base = base;
    this.#top = top;
  }

  get size(): number {
    return this.#top.size;
  }

  get nextId(): number {
    return this.#top.ids.next;
  }

  /** No id that is a number is higher; the item itself may be gone. */
  get highestId(): number {
    return this.#top.ids.highest;
  }

  set highestId(highest: number) {
    this.#top.ids = { ...this.#top.ids, highest };
  }

  /** Ids from here on are new. */
  useId(id: number): void {
    const { next, highest, lastFree } = this.#top.ids;
    const isNext = Number.isSafeInteger(id) && id >= next;
    this.#top.ids = { next: isNext ? id + 1 : next, highest: Math.max(highest, id), lastFree };
  }

  /** Looks on from where it looked last, so that many creates in a row do not look at the same ids again. */
  largestFreeId(): number {
    let { lastFree } = this.#top.ids;
    while (this.get(String(lastFree))) lastFree--;
    this.#top.ids = { ...this.#top.ids, lastFree };
    return lastFree;
  }

  /** Whether anything was written since the fixtures were read; an id that was burnt counts. */
  get touched(): boolean {
    return !this.#top.empty || this.#top.ids.next > this.base.ids.next;
  }

  /** Counts what was written; equal versions of one shelf hold the same items. */
  get version(): string {
    return `${this.#top.depth}.${this.#top.version}`;
  }

  get(key: string): LiveEntry | undefined {
    const written = this.#top.find(key);
    if (written) return isLive(written) ? written : undefined;
    return this.base.get(key);
  }

  put(key: string, item: Item): void {
    this.#top.put(key, item, this.get(key));
  }

  delete(key: string): void {
    const before = this.get(key);
    if (before) this.#top.delete(key, before);
  }

  hasField(name: string): boolean {
    return this.#top.hasField(name);
  }

  /** Every item in its order, or the part that `sort` and a window ask for. */
  order(sort: readonly SortKey[]): OrderView {
    const keys = this.#telling(sort);
    return this.#view(nameOf(keys), this.base.order(keys), keys);
  }

  /** The keys that tell items apart: a path that no item has orders nothing. */
  #telling(sort: readonly SortKey[]): readonly SortKey[] {
    return sort.every((key) => this.#hasAny(key)) ? sort : sort.filter((key) => this.#hasAny(key));
  }

  #hasAny({ field: { path } }: SortKey): boolean {
    return this.base.at(path) !== 'nothing' || this.#wroteAt(path, () => true);
  }

  /** The items that hold one of the values in a field, in an order: a page of them costs what it holds. */
  equalOrder(field: Field, values: readonly Scalar[], sort: readonly SortKey[]): OrderView {
    const wanted = new Set<unknown>(values);
    const passes = ({ item }: LiveEntry) => valuesAt(item, field).some((value) => wanted.has(value));
    const keys = this.#telling(sort);
    const name = JSON.stringify([nameOfField(field), values, nameOf(keys)]);
    return this.#view(name, this.base.equalOrder(field, values, keys), keys, passes);
  }

  #view(
    name: string,
    base: BaseOrder,
    sort: readonly SortKey[],
    passes?: (entry: LiveEntry) => boolean,
  ): OrderView {
    const inBase = (key: string) => this.base.get(key);
    return this.#top.view(name, () => new OrderView(base, this.written(), inBase, sort, passes));
  }

  entries(): readonly LiveEntry[] {
    return this.#top.empty ? this.base.entries : this.order([]).slice(0, this.size);
  }

  /** The base's index of a field, and those of the layers that hold anything. */
  #indexes(field: Field): EqualityIndex[] {
    const base = this.base.equality(field);
    if (!base && !this.#wroteAt(field.path, isScalar)) return [];
    const indexes = base ? [base] : [];
    for (let layer: Layer | undefined = this.#top; layer; layer = layer.below) {
      if (layer.entries.size > 0) indexes.push(layer.equality(field));
    }
    return indexes;
  }

  /** At most so many items hold one of the values: an index asked, not a list made. */
  countEqual(field: Field, values: readonly Scalar[]): number {
    let count = 0;
    for (const index of this.#indexes(field)) for (const value of values) count += index.get(value).length;
    return count;
  }

  /** The items that hold one of the values in a field, in list order. */
  equal(field: Field, values: readonly Scalar[]): LiveEntry[] {
    const found = new Set<LiveEntry>();
    const indexes = this.#indexes(field);
    let sorted = true;
    let last = -1;
    for (const index of indexes) {
      for (const value of values) {
        for (const entry of index.get(value)) {
          if (indexes.length > 1 && this.get(entry.key) !== entry) continue;
          sorted &&= entry.place > last;
          last = entry.place;
          found.add(entry);
        }
      }
    }
    return sorted ? [...found] : [...found].sort(byPlace);
  }

  /** Whether any item has a plain value at the path. */
  hasPath(path: string): boolean {
    return this.base.at(path) === 'scalar' || this.#wroteAt(path, isScalar);
  }

  /** Whether what was written has such a value at a path, or had a field of that name. */
  #wroteAt(path: string, isWanted: (value: unknown) => boolean): boolean {
    if (this.#top.hasField(path)) return true;
    if (!path.includes('.') || !this.#top.hasField(path.split('.', 1)[0] as string)) return false;
    const field = { path, date: false };
    for (const entry of this.written())
      if (isLive(entry) && valuesAt(entry.item, field).some(isWanted)) return true;
    return false;
  }

  /** Both sides go on in a layer of their own above what they share. */
  fork(): Shelf {
    const shared = this.#top.entries.size === 0 && this.#top.below ? this.#top.below : this.#top;
    const frozen = (shared.depth >= MAX_DEPTH ? shared.flatten(this.base) : shared).freeze();
    this.#top = new Layer(this.base, frozen);
    return new Shelf(this.base, new Layer(this.base, frozen));
  }

  /** A shelf whose writes stay apart until they are absorbed. */
  draft(): Shelf {
    return new Shelf(this.base, new Layer(this.base, this.#top));
  }

  /** Gives the bytes by which it grew. */
  absorb(draft: Shelf): number {
    const before = this.#top.bytes;
    this.#top.absorb(draft.#top);
    return this.#top.bytes - before;
  }

  /** Every layer of it, the newest first; forks share some of theirs. */
  *layers(): Iterable<Layer> {
    for (let layer: Layer | undefined = this.#top; layer; layer = layer.below) yield layer;
  }

  /** What was written since the last fork, or on a draft. */
  get bytes(): number {
    return this.#top.bytes;
  }

  written(): Iterable<Entry> {
    return this.#top.all().values();
  }

  /** The same writes above another base. */
  rebase(base: BaseShelf, keep: (entry: Entry) => Entry | undefined): Shelf {
    return new Shelf(base, this.#top.rebase(base, keep));
  }
}
