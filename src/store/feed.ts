import type { Item } from '../json/json.ts';
import { limits } from '../limits.ts';
import type { Change } from '../model/change.ts';
import { Problem } from '../problem.ts';
import { sizeOf } from './size.ts';

export type EventType = 'create' | 'update' | 'delete' | 'reload' | 'reset' | 'conflict';

/** Something that happened to the data. A reload and a reset may name no resource: everything may have changed. */
export interface FeedEvent {
  readonly id: number;
  readonly type: EventType;
  /** Undefined for everybody's session. */
  readonly session?: string;
  readonly resource?: string;
  readonly key?: string;
  /** The item as it is now, or as it was before a delete. */
  readonly item?: Item;
}

export type Listener = (event: FeedEvent) => unknown;

/** An event without its item. */
const EVENT_BYTES = 200;

/** Ids go on from one process to the next, so that what a client missed of another process is told from ours. */
const START = () => Date.now() * 1000;

/** Tells whoever listens what was committed, and the last thousand events to whoever comes late. */
export class Feed {
  readonly #onFault: (error: unknown) => void;
  readonly #listeners = new Map<Listener, () => void>();
  readonly #last: { readonly event: FeedEvent; readonly bytes: number }[] = [];
  #bytes = 0;
  #id = START();

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  get size(): number {
    return this.#listeners.size;
  }

  tell(event: Omit<FeedEvent, 'id'>): void {
    const whole = { id: ++this.#id, ...event };
    this.#remember(whole);
    for (const listener of [...this.#listeners.keys()]) void this.#call(listener, whole);
  }

  /** What is told has happened: a listener that fails, at once or later, is no fault of what was done. */
  async #call(listener: Listener, event: FeedEvent): Promise<void> {
    try {
      await listener(event);
    } catch (error) {
      this.#onFault(error);
    }
  }

  #remember(event: FeedEvent): void {
    const bytes = EVENT_BYTES + sizeOf(event.item);
    this.#last.push({ event, bytes });
    this.#bytes += bytes;
    const { most, bytes: room } = limits.events;
    while (this.#last.length > most || this.#bytes > room) this.#bytes -= this.#last.shift()?.bytes ?? 0;
  }

  tellChanges(changes: readonly Change[], session: string | undefined): void {
    for (const { resource, key, before, after } of changes) {
      const type = before === undefined ? 'create' : after === undefined ? 'delete' : 'update';
      const item = (after ?? before) as Item;
      this.tell({ type, resource, key, item, ...(session === undefined ? {} : { session }) });
    }
  }

  /** What came after an event, or undefined where that is no longer, or was never, known. */
  since(id: number): readonly FeedEvent[] | undefined {
    const first = this.#last[0]?.event.id ?? this.#id + 1;
    if (id > this.#id || id < first - 1) return undefined;
    return this.#last.map(({ event }) => event).filter((event) => event.id > id);
  }

  /** The id of the last event. */
  get last(): number {
    return this.#id;
  }

  /** Returns what ends the listening; `onClose` is called when the feed itself ends. */
  listen(listener: Listener, onClose: () => void = () => {}): () => void {
    this.#listeners.set(listener, onClose);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const onClose of this.#listeners.values()) onClose();
    this.#listeners.clear();
  }
}

/** Refuses what nobody would ever call. */
export function checkListener(type: unknown, listener: unknown): void {
  if (type !== 'change')
    throw new Problem('bad-option', `there is no event '${type}'`, { hint: "Listen to 'change'." });
  if (typeof listener !== 'function')
    throw new Problem('bad-option', `a listener is a function, got ${typeof listener}`);
}
