import type { Built, Contents } from '../model/build.ts';
import { type Item, sameJson } from '../model/json.ts';
import type { Resource } from '../model/model.ts';
import { remember, rememberSome } from '../remember.ts';
import type { LiveEntry } from './entry.ts';
import { EqualityIndex } from './equality.ts';
import { type Field, nameOfField, type Scalar } from './field.ts';
import { type BaseOrder, nameOf, orderBase, orderSome, type SortKey, type WholeOrder } from './order.ts';

/** Orders that are kept: clients may ask for any number of them. */
const MOST_ORDERS = 50;

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
  readonly #equalities = new Map<string, EqualityIndex>();
  readonly #orders = new Map<string, WholeOrder>();
  readonly #groups = new Map<string, BaseOrder>();

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
    this.ids = { next, highest, lastFree: Number.MAX_SAFE_INTEGER };
  }

  get(key: string): LiveEntry | undefined {
    return this.#byKey.get(key);
  }

  equality(field: Field): EqualityIndex {
    return remember(this.#equalities, nameOfField(field), () => new EqualityIndex(field, this.entries));
  }

  order(sort: readonly SortKey[]): WholeOrder {
    return rememberSome(this.#orders, nameOf(sort), MOST_ORDERS, () => orderBase(this.entries, sort));
  }

  /** The entries that hold one of the values in a field, in an order. */
  equalOrder(field: Field, values: readonly Scalar[], sort: readonly SortKey[]): BaseOrder {
    const index = this.equality(field);
    const groups = [...new Set(values)].map((value) => index.get(value)).filter((group) => group.length > 0);
    if (sort.length === 0 && groups.length < 2) return orderSome(groups, this.order(sort));
    const name = JSON.stringify([nameOfField(field), values, nameOf(sort)]);
    return rememberSome(this.#groups, name, MOST_ORDERS, () => orderSome(groups, this.order(sort)));
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
