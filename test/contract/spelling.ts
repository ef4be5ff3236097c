import type { Options } from '../../src/options/options.ts';
import type { Answer } from '../request.ts';

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
}

const plain = (...segments: (string | number)[]): string => `/${segments.join('/')}`;
const array = ({ json }: Answer): unknown[] => json as unknown[];
const within =
  (field: string) =>
  ({ json }: Answer): unknown[] =>
    Array.isArray(json) ? json : ((json as Record<string, unknown[]>)[field] ?? []);
const totalCount = ({ headers }: Answer): number => Number(headers['x-total-count']);

const rest: Spelling = {
  path: plain,
  name: (name) => `name=${name}`,
  peopleFrom: (count) => `people:gte=${count}`,
  mostPeople: '_sort=-people',
  secondPage: { query: '_page=2&_limit=2' },
  items: array,
  total: totalCount,
};

const jsonServer: Spelling = {
  ...rest,
  peopleFrom: (count) => `people_gte=${count}`,
  mostPeople: '_sort=people&_order=desc',
};

const fastapi: Spelling = {
  options: {
    pagination: 'skip-limit',
    resources: { cities: { filters: { name: ['exact'], people: ['gte'] } } },
  },
  path: plain,
  name: (name) => `name=${name}`,
  peopleFrom: (count) => `min_people=${count}`,
  secondPage: { query: 'skip=2&limit=2' },
  items: array,
};

export const spellings: Readonly<Record<string, Spelling>> = {
  rest,
  jsonplaceholder: jsonServer,
  'json-server': jsonServer,
  'json-server-1': {
    ...rest,
    secondPage: { query: '_page=2&_per_page=2' },
    items: within('data'),
    total: ({ json }) => (json as { items: number }).items,
  },
  django: {
    options: {
      resources: { cities: { filters: { name: ['exact'], people: ['gte'] }, sort: ['people'] } },
    },
    path: (...segments) => `${plain(...segments)}/`,
    name: (name) => `name=${name}`,
    peopleFrom: (count) => `people__gte=${count}`,
    mostPeople: 'ordering=-people',
    secondPage: { query: 'page=2', options: { pageSize: 2 } },
    items: within('results'),
    total: ({ json }) => (json as { count: number }).count,
  },
  fastapi,
  'fastapi-pydantic1': fastapi,
};
