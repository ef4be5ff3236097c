import {
  type Asked,
  asksFor,
  type Dialect,
  itemText,
  JSON_TYPE,
  linkHeader,
  listText,
  listUrl,
  type Model,
  type Page,
  Problem,
  pageNumbers,
  problems,
  type Reply,
  type Route,
  readParams,
} from '../../dialect/index.ts';
import { parameters } from './parameters.ts';
import { readQuery } from './query.ts';
import { isRange } from './window.ts';

const json = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body,
});

const jsonItem = { 'Content-Type': JSON_TYPE };

/** The default dialect: what a careful REST API answers. */
export const rest: Dialect = {
  name: 'rest',
  // A browser asks each time whether what it has is still good.
  headers: { 'Cache-Control': 'no-cache' },
  parameters,
  understands,
  listQuery: (asked, collection) => readQuery(asked.query, { asked, collection }),
  itemQuery: (asked, collection) => (asked.query === '' ? {} : readQuery(asked.query, { asked, collection })),
  list: (page, asked) => {
    const body = listText(page.items);
    const total = { 'X-Total-Count': String(page.total) };
    if (isRange(asked)) return rangeReply(page, body, total);
    const link = linksOf(page, asked);
    return json(200, body, link === '' ? total : { ...total, Link: link });
  },
  item: (item, asked) => {
    const headers =
      asked.action === 'create' && asked.location ? { ...jsonItem, Location: asked.location } : jsonItem;
    return { status: asked.action === 'create' ? 201 : 200, headers, body: itemText(item) };
  },
  removed: () => ({ status: 204, headers: {} }),
  root: (model, asked, routes) => json(200, JSON.stringify(describe(model, asked, routes()), null, 2)),
  problem: problemReply,
};

const NONE: ReadonlySet<string> = new Set();

/** Lists and items say by themselves what they do not understand, where it stands; everything else takes no parameters. */
function understands({ action, method, key, resource }: Asked): ReadonlySet<string> | undefined {
  const isBulk = (method === 'PATCH' || method === 'DELETE') && key === undefined;
  const isRead = action === 'list' || action === 'read';
  return isRead || (isBulk && resource?.kind === 'collection') ? undefined : NONE;
}

function rangeReply(page: Page, body: string, total: Readonly<Record<string, string>>): Reply {
  const last = page.offset + page.items.length - 1;
  if (page.total === 0) return json(200, body, { ...total, 'Content-Range': 'items */0' });
  if (page.items.length === 0) {
    throw new Problem(
      'range-not-satisfiable',
      `the list holds ${page.total} items, asked from ${page.offset}`,
      {
        headers: { ...total, 'Content-Range': `items */${page.total}` },
      },
    );
  }
  return json(206, body, { ...total, 'Content-Range': `items ${page.offset}-${last}/${page.total}` });
}

/** First, prev, next and last of the style of paging that was asked for. */
function linksOf(page: Page, asked: Asked): string {
  if (page.limit === undefined) return '';
  const names = new Set(readParams(asked.query).map(([name]) => name));
  if (names.has('_cursor')) {
    const next = page.next === undefined ? [] : [['next', listUrl(asked, { _cursor: page.next })] as const];
    return linkHeader([['first', listUrl(asked, { _cursor: '' })], ...next]);
  }
  const { first, prev, next, last } = pageNumbers(page);
  const { limit } = page;
  const url = (number: number): string => {
    if (!names.has('_start') && !names.has('_end'))
      return listUrl(asked, {
        _page: String(number),
        ...(names.has('_per_page') ? {} : { _limit: String(limit) }),
      });
    const start = (number - 1) * limit;
    return listUrl(
      asked,
      names.has('_end') ? { _start: String(start), _end: String(start + limit) } : { _start: String(start) },
    );
  };
  const all = [
    ['first', first],
    ['prev', prev],
    ['next', next],
    ['last', last],
  ] as const;
  return linkHeader(
    all.flatMap(([rel, number]) => (number === undefined ? [] : [[rel, url(number)] as const])),
  );
}

/** What there is, for whoever opens the root: read off the routes. */
function describe(model: Model, { origin, prefix, shelves }: Asked, routes: readonly Route[]): object {
  const api = routes.filter(({ kind, action }) => kind === 'api' && (action === 'list' || action === 'read'));
  // Rows have the prefix of the API; the path of a session stands before it.
  const own = (routes.find(({ name }) => name === 'root')?.path ?? '/').replace(/\/$/, '');
  const urlOf = (path: string) => origin + prefix + path.slice(own.length);
  const resources = [...model.resources.values()].map((resource) => {
    const { name, kind } = resource;
    const path = api.find((row) => row.resource === name && !row.path.includes('/:'))?.path ?? '';
    const url = urlOf(path);
    if (resource.kind !== 'collection') return [name, { url, kind }];
    const nested = api
      .filter((row) => row.action === 'list' && row.path.startsWith(`${path}/:`))
      .filter((row) => row.path.split('/:').length === 2)
      .map((row) => urlOf(row.path.replace(/:\w+/, `{${resource.idField}}`)));
    const parents = Object.fromEntries(model.parentsOf(name).map(({ field, parent }) => [field, parent]));
    const count = shelves.shelf(name).size;
    return [name, { url, kind, count, id: resource.idField, parents, nested }];
  });
  return { resources: Object.fromEntries(resources), database: `${origin}/_standin/db` };
}

const PROBLEM_TYPE = 'application/problem+json';

/**
 * One form for every refusal; RFC 9457 for a client that asks for it. The sentence stands under two names: `message` is
 * the one that data providers of admin interfaces (react-admin, refine) show.
 */
function problemReply(problem: Problem, asked: Asked): Reply {
  const { message } = problem;
  const { hint, violations, headers = {} } = problem.facts;
  const details = violations?.map(({ path, keyword, message }) => ({ path, keyword, message }));
  const extra = { ...(hint ? { hint } : {}), ...(details ? { details } : {}) };
  const vary = { ...headers, Vary: 'Accept' };
  if (asksFor(asked.header('accept'), PROBLEM_TYPE)) {
    const body = {
      type: 'about:blank',
      title: problems[problem.code].title,
      status: problem.status,
      detail: message,
      code: problem.code,
      ...extra,
    };
    return json(problem.status, JSON.stringify(body), {
      ...vary,
      'Content-Type': `${PROBLEM_TYPE}; charset=utf-8`,
    });
  }
  return json(
    problem.status,
    JSON.stringify({ error: message, message, code: problem.code, ...extra }),
    vary,
  );
}
