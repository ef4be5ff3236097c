import {
  type Asked,
  type Dialect,
  type GivenConventions,
  itemText,
  JSON_TYPE,
  linkHeader,
  listText,
  type Page,
  type Problem,
  pageNumbers,
  plural,
  problems,
  type Reply,
  wholeState,
} from '../../dialect/index.ts';
import { weakTag, weakTagOf } from './etag.ts';
import { segments } from './nested.ts';
import { indexPage, stylePage } from './page.ts';
import { parameters } from './parameters.ts';
import { paramsOf, readParams } from './params.ts';
import { itemQuery, listQuery } from './query.ts';

const INDENT = 2;

export const conventions: GivenConventions = {
  paths: {
    caseSensitive: false,
    nested: { depth: 1, items: false, parent: 'unchecked' },
    missingVerb: 404,
    writesOff: 403,
    postSingleton: true,
    methodOverride: true,
  },
  bodies: {
    bodyTypes: { json: ['application/json'], forms: true, other: 'ignore', untyped: 'ignore' },
    emptyBody: 'object',
    arrayBody: 'refuse',
  },
  writes: {
    ids: { client: 'keep', truthy: true, numbers: 'highest', length: 7 },
    idPosition: 'last',
    foreignKeys: 'none',
    pathKeys: 'text',
  },
  answers: { etags: false, gzip: true, corsMethods: true, statuses: { remove: 200 } },
};

/** JSON in the form it always had, or a script that calls the function a page named (JSONP). */
function reply(
  status: number,
  text: string,
  asked: Asked,
  headers: Readonly<Record<string, string>> = {},
  shown?: unknown,
): Reply {
  const callback = asked.query.includes('callback') ? paramsOf(asked).first('callback') : undefined;
  const name = callback?.replace(/[^\w$.[\]]/g, '');
  if (!name) {
    const ETag = weakTagOf(shown, text);
    return { status, headers: { 'Content-Type': JSON_TYPE, ETag, ...headers }, body: text };
  }
  // U+2028 and U+2029 end a line in older scripts.
  const safe = text.replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);
  const body = `/**/ typeof ${name} === 'function' && ${name}(${safe});`;
  return {
    status,
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      ETag: weakTag(body),
      ...headers,
    },
    body,
  };
}

function list(page: Page, asked: Asked): Reply {
  const body = listText(page.items, INDENT);
  if (page.limit === undefined) return reply(200, body, asked, {}, page.items);
  const params = paramsOf(asked);
  const paged = Boolean(params.first('_page'));
  const headers = {
    'X-Total-Count': String(page.total),
    'Access-Control-Expose-Headers': paged ? 'X-Total-Count, Link' : 'X-Total-Count',
  };
  return reply(200, body, asked, paged ? { ...headers, Link: links(page, asked) } : headers, page.items);
}

/** First, prev, next, last; empty where one page holds all, or the page is behind the last. */
function links(page: Page, asked: Asked): string {
  const { first, prev, next, last, current } = pageNumbers(page);
  if (last === 1 || current > last) return '';
  const all = [
    ['first', first],
    ['prev', prev],
    ['next', next],
    ['last', last],
  ] as const;
  const url = (number: number) =>
    `${asked.origin}${asked.path}?${asked.sentQuery.replace(`page=${current}`, `page=${number}`)}`;
  return linkHeader(
    all.flatMap(([rel, number]) => (number === undefined ? [] : [[rel, url(number)] as const])),
  );
}

/** `{}` for what is not there; a broken body gets a page, as from the server this stands in for. */
function problem(one: Problem, asked: Asked): Reply {
  const { headers = {} } = one.facts;
  if (one.status === 404) return reply(404, '{}', asked, headers);
  if (one.code === 'bad-json' || one.code === 'too-deep' || one.code === 'too-large') {
    const { title } = problems[one.code];
    return {
      status: one.status,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: `<!doctype html><title>${title}</title><pre>${title}</pre>\n`,
    };
  }
  return reply(one.status, JSON.stringify({ error: one.message }, null, INDENT), asked, headers);
}

const MAX_DELAY_MS = 60_000;
const DEFAULT_DELAY_MS = 1000;

/** json-server 0.17. */
export const jsonServer: Dialect = {
  name: 'json-server',
  conventions,
  defaults: { writes: 'file', bodyLimit: '10mb' },
  headers: {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    'X-Content-Type-Options': 'nosniff',
  },
  segments,
  parameters,
  params: readParams,
  listQuery,
  itemQuery,
  list,
  item(item, asked) {
    const text = itemText(item, INDENT);
    if (asked.action !== 'create') return reply(200, text, asked, {}, item);
    const location =
      asked.resource?.kind === 'singleton'
        ? `${asked.origin}${asked.path}`
        : `${asked.origin}${asked.location ?? ''}`;
    return reply(201, text, asked, { Location: location, 'Access-Control-Expose-Headers': 'Location' });
  },
  removed: (_item, asked) => reply(200, '{}', asked),
  root: (model, asked) => indexPage(model, asked, ['/db']),
  pages: new Map([
    ['/db', (asked: Asked) => reply(200, JSON.stringify(wholeState(asked.shelves), null, INDENT), asked)],
    ['/style.css', stylePage],
  ]),
  delay(asked) {
    if (!asked.query.includes('_delay')) return 0;
    const ms = Number.parseFloat(paramsOf(asked).first('_delay') ?? '');
    return Number.isNaN(ms) ? 0 : Math.min(MAX_DELAY_MS, Math.max(0, ms || DEFAULT_DELAY_MS));
  },
  /** A key is `<singular>Id`: what holds the id in any other field, or among others in a list, is left alone. */
  onDelete({ field, parent }) {
    const isKey = field.endsWith('Id') && plural(field.slice(0, -'Id'.length)) === parent;
    return isKey ? (held) => (Array.isArray(held) ? 'keep' : 'cascade') : 'keep';
  },
  problem,
};
