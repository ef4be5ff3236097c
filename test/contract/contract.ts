import { expect } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { folder } from '../folder.ts';
import type { Answer, Headers } from '../request.ts';
import { serve } from '../serve.ts';
import { files } from './atlas.ts';
import { reading } from './reading.ts';
import { rules } from './rules.ts';
import { type Spelling, spellings } from './spelling.ts';
import { writing } from './writing.ts';

type Segments = readonly (string | number)[];

/** A server that speaks one dialect, asked in neutral words. */
export interface Api {
  readonly spelling: Spelling;
  readonly url: string;
  path(...segments: Segments): string;
  ask(method: string, segments: Segments, body?: unknown, headers?: Headers): Promise<Answer>;
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

export const cases: readonly Case[] = [...reading, ...writing, ...rules];

export async function api(dialect: string, options?: Case['options']): Promise<Api> {
  const spelling = spellings[dialect];
  if (!spelling) throw new Error(`test/contract/spelling.ts has no row for ${dialect}`);
  const { send, get, url } = await serve({
    sources: folder(files).path,
    relations: { 'cities.countryId': 'countries' },
    unique: { cities: ['code'] },
    ...spelling.options,
    ...options?.(spelling),
    dialect,
  });
  const path = (...segments: Segments) => spelling.path(...segments);
  const page = async (segments: Segments, query?: string) => {
    const answer = await get(`${path(...segments)}${query ? `?${query}` : ''}`);
    expect(answer.status).toBe(200);
    return answer;
  };
  return {
    spelling,
    url,
    path,
    ask: (method, segments, body, headers) =>
      send(path(...segments), {
        method,
        ...(body === undefined ? {} : { body }),
        ...(headers ? { headers } : {}),
      }),
    page,
    list: async (segments, query) => spelling.items(await page(segments, query)),
    state: async () => (await get('/_standin/db')).json as Record<string, unknown>,
  };
}
