import {
  type Dialect,
  type GivenConventions,
  itemText,
  listText,
  type Problem,
  pageNumbers,
  type Reply,
  singular,
} from '../../dialect/index.ts';
import { indexPage, stylePage } from './page.ts';
import { parameters } from './parameters-1.ts';
import { itemQuery, listQuery, readParams, understands } from './query-1.ts';

const INDENT = 2;

const conventions: GivenConventions = {
  paths: {
    nested: { depth: 0, items: false, parent: 'unchecked' },
    missingVerb: 404,
    writesOff: 403,
  },
  bodies: {
    bodyTypes: { json: ['application/json'], other: 'json', untyped: 'json' },
    emptyBody: 'object',
    arrayBody: 'refuse',
  },
  writes: {
    ids: { client: 'ignore', numbers: 'random', length: 11 },
    idPosition: 'last',
    foreignKeys: 'none',
  },
  answers: { corsAlways: true, corsMethods: true, etags: false, statuses: { remove: 200 } },
};

const reply = (status: number, body: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body,
});

function problem(one: Problem): Reply {
  const error =
    one.code === 'bad-body' ? 'Body must be a JSON object' : one.status === 404 ? 'Not Found' : one.message;
  return reply(one.status, JSON.stringify({ error }, null, INDENT));
}

/** json-server 1.0 (beta). */
export const jsonServer1: Dialect = {
  name: 'json-server-1',
  conventions,
  defaults: { writes: 'file', bodyLimit: '100kb' },
  /** More than one slash at the beginning is one. */
  segments(sent) {
    const first = sent.findIndex((segment) => segment !== '');
    return { segments: first === -1 ? [] : sent.slice(first) };
  },
  parameters,
  params: readParams,
  understands,
  listQuery,
  itemQuery,
  list(page) {
    if (page.limit === undefined) return reply(200, listText(page.items, INDENT));
    const { first, prev = null, next = null, last } = pageNumbers(page);
    const { total: items, items: data } = page;
    const body = { first, prev, next, last, pages: last, items, data };
    return reply(200, JSON.stringify(body, null, INDENT));
  },
  item: (item, asked) => reply(asked.action === 'create' ? 201 : 200, itemText(item, INDENT)),
  removed: (item) => reply(200, itemText(item, INDENT)),
  root: (model, asked) => indexPage(model, asked, []),
  pages: new Map([['/style.css', stylePage]]),
  show(item, { idField }) {
    const id = item[idField];
    return typeof id === 'number' ? { ...item, [idField]: String(id) } : item;
  },
  /** Ids are text, and so is a key: `<singular>Id` in another collection. What goes along takes nothing with it. */
  onDelete({ child, field, parent }, asked) {
    const isKey = field === `${singular(parent)}Id` && child !== parent && asked.resource?.name === parent;
    if (!isKey) return 'keep';
    const action = new URLSearchParams(asked.query).getAll('_dependent').includes(child)
      ? 'cascade'
      : 'nullify';
    return (held) => (typeof held === 'string' ? action : 'keep');
  },
  problem,
};
