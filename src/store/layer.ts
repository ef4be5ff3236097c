import { Cache } from '../cache.ts';
import type { Item } from '../json/json.ts';
import { limits } from '../limits.ts';
import type { BaseShelf, IdCounters } from './base.ts';
import { ADDED, type Entry, isLive, type LiveEntry } from './entry.ts';
import type { EqualityIndex } from './equality.ts';
import type { Field } from './field.ts';
import { Indexes, indexRoom } from './indexes.ts';
import { sizeOf } from './size.ts';
import type { OrderView } from './view.ts';

/** An entry itself, its key, and its place in the map. */
const ENTRY_BYTES = 150;
/** The name of a field among the names. */
const FIELD_BYTES = 60;

interface VersionedView {
  readonly version: number;
  readonly view: OrderView;
  readonly bytes: number;
}

/** What was written to one collection since the layer below was frozen. */
export class Layer {
  readonly below: Layer | undefined;
  readonly depth: number;
  readonly entries = new Map<string, Entry>();
  /** Live items in all, base and layers below included. */
  size: number;
  ids: IdCounters;
  /** About as much memory as the entries take. */
  bytes = 0;
  /** Counts the writes, so that what was computed from the layer is known to be stale. */
  version = 0;
  #nextPlace: number;
  readonly #fields = new Set<string>();
  #indexes: Indexes | undefined;
  #views: Cache<string, VersionedView> | undefined;
  #all: { readonly version: number; readonly entries: ReadonlyMap<string, Entry> } | undefined;

  constructor(base: BaseShelf, below?: Layer) {
    this.below = below;
    this.depth = (below?.depth ?? 0) + 1;
    this.size = below?.size ?? base.entries.length;
    this.ids = below?.ids ?? base.ids;
    this.#nextPlace = below ? below.#nextPlace : ADDED;
  }

  get empty(): boolean {
    return this.entries.size === 0 && (this.below?.empty ?? true);
  }

  find(key: string): Entry | undefined {
    return this.entries.get(key) ?? this.below?.find(key);
  }

  hasField(name: string): boolean {
    return this.#fields.has(name) || (this.below?.hasField(name) ?? false);
  }

  /** Every written entry, the newest for each key. */
  all(): ReadonlyMap<string, Entry> {
    if (!this.below) return this.entries;
    const version = this.version;
    if (this.#all?.version === version && !this.below.#isOpen) return this.#all.entries;
    const entries = new Map(this.below.all());
    for (const [key, entry] of this.entries) entries.set(key, entry);
    this.#all = { version, entries };
    return entries;
  }

  /** A layer under a draft may still change; one that was forked may not. */
  #isOpen = true;

  freeze(): this {
    this.#isOpen = false;
    return this;
  }

  get frozen(): boolean {
    return !this.#isOpen;
  }

  /** Of a draft, which lives as long as one write. */
  get #isBrief(): boolean {
    return this.below?.frozen === false;
  }

  equality(field: Field): EqualityIndex {
    this.#indexes ??= new Indexes(this.#isBrief ? undefined : indexRoom);
    return this.#indexes.get(field, () => [...this.entries.values()].filter(isLive));
  }

  /** A view of what the layer shows, made again when the layer has changed. */
  view(name: string, make: () => OrderView): OrderView {
    // What is below a draft may still change, and nobody asks a draft the same thing twice.
    if (this.#isBrief) return make();
    this.#views ??= new Cache(limits.indexes.most, indexRoom);
    const { version } = this;
    const known = this.#views.get(name);
    if (known?.version === version) return known.view;
    const view = make();
    this.#views.set(name, { version, view, bytes: view.bytes });
    return view;
  }

  /** Writes an item; an update keeps its place, a key that is inserted again goes to the end. */
  put(key: string, item: Item, before: Entry | undefined): void {
    const place = isLive(before) ? before.place : this.#nextPlace++;
    if (!isLive(before)) this.size++;
    this.#set({ key, item, place, bytes: ENTRY_BYTES + sizeOf(item) });
    for (const field of Object.keys(item ?? {})) this.#addField(field);
  }

  #addField(name: string): void {
    if (this.#fields.has(name)) return;
    this.#fields.add(name);
    this.bytes += FIELD_BYTES + 2 * name.length;
  }

  delete(key: string, before: LiveEntry): void {
    this.size--;
    this.#set({ key, item: undefined, place: before.place, bytes: ENTRY_BYTES });
    const id = Number(key);
    if (id > this.ids.lastFree && Number.isSafeInteger(id)) this.ids = { ...this.ids, lastFree: id };
  }

  #set(entry: Entry): void {
    const old = this.entries.get(entry.key);
    this.#indexes?.replace(old, entry);
    this.entries.set(entry.key, entry);
    this.bytes += entry.bytes - (old?.bytes ?? 0);
    this.version++;
  }

  /** Takes over all that a draft's layer wrote on top of this one. */
  absorb(draft: Layer): void {
    for (const entry of draft.entries.values()) this.#set(entry);
    for (const field of draft.#fields) this.#addField(field);
    this.size = draft.size;
    this.ids = draft.ids;
    this.#nextPlace = draft.#nextPlace;
  }

  /** The same writes in one layer of their own. */
  flatten(base: BaseShelf): Layer {
    const flat = new Layer(base);
    for (const entry of this.all().values()) flat.#set(entry);
    for (let layer: Layer | undefined = this; layer; layer = layer.below) {
      for (const field of layer.#fields) flat.#addField(field);
    }
    flat.size = this.size;
    flat.ids = this.ids;
    flat.#nextPlace = this.#nextPlace;
    return flat;
  }

  /** The same writes above another base: `keep` says which of them hold, and in what place of the fixtures. */
  rebase(base: BaseShelf, keep: (entry: Entry) => Entry | undefined): Layer {
    const rebased = new Layer(base);
    rebased.ids = {
      ...base.ids,
      next: Math.max(this.ids.next, base.ids.next),
      highest: Math.max(this.ids.highest, base.ids.highest),
    };
    rebased.#nextPlace = this.#nextPlace;
    for (const entry of this.all().values()) {
      const kept = keep(entry);
      if (!kept) continue;
      const inBase = base.get(kept.key) !== undefined;
      rebased.size += Number(isLive(kept)) - Number(inBase);
      rebased.#set(kept);
      for (const field of Object.keys(kept.item ?? {})) rebased.#addField(field);
    }
    return rebased;
  }
}
