import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Options } from '../../src/options/options.ts';
import type { Answer, Headers } from '../request.ts';

/** What holds for all exchanges of a backend: how to set standin up, and what is compared. */
interface Setup {
  /** The backend and its version. */
  readonly backend: string;
  readonly config: Options;
  readonly data: Readonly<Record<string, unknown>>;
  readonly schemas?: Readonly<Record<string, unknown>>;
  /** The headers that are compared, whether an answer has them or not. */
  readonly headers: readonly string[];
  /** What is never twice the same, and what is written in its place. */
  readonly volatile: readonly { readonly what: string; readonly pattern: string; readonly as: string }[];
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Headers;
  readonly json?: unknown;
  readonly text?: string;
}

export interface Exchange {
  readonly name: string;
  readonly steps: readonly { readonly request: Request; readonly response: unknown }[];
}

export interface Recording {
  readonly name: string;
  readonly setup: Setup;
  readonly topics: readonly { readonly topic: string; readonly exchanges: readonly Exchange[] }[];
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

function read(name: string): Recording {
  const json = (file: string) => JSON.parse(readFileSync(`${FOLDER}${name}/${file}`, 'utf8'));
  const topics = readdirSync(FOLDER + name).filter((file) => file !== 'setup.json');
  return {
    name,
    setup: json('setup.json') as Setup,
    topics: topics.map((file) => ({
      topic: file.replace('.json', ''),
      exchanges: json(file) as Exchange[],
    })),
  };
}

/** A folder for each backend that was recorded. */
export const recordings = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => read(name));

/** The answer as it would have been recorded. */
export function asRecorded({ status, headers, body }: Answer, setup: Setup): unknown {
  const settle = (text: string) =>
    setup.volatile.reduce((now, { pattern, as }) => now.replace(new RegExp(pattern, 'gis'), as), text);
  const settled = settle(body);
  const kept = setup.headers.flatMap((name) => {
    const value = headers[name];
    // An ETag is made of the bytes, so that it changes with them.
    return value === undefined || (name === 'etag' && settled !== body) ? [] : [[name, settle(value)]];
  });
  return { status, headers: Object.fromEntries(kept), ...parsed(settled) };
}

function parsed(text: string): object {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return text === '' ? {} : { text };
  }
}
