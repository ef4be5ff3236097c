import { limits } from '../limits.ts';
import { Problem } from '../problem.ts';
import type { Session } from './session.ts';

const NAME = /^[\w.-]{1,100}$/;

/** Options on sessions; a reload may change them. */
export interface SessionBounds {
  /** Seconds until an idle session is dropped. */
  readonly sessionIdle: number;
  readonly sessionCap: number;
}

/**
 * Sessions by their names. One that a request only reads is a guest: it shows the fixtures, and goes with the last
 * request that names it. The first write keeps it. None is dropped while a request works on it.
 */
export class Sessions {
  readonly #make: (name: string) => Session;
  #bounds: SessionBounds;
  /** By last use, the longest idle first. */
  readonly #kept = new Map<string, Session>();
  readonly #guests = new Map<string, Session>();

  constructor(bounds: SessionBounds, make: (name: string) => Session) {
    this.#bounds = bounds;
    this.#make = make;
  }

  configure(bounds: SessionBounds): void {
    this.#bounds = bounds;
  }

  /** A session that there is, without using it. */
  find(name: string): Session | undefined {
    this.#dropIdle();
    return this.#kept.get(name);
  }

  /** The sessions that are kept. */
  list(): readonly Session[] {
    this.#dropIdle();
    return [...this.#kept.values()];
  }

  /** Every session that somebody may still read or write. */
  *all(): Iterable<Session> {
    yield* this.#kept.values();
    yield* this.#guests.values();
  }

  /** The session of a name for the time of a request, which ends with `leave`. */
  enter(name: string): Session {
    const session = this.#open(name);
    if (this.#kept.get(name) !== session) this.#guests.set(name, session);
    session.underWay++;
    this.#touch(session);
    return session;
  }

  leave(session: Session): void {
    session.underWay--;
    this.#touch(session);
    if (session.underWay === 0) this.#guests.delete(session.name as string);
  }

  /** The session of a name, kept from here on. */
  make(name: string): Session {
    const session = this.#open(name);
    this.keep(session);
    return session;
  }

  /** Keeps a session in which there is, or will be, something to keep: so many bytes more than now. */
  keep(session: Session, bytes = 0): void {
    const isNew = this.#kept.get(session.name as string) !== session;
    this.#makeRoom(session, isNew, bytes);
    this.#guests.delete(session.name as string);
    this.#kept.set(session.name as string, session);
  }

  /** Forgets what a session holds. A request that works on it goes on from the fixtures. */
  drop(name: string): boolean {
    const session = this.#kept.get(name);
    if (!session) return false;
    this.#kept.delete(name);
    session.clear();
    if (session.underWay > 0) this.#guests.set(name, session);
    return true;
  }

  #open(name: string): Session {
    if (!NAME.test(name)) {
      throw new Problem(
        'bad-session',
        'a session name is 1 to 100 letters, digits, dots, dashes and underscores',
      );
    }
    this.#dropIdle();
    return this.#kept.get(name) ?? this.#guests.get(name) ?? this.#make(name);
  }

  #touch(session: Session): void {
    session.lastUsed = Date.now();
    const name = session.name as string;
    if (this.#kept.delete(name)) this.#kept.set(name, session);
  }

  #dropIdle(): void {
    const oldest = Date.now() - this.#bounds.sessionIdle * 1000;
    for (const [name, { lastUsed, underWay }] of this.#kept) {
      if (lastUsed > oldest) return;
      if (underWay === 0) this.drop(name);
    }
  }

  /** Drops the longest idle sessions until there is room, or none where that would not be enough. */
  #makeRoom(session: Session, isNew: boolean, more: number): void {
    const { sessionCap } = this.#bounds;
    let count = this.#kept.size + Number(isNew);
    let bytes = session.bytes + more;
    for (const one of this.#kept.values()) if (one !== session) bytes += one.bytes;
    const dropped: string[] = [];
    for (const [name, one] of this.#kept) {
      if ((!isNew || count <= sessionCap) && bytes <= limits.sessions.bytes) break;
      if (one === session || one.underWay > 0) continue;
      dropped.push(name);
      count--;
      bytes -= one.bytes;
    }
    if (isNew && count > sessionCap) throw noRoom(true);
    if (bytes > limits.sessions.bytes && more > 0) throw noRoom(false);
    for (const name of dropped) this.drop(name);
  }
}

function noRoom(isFull: boolean): Problem {
  const message = isFull
    ? 'there are as many sessions as may be, and each has a request under way'
    : `sessions hold at most ${limits.sessions.bytes / 2 ** 20} MB of writes together`;
  return new Problem('no-room', message, {
    hint: isFull
      ? 'Try again, or raise --session-cap.'
      : 'Drop a session with DELETE /_standin/sessions/NAME, or reset this one.',
    headers: { 'Retry-After': '1' },
  });
}
