import type { Options } from '../../options/options.ts';
import type { Answer } from './ask.ts';

/** How a dialect is asked the neutral questions, and where its answers hold the items. */
export interface Spelling {
  /** What has to be configured before lists can be filtered and paged as below. */
  readonly options?: Options;
  /** A path of these segments. */
  path(...segments: (string | number)[]): string;
  /** Queries of a list of cities. */
  readonly name: (name: string) => string;
  readonly peopleFrom: (count: number) => string;
  /** The most people first. */
  readonly mostPeople?: string;
  /** The second page, of two cities. */
  readonly secondPage: { readonly query: string; readonly options?: Options };
  items(answer: Answer): unknown[];
  total?(answer: Answer): unknown;
  /** The item that an answer shows, with its id in `id`; the body of the answer without it. */
  item?(answer: Answer): unknown;
  /** The body that sends these fields; they are the body without it. */
  body?(fields: object): unknown;
}

/** How `rest` is asked, and every dialect that changes nothing of that. */
export const restSpelling: Spelling = {
  path: (...segments) => `/${segments.join('/')}`,
  name: (name) => `name=${name}`,
  peopleFrom: (count) => `people:gte=${count}`,
  mostPeople: '_sort=-people',
  secondPage: { query: '_page=2&_limit=2' },
  items: ({ json }) => json as unknown[],
  total: ({ headers }) => Number(headers['x-total-count']),
};
