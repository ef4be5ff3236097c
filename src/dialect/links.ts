import type { Page } from '../query/query.ts';
import type { Asked } from './dialect.ts';
import { nameOfPair, splitPairs } from './params.ts';

/** The query with some parameters set or, with undefined, gone; all others stay as they were sent. */
export function withParams(query: string, changes: Readonly<Record<string, string | undefined>>): string {
  const kept = splitPairs(query).filter((pair) => pair !== '' && !Object.hasOwn(changes, nameOfPair(pair)));
  const set = Object.entries(changes).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return [...kept, ...set].join('&');
}

/** The URL of this list with other parameters. */
export function listUrl(asked: Asked, changes: Readonly<Record<string, string | undefined>>): string {
  const query = withParams(asked.sentQuery, changes);
  return `${asked.origin}${asked.path}${query === '' ? '' : `?${query}`}`;
}

export interface PageNumbers {
  readonly first: number;
  readonly prev?: number;
  readonly next?: number;
  readonly last: number;
  readonly current: number;
}

export function pageNumbers({ total, offset, limit = total }: Page): PageNumbers {
  const last = Math.max(1, Math.ceil(total / Math.max(1, limit)));
  const current = Math.floor(offset / Math.max(1, limit)) + 1;
  return {
    first: 1,
    current,
    last,
    ...(current > 1 ? { prev: Math.min(current - 1, last) } : {}),
    ...(current < last ? { next: current + 1 } : {}),
  };
}

/** RFC 8288. */
export const linkHeader = (links: readonly (readonly [rel: string, url: string])[]): string =>
  links.map(([rel, url]) => `<${url}>; rel="${rel}"`).join(', ');
