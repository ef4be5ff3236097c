import { isObject } from '../../model/json.ts';
import type { Collection } from '../../model/model.ts';
import { singular } from '../../model/names.ts';
import type { Problem } from '../../problem.ts';
import { isOperator, type OperatorName } from '../../query/operators.ts';
import {
  allOf,
  type Embed,
  meanings,
  type Query,
  type Sort,
  type Where,
  type Window,
  withoutRepeats,
} from '../../query/query.ts';
import { isScalar } from '../../store/field.ts';
import { bounds, firstOf } from '../bounds.ts';
import type { Asked, Dialect, Reply, Rules } from '../dialect.ts';
import { pageNumbers } from '../links.ts';
import { MAX_WHERE_DEPTH } from '../rest/filter.ts';
import { restRules } from '../rest/rest.ts';
import { itemText, listText } from '../text.ts';
import { indexPage, stylePage } from './page.ts';
import { Params } from './params.ts';

const INDENT = 2;

const rules: Rules = {
  ...restRules,
  ids: { client: 'ignore', numbers: 'random', length: 11 },
  idPosition: 'last',
  foreignKeys: 'none',
  nested: { depth: 0, items: false, parent: 'unchecked' },
  missingVerb: 404,
  writesOff: 403,
  bodyTypes: { json: ['application/json'], forms: false, other: 'json', untyped: 'json' },
  emptyBody: 'object',
  arrayBody: 'refuse',
  corsAlways: true,
  corsMethods: true,
  etags: false,
};

const reply = (status: number, body: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body,
});

/** A broken escape is the letter that stands for one. */
const paramsOf = ({ query }: Asked): Params => new Params(new URLSearchParams(query));

const RESERVED = new Set(['_sort', '_page', '_per_page', '_embed', '_where']);
/** `field:op`; the lower-case ones are spelled `field_op` too. */
const OPERATORS: readonly OperatorName[] = [
  'lt',
  'lte',
  'gt',
  'gte',
  'eq',
  'ne',
  'in',
  'contains',
  'startsWith',
  'endsWith',
];
const isKnown = (name: string): name is OperatorName => isOperator(name) && OPERATORS.includes(name);

/** The value as a whole: an array equals none of its elements. */
function equality(path: string, texts: readonly string[]): Where {
  const values = texts.flatMap(meanings);
  return {
    all: [
      { path, op: 'eq', values },
      { path, op: 'is', values },
    ],
  };
}

/** A parameter that is not reserved is a filter; one with an operator that does not exist is none. */
function readFilter(name: string, value: string, collection: Collection, asked: Asked): Where | undefined {
  const [, path = name, op = 'eq'] =
    /^(.+):(\w+)$/.exec(name) ?? (collection.fields.has(name) ? [] : (/^(.+)_([a-z]+)$/.exec(name) ?? []));
  if (!isKnown(op)) return name.includes(':') ? undefined : equality(name, [value]);
  if (op === 'in') return equality(path, firstOf('values', value.split(','), asked));
  if (op === 'eq') return equality(path, [value]);
  return { path, op, values: meanings(value) };
}

/** `_where`: objects of operators, nested as the items are, and `or`. */
function readGroup(value: unknown, path: string, asked: Asked): Where {
  if (!isObject(value)) return { path, op: 'eq', values: isScalar(value) ? [value] : [] };
  const parts = Object.entries(value).map(([key, inner]): Where => {
    if (key === 'or' && Array.isArray(inner)) return { any: inner.map((one) => readGroup(one, path, asked)) };
    if (path !== '' && isKnown(key))
      return { path, op: key, values: firstOf('values', [inner].flat().filter(isScalar), asked) };
    return readGroup(inner, path === '' ? key : `${path}.${key}`, asked);
  });
  return { all: parts };
}

/** How many conditions a `_where` holds; without an end where it is nested too deep. */
function conditionsIn(value: unknown, depth = 1): number {
  if (!isObject(value)) return 1;
  if (depth > MAX_WHERE_DEPTH) return Number.POSITIVE_INFINITY;
  const inner = Object.entries(value).flatMap(([key, one]) =>
    key === 'or' && Array.isArray(one) ? one : [one],
  );
  return inner.reduce((sum: number, one) => sum + conditionsIn(one, depth + 1), inner.length === 0 ? 1 : 0);
}

function readWhere(params: Params, asked: Asked): Where | undefined {
  let value: unknown;
  try {
    value = JSON.parse(params.first('_where') ?? '');
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { most } = bounds.conditions;
  if (conditionsIn(value) <= most) return readGroup(value, '', asked);
  asked.note(`ignored: _where holds at most ${most} conditions, nested at most ${MAX_WHERE_DEPTH} deep`);
  return undefined;
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
  const where = readWhere(params, asked) ?? allOf(firstOf('conditions', names, asked).flatMap(filter));
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
  rules,
  defaults: { writes: 'file', bodyLimit: '100kb' },
  /** More than one slash at the beginning is one. */
  segments(sent) {
    const first = sent.findIndex((segment) => segment !== '');
    return { segments: first === -1 ? [] : sent.slice(first) };
  },
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
