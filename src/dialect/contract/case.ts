import { equal, fail } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from '../../options/options.ts';
import { type Answer, ask } from './ask.ts';
import { files } from './atlas.ts';
import type { Spelling } from './spelling.ts';

type Segments = readonly (string | number)[];

/** Starts a server with these options, in the dialect that is tested. */
export type Start = (options: Options) => Promise<{ readonly url: string; close(): Promise<void> }>;

/** A server that speaks one dialect, asked in neutral words. */
export interface Api {
  readonly spelling: Spelling;
  readonly url: string;
  path(...segments: Segments): string;
  ask(
    method: string,
    segments: Segments,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** The item that an answer shows. */
  item(answer: Answer): Record<string, unknown>;
  /** The item at a path. */
  read(...segments: Segments): Promise<Record<string, unknown>>;
  /** A list, and its items. */
  page(segments: Segments, query?: string): Promise<Answer>;
  list(segments: Segments, query?: string): Promise<unknown[]>;
  /** Everything that is stored, as it is now. */
  state(): Promise<Record<string, unknown>>;
}

export interface Case {
  readonly name: string;
  readonly options?: (spelling: Spelling) => Options;
  run(api: Api): Promise<void>;
}

/** Runs work on a server of its own, with the data of the contract. */
export async function withApi<T>(
  start: Start,
  spelling: Spelling,
  options: Case['options'],
  work: (api: Api) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'standin-contract-'));
  try {
    mkdirSync(join(folder, 'schemas'));
    for (const [name, value] of Object.entries(files))
      writeFileSync(join(folder, name), JSON.stringify(value));
    const server = await start({
      sources: folder,
      relations: { 'cities.countryId': 'countries' },
      unique: { cities: ['code'] },
      ...spelling.options,
      ...options?.(spelling),
    });
    try {
      return await work(makeApi(server.url, spelling));
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a spelling finds in an answer; a spelling that fails at it says that the answer holds none. */
function found(what: string, answer: Answer, find: (answer: Answer) => unknown): object {
  try {
    const value = find(answer);
    if (typeof value === 'object' && value !== null) return value;
  } catch {}
  fail(`expected ${what} in the answer, got ${answer.status}: ${answer.body}`);
}

function makeApi(url: string, spelling: Spelling): Api {
  const path = (...segments: Segments) => spelling.path(...segments);
  const get = (pathAndQuery: string) => ask(url + pathAndQuery, 'GET', undefined);
  const page = async (segments: Segments, query?: string) => {
    const answer = await get(`${path(...segments)}${query ? `?${query}` : ''}`);
    equal(answer.status, 200);
    return answer;
  };
  const item = (answer: Answer) =>
    found('an item', answer, spelling.item ?? (({ json }) => json)) as Record<string, unknown>;
  const spell = (body: unknown) =>
    typeof body === 'object' && body !== null && spelling.body ? spelling.body(body) : body;
  return {
    spelling,
    url,
    path,
    ask: (method, segments, body, headers) => ask(url + path(...segments), method, spell(body), headers),
    item,
    read: async (...segments) => item(await get(path(...segments))),
    page,
    list: async (segments, query) =>
      found('a list', await page(segments, query), spelling.items) as unknown[],
    state: async () => (await get('/_standin/db')).json as Record<string, unknown>,
  };
}
