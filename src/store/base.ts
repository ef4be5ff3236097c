import { Cache } from '../cache.ts';
import { type Item, sameJson } from '../json/json.ts';
import { limits } from '../limits.ts';
import type { Built, Contents } from '../model/build.ts';
import type { Resource } from '../model/model.ts';
import type { LiveEntry } from './entry.ts';
import type { EqualityIndex } from './equality.ts';
import { type Field, isScalar, nameOfField, type Scalar, valuesAt } from './field.ts';
import { Indexes, indexRoom } from './indexes.ts';
import { type BaseOrder, nameOf, orderBase, orderSome, type SortKey, type WholeOrder } from './order.ts';

/** What was found out of paths that clients named: longer ones are looked for each time. */
const MOST_PATHS = 1000;
const LONG_PATH = 100;

/** What stands at a path: in some item a plain value, in some only objects and lists, or in none anything. */
type Found = 'scalar' | 'other' | 'nothing';

/** Where generated ids are looked for. */
export interface IdCounters {
  /** The whole number that comes next; never one that was used before. */
  readonly next: number;
  /** No number is higher; it may be gone. */
  readonly highest: number;
  /** Every whole number above it, up to 2^53-1, is taken. */
  readonly lastFree: number;
}

/** A singleton is an item under one constant key. */
export const SINGLE = '';

/** What the fixtures say about one resource. It never changes; its indexes are built when a query first needs them. */
export class BaseShelf {
  readonly kind: Resource['kind'];
  readonly entries: readonly LiveEntry[];
  readonly #byKey = new Map<string, LiveEntry>();
  readonly ids: IdCounters;
  readonly #indexes = new Indexes(indexRoom);
  readonly #orders = new Cache<string, WholeOrder>(limits.indexes.most, indexRoom);
  readonly #groups = new Cache<string, BaseOrder>(limits.indexes.most, indexRoom);
  readonly #paths = new Cache<string, { readonly found: Found; readonly bytes: number }>(
    MOST_PATHS,
    indexRoom,
  );
  readonly #fileOrder: WholeOrder;

  /** Items that are as they were keep their identity over a reload, and with it all that is cached by item. */
  constructor(resource: Resource, contents: Contents, previous?: BaseShelf) {
    this.kind = resource.kind;
    const idField = resource.kind === 'collection' ? resource.idField : undefined;
    const items = idField === undefined ? [contents.value as Item] : contents.items;
    let [next, highest] = [1, Number.NEGATIVE_INFINITY];
    this.entries = items.map((read, place) => {
      const id = idField === undefined ? SINGLE : read[idField];
      const before = previous?.get(String(id))?.item;
      const item = before !== undefined && sameJson(before, read, true) ? before : read;
      if (typeof id === 'number') {
        highest = Math.max(highest, id);
        if (Number.isSafeInteger(id) && id >= next) next = id + 1;
      }
      const entry = { key: String(id), item, place, bytes: 0 };
      this.#byKey.set(entry.key, entry);
      return entry;
    });
    this.#fileOrder = orderBase(this.entries, []);
    this.ids = { next, highest, lastFree: Number.MAX_SAFE_INTEGER };
  }

  get(key: string): LiveEntry | undefined {
    return this.#byKey.get(key);
  }

  /** Looked for once: the answer is the same as long as the fixtures are. */
  at(path: string): Found {
    if (path.length > LONG_PATH) return this.#look(path);
    return this.#paths.remember(path, () => ({ found: this.#look(path), bytes: 0 })).found;
  }

  #look(path: string): Found {
    let found: Found = 'nothing';
    const field = { path, date: false };
    for (const { item } of this.entries) {
      const values = valuesAt(item, field);
      if (values.some(isScalar)) return 'scalar';
      if (values.length > 0) found = 'other';
    }
    return found;
  }

  /** None for a path that no item has: clients may name any number of those. */
  equality(field: Field): EqualityIndex | undefined {
    return this.at(field.path) === 'scalar' ? this.#indexes.get(field, () => this.entries) : undefined;
  }

  order(sort: readonly SortKey[]): WholeOrder {
    if (sort.length === 0) return this.#fileOrder;
    return this.#orders.remember(nameOf(sort), () => orderBase(this.entries, sort));
  }

  /** The entries that hold one of the values in a field, in an order. */
  equalOrder(field: Field, values: readonly Scalar[], sort: readonly SortKey[]): BaseOrder {
    const index = this.equality(field);
    const groups = [...new Set(values)]
      .map((value) => index?.get(value) ?? [])
      .filter((group) => group.length > 0);
    if (sort.length === 0 && groups.length < 2) return orderSome(groups, this.order(sort));
    const name = JSON.stringify([nameOfField(field), values, nameOf(sort)]);
    return this.#groups.remember(name, () => orderSome(groups, this.order(sort)));
  }
}

export type Base = ReadonlyMap<string, BaseShelf>;

/** What the last load made of the contents of a file that has not changed since. */
const shelves = new WeakMap<Contents, BaseShelf>();

export function makeBase({ model, contents }: Built, previous?: Base): Base {
  const base = new Map<string, BaseShelf>();
  for (const [name, resource] of model.resources) {
    const content = contents.get(name) as Contents;
    let shelf = shelves.get(content);
    if (!shelf || shelf.kind !== resource.kind) {
      shelf = new BaseShelf(resource, content, previous?.get(name));
      shelves.set(content, shelf);
    }
    base.set(name, shelf);
  }
  return base;
}
