const MB = 1024 * 1024;

/** A bound on what clients can make standin keep. */
export interface Limit {
  readonly what: string;
  /** What the bound is of: all of a server together, or one of several. */
  readonly per: string;
  readonly most?: number;
  /** About as many bytes of memory; what is shared is counted once where that is cheap to tell. */
  readonly bytes?: number;
  readonly beyond: string;
}

/** Whatever clients ask for, memory stays within these. `docs/state.md` shows every row. */
export const limits = {
  sessions: {
    what: 'what sessions wrote, their snapshots included',
    per: 'server',
    bytes: 256 * MB,
    beyond: 'the longest idle session goes; if every other has a request under way, 503 `no-room`',
  },
  snapshots: { what: 'snapshots', per: 'server', most: 100, beyond: 'refused: 400 `too-much`' },
  replays: {
    what: 'answers by `Idempotency-Key`',
    per: 'server; the number: session',
    most: 1000,
    bytes: 16 * MB,
    beyond: 'the longest unused is forgotten',
  },
  events: {
    what: 'past events of the change feed',
    per: 'server',
    most: 1000,
    bytes: 16 * MB,
    beyond: 'the oldest is forgotten; a client that missed it gets `reset`',
  },
  listeners: {
    what: 'clients of the change feed, and what one leaves unread',
    per: 'server; the bytes: client',
    most: 100,
    bytes: MB,
    beyond: 'refused: 400 `too-much`; a client that does not read is dropped',
  },
  embedded: {
    what: 'items embedded in an answer, and their text',
    per: 'answer',
    most: 100_000,
    bytes: 64 * MB,
    beyond: 'refused: 400 `too-much`',
  },
  quoted: {
    what: 'what a refusal of `fastapi` quotes of the body',
    per: 'answer',
    bytes: 16 * MB,
    beyond: 'further faults are named without their `input`',
  },
  pipelined: {
    what: 'requests that wait for an answer before theirs to be read',
    per: 'connection',
    most: 100,
    beyond: 'the connection is not read until the client has read',
  },
  texts: {
    what: 'lists as text, of a thousand items at most',
    per: 'process',
    most: 50,
    bytes: 16 * MB,
    beyond: 'the longest unused goes, and is written again when it is asked for',
  },
  indexes: {
    what: 'indexes and views, without the indexes of keys',
    per: 'process; the number: resource and kind',
    most: 50,
    bytes: 32 * MB,
    beyond: 'the longest unused goes, and is made again when it is asked for',
  },
} as const satisfies Record<string, Limit>;
