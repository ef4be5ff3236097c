/** Something that takes about so many bytes of memory, which may change. */
export interface Sized {
  readonly bytes: number;
}

/** What a room knows of one value in a cache: not the value, so that what nobody else needs can go. */
interface Token {
  readonly cache: WeakRef<{ delete(key: never): unknown }>;
  readonly key: unknown;
  /** What is taken besides the value. */
  readonly own: number;
  bytes: number;
}

/** A token, its key, and its places in the maps. */
const TOKEN_BYTES = 250;

/** Memory that several caches share. When it is full, what was unused longest goes, whichever cache holds it. */
export class Room {
  readonly #most: number;
  /** The longest unused first. */
  readonly #tokens = new Set<Token>();
  /** A client that polls uses the same again and again. */
  #latest: Token | undefined;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Counts a value that was just used. The last one that was used stays, however large it is. */
  use(token: Token, bytes: number): void {
    if (token !== this.#latest) {
      this.#tokens.delete(token);
      this.#tokens.add(token);
      this.#latest = token;
    }
    this.resize(token, bytes);
  }

  resize(token: Token, bytes: number): void {
    // A value that went is not counted any more.
    if (token.bytes === bytes + token.own || !this.#tokens.has(token)) return;
    this.#bytes += bytes + token.own - token.bytes;
    token.bytes = bytes + token.own;
    for (const oldest of this.#tokens) {
      if (this.#bytes <= this.#most || this.#tokens.size === 1) return;
      // A cache that is gone took its values along; its tokens are among the longest unused.
      if (!oldest.cache.deref()?.delete(oldest.key as never)) this.free(oldest);
    }
  }

  free(token: Token): void {
    if (this.#tokens.delete(token)) this.#bytes -= token.bytes;
    if (token === this.#latest) this.#latest = undefined;
  }
}

interface Held<V> {
  readonly value: V;
  readonly token: Token | undefined;
}

/** Values that can be made again: at most so many, and as long as there is room. The longest unused goes first. */
export class Cache<K, V extends Sized> {
  readonly #most: number;
  readonly #room: Room | undefined;
  readonly #held = new Map<K, Held<V>>();
  #latest: Held<V> | undefined;
  #self: WeakRef<this> | undefined;

  /** Without a room, for what lives so short that only its number counts. */
  constructor(most: number, room?: Room) {
    this.#most = most;
    this.#room = room;
  }

  get size(): number {
    return this.#held.size;
  }

  get(key: K): V | undefined {
    const held = this.#held.get(key);
    if (!held) return undefined;
    if (held !== this.#latest) {
      this.#held.delete(key);
      this.#held.set(key, held);
      this.#latest = held;
    }
    if (held.token) this.#room?.use(held.token, held.value.bytes);
    return held.value;
  }

  set(key: K, value: V): V {
    this.delete(key);
    const token = this.#room && this.#tokenOf(key);
    this.#latest = { value, token };
    this.#held.set(key, this.#latest);
    if (this.#held.size > this.#most) this.delete(this.#held.keys().next().value as K);
    if (token) this.#room?.use(token, value.bytes);
    return value;
  }

  #tokenOf(key: K): Token {
    this.#self ??= new WeakRef(this);
    const own = TOKEN_BYTES + (typeof key === 'string' ? 2 * key.length : 0);
    return { cache: this.#self, key, own, bytes: 0 };
  }

  remember(key: K, make: () => V): V {
    return this.get(key) ?? this.set(key, make());
  }

  delete(key: K): boolean {
    const held = this.#held.get(key);
    if (held?.token) this.#room?.free(held.token);
    if (held === this.#latest) this.#latest = undefined;
    return this.#held.delete(key);
  }

  clear(): void {
    for (const key of [...this.#held.keys()]) this.delete(key);
  }

  *values(): Iterable<V> {
    for (const { value } of this.#held.values()) yield value;
  }

  /** Counts again what a value takes, or every one: some have grown. */
  measure(key?: K): void {
    const held = key === undefined ? [...this.#held.values()] : [this.#held.get(key)];
    for (const one of held) if (one?.token) this.#room?.resize(one.token, one.value.bytes);
  }
}
