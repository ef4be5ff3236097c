import type { JsonObject } from './json/json.ts';
import { printable } from './printable.ts';

/** A place in a file a person can open: line and column count from 1, the pointer is RFC 6901. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
}

/** One broken rule of a schema, in neutral words: every dialect writes its own sentence from it. */
export interface Violation {
  /** Where it stands, where that is not the body. */
  readonly in?: 'path' | 'query';
  /** RFC 6901 pointer into the item; it names the missing or the surplus field itself. */
  readonly path: string;
  /** The JSON Schema keyword, or `unique` (a taken value), `exists` (a foreign key without its parent), `id` (no id), `file` (it cannot be saved). */
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  /** The part of a schema that holds the keyword, `{}` where none does; `shapeOf` reads it. */
  readonly schema: JsonObject;
  readonly message: string;
}

interface ProblemRow {
  /** What HTTP calls it; the only number of HTTP that the layers below http/ know. */
  readonly status?: number;
  /** The exit code of the command, for a problem met before it listens. */
  readonly exit?: number;
  readonly title: string;
}

/** Every way a request or a start can fail. `docs/errors.md` says what to do about each; a test holds the two together. */
export const problems = {
  'bad-header': { status: 400, title: 'A header is not understood' },
  'bad-path': { status: 400, title: 'The path cannot be decoded' },
  'bad-json': { status: 400, title: 'The body is not JSON' },
  'too-deep': { status: 400, title: 'The JSON is nested too deep' },
  'bad-encoding': { status: 400, title: 'The body is not UTF-8' },
  'empty-body': { status: 400, title: 'The body is empty' },
  'bad-body': { status: 400, title: 'The body has the wrong shape' },
  'bad-parameter': { status: 400, title: 'A parameter is not understood' },
  'unknown-parameter': { status: 400, title: 'A parameter is not known' },
  'too-much': { status: 400, title: 'The question is too large' },
  'bad-session': { status: 400, title: 'The session name is not valid' },
  'session-required': { status: 400, title: 'A session is required' },
  'max-affected': { status: 400, title: 'More items than allowed would change' },
  forbidden: { status: 403, title: 'Not allowed from here' },
  'bad-host': { status: 403, title: 'The Host header is not allowed' },
  'unknown-resource': { status: 404, title: 'No such resource' },
  'not-found': { status: 404, title: 'No such item' },
  'no-parent': { status: 404, title: 'No such parent' },
  'no-page': { status: 404, title: 'No such page' },
  'no-snapshot': { status: 404, title: 'No such snapshot' },
  'no-session': { status: 404, title: 'No such session' },
  'method-not-allowed': { status: 405, title: 'The verb is not allowed here' },
  'writes-off': { status: 405, title: 'Writes are switched off' },
  'not-acceptable': { status: 406, title: 'None of the accepted media types is served' },
  'id-taken': { status: 409, title: 'The id is taken' },
  'not-unique': { status: 409, title: 'A value is taken' },
  restricted: { status: 409, title: 'Other items point here' },
  'test-failed': { status: 409, title: 'A test of the patch failed' },
  'precondition-failed': { status: 412, title: 'The item has changed' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'range-not-satisfiable': { status: 416, title: 'The range is outside the list' },
  invalid: { status: 422, title: 'The item breaks its schema' },
  'key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'precondition-required': { status: 428, title: 'A precondition is required' },
  refused: { title: 'Refused by middleware' },
  internal: { status: 500, title: 'Something went wrong in standin' },
  'no-room': { status: 503, title: 'There is no room for what the session wrote' },
  'not-saved': { status: 503, title: 'The write could not be saved' },
  'no-source': { exit: 1, title: 'There is nothing to serve' },
  'bad-fixture': { exit: 1, title: 'A fixture cannot be read' },
  'bad-schema': { exit: 1, title: 'A schema cannot be used' },
  'name-taken': { exit: 1, title: 'Two sources give one name' },
  'duplicate-id': { exit: 1, title: 'Two items have one id' },
  'cannot-save': { exit: 1, title: 'A source cannot be saved' },
  'port-in-use': { exit: 1, title: 'The port is in use' },
  'bad-option': { exit: 2, title: 'An option is not understood' },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;

/** What a dialect may need to find its own words. */
export interface Facts {
  /** Of a code without a status of its own. */
  readonly status?: number;
  readonly hint?: string;
  readonly violations?: readonly Violation[];
  readonly place?: Place;
  readonly resource?: string;
  readonly key?: string;
  readonly method?: string;
  readonly mediaType?: string;
  /** The parameter that was not understood, and what it held. */
  readonly parameter?: string;
  readonly value?: unknown;
  /** The text that is not JSON and the offset of its first fault, in UTF-16 units. */
  readonly text?: string;
  readonly offset?: number;
  /** The bytes that are not UTF-8. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that says what was expected, what came, and what to do. Thrown by callers, never by constructors. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: Facts;
  readonly status: number;
  readonly exit: number;

  constructor(code: ProblemCode, message: string, facts: Facts = {}) {
    super(message);
    if (!Object.hasOwn(problems, code))
      throw new TypeError(
        `there is no code '${code}' for a Problem; it has: ${Object.keys(problems).join(', ')}`,
      );
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
    const row: ProblemRow = problems[code];
    this.status = row.status ?? facts.status ?? 500;
    this.exit = row.exit ?? 1;
  }

  /** A config may bring a copy of this package of its own; the problems of that one are problems too. */
  static override [Symbol.hasInstance](value: unknown): value is Problem {
    return (
      value instanceof Error && value.name === 'Problem' && Object.hasOwn(problems, (value as Problem).code)
    );
  }

  /** For a terminal: `file:line:column: sentence` and the hint on a line of its own. */
  override toString(): string {
    const { place, hint } = this.facts;
    const where = place ? `${showPlace(place)}: ` : '';
    return `${printable(where + this.message)}${hint ? `\n  ${printable(hint)}` : ''}`;
  }
}

export function showPlace({ file, line, column, pointer }: Place): string {
  if (line !== undefined) return `${file}:${line}:${column ?? 1}`;
  return pointer ? `${file}#${pointer}` : file;
}
