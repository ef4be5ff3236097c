import { equal } from 'node:assert/strict';
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

function makeApi(url: string, spelling: Spelling): Api {
  const path = (...segments: Segments) => spelling.path(...segments);
  const get = (pathAndQuery: string) => ask(url + pathAndQuery, 'GET', undefined);
  const page = async (segments: Segments, query?: string) => {
    const answer = await get(`${path(...segments)}${query ? `?${query}` : ''}`);
    equal(answer.status, 200);
    return answer;
  };
  return {
    spelling,
    url,
    path,
    ask: (method, segments, body, headers) => ask(url + path(...segments), method, body, headers),
    page,
    list: async (segments, query) => spelling.items(await page(segments, query)),
    state: async () => (await get('/_standin/db')).json as Record<string, unknown>,
  };
}
