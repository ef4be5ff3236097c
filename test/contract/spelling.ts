import {
  type Answer,
  restSpelling as rest,
  type Spelling,
  type Start,
} from '../../src/dialect/contract/index.ts';
import { createStandin } from '../../src/standin.ts';

const within =
  (field: string) =>
  ({ json }: Answer): unknown[] =>
    Array.isArray(json) ? json : ((json as Record<string, unknown[]>)[field] ?? []);

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
  path: rest.path,
  name: (name) => `name=${name}`,
  peopleFrom: (count) => `min_people=${count}`,
  secondPage: { query: 'skip=2&limit=2' },
  items: rest.items,
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
  'simple-rest': {
    ...rest,
    name: (name) => `filter=${encodeURIComponent(JSON.stringify({ name }))}`,
    peopleFrom: (count) => `filter=${encodeURIComponent(JSON.stringify({ people_gte: count }))}`,
    mostPeople: `sort=${encodeURIComponent('["people","DESC"]')}`,
    secondPage: { query: `range=${encodeURIComponent('[2,3]')}` },
    total: ({ headers }) => Number(headers['content-range']?.split('/')[1]),
  },
  django: {
    options: {
      resources: { cities: { filters: { name: ['exact'], people: ['gte'] }, sort: ['people'] } },
    },
    path: (...segments) => `${rest.path(...segments)}/`,
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

/** Starts servers that speak one dialect. */
export const starter =
  (dialect: string): Start =>
  async (options) =>
    (await createStandin({ ...options, dialect, watch: false, log: () => {}, port: 0 })).listen();
