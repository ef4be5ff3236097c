import {
  type ActionName,
  type Asked,
  allOf,
  type Collection,
  type Dialect,
  type Embed,
  firstOf,
  type GivenConventions,
  isPath,
  itemText,
  listText,
  type Names,
  type Problem,
  pageNumbers,
  pathNames,
  type Query,
  type Reply,
  type Sort,
  singular,
  type Window,
  withoutRepeats,
} from '../../dialect/index.ts';
import { indexPage, stylePage } from './page.ts';
import { Params } from './params.ts';
import { readFilter, readWhere, splitName } from './where-1.ts';

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

/** A broken escape is the letter that stands for one. */
const paramsOf = ({ query }: Asked): Params => new Params(new URLSearchParams(query));

const RESERVED = new Set(['_sort', '_page', '_per_page', '_embed', '_where']);

const NOTHING: ReadonlySet<string> = new Set();
const OF_ITEMS: Partial<Record<ActionName, ReadonlySet<string>>> = {
  read: new Set(['_embed']),
  remove: new Set(['_dependent']),
};

/** Every parameter of a list is a filter; one of a field that there is not finds nothing. */
function understands({ action, resource, shelves }: Asked): Names {
  if (resource?.kind !== 'collection' || action !== 'list') return OF_ITEMS[action] ?? NOTHING;
  return {
    has: (name) => RESERVED.has(name) || isPath(shelves, resource, splitName(name, resource).path),
    [Symbol.iterator]: () => [...pathNames(shelves, resource), ...RESERVED].values(),
  };
}

function readSort(params: Params, asked: Asked): readonly Sort[] {
  const paths = (params.first('_sort') ?? '').split(',').filter((path) => path !== '');
  const keys = paths.map(
    (path): Sort => ({
      path: path.replace(/^-/, ''),
      descending: path.startsWith('-'),
      missing: 'last',
      text: 'natural',
    }),
  );
  return firstOf('sortKeys', withoutRepeats(keys), asked, ({ path }) => path);
}

function readWindow(params: Params): Window | undefined {
  const page = Number.parseInt(params.first('_page') ?? '', 10);
  if (Number.isNaN(page)) return undefined;
  const size = Number.parseInt(params.first('_per_page') ?? '', 10);
  const limit = Number.isNaN(size) ? 10 : Math.max(1, size);
  return { offset: (Math.max(1, page) - 1) * limit, limit, clamp: true };
}

/** A collection's name embeds children, which may be none; any other a parent. */
const readEmbeds = (params: Params, asked: Asked): Embed[] =>
  firstOf('embeds', params.every('_embed'), asked).map((name) => ({
    name,
    query: {},
    absent: asked.shelves.model.resources.has(name) ? 'empty' : 'omit',
  }));

function listQuery(asked: Asked, collection: Collection): Query {
  const params = paramsOf(asked);
  const names = params.names().filter((name) => !RESERVED.has(name));
  // Of a filter sent twice, the last counts.
  const filter = (name: string) => readFilter(name, params.last(name) as string, collection, asked) ?? [];
  const where =
    readWhere(params.first('_where'), collection, asked) ??
    allOf(firstOf('conditions', names, asked).flatMap(filter));
  const window = readWindow(params);
  return {
    ...(where ? { where } : {}),
    sort: readSort(params, asked),
    ...(window ? { window } : {}),
    embed: readEmbeds(params, asked),
  };
}

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
  understands,
  listQuery,
  itemQuery: (asked) => ({ embed: readEmbeds(paramsOf(asked), asked) }),
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
    const action = paramsOf(asked).every('_dependent').includes(child) ? 'cascade' : 'nullify';
    return (held) => (typeof held === 'string' ? action : 'keep');
  },
  problem,
};
