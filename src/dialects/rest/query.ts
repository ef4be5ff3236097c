import type { Collection } from '../../model/model.ts';
import { Problem } from '../../problem.ts';
import { both, type Embed, type Query, type Sort, type Where, type Window } from '../../query/query.ts';
import { isField } from '../../query/where.ts';
import type { Asked } from '../dialect.ts';
import { isPath, pathNames } from '../known.ts';
import { badParameter, didYouMean, readParams, wholeNumber } from '../params.ts';
import { readEmbed } from './embed.ts';
import { MAX_CONDITIONS, readKey, readWhere, toCondition } from './filter.ts';

export const MAX_PAGE = 10_000;
const DEFAULT_PAGE = 10;

/** What stands in one place: the collection asked, and how. */
interface Place {
  readonly asked: Asked;
  readonly collection: Collection;
  /** Inside the brackets of an `_embed`, where everything is meant that is not cut short there. */
  readonly inner?: true;
}

/** What the control parameters of one query add up to. */
interface Draft {
  where?: Where | undefined;
  search?: { text: string; paths?: string[] };
  sort?: Sort[];
  order?: string[];
  embed?: Embed[];
  fields?: string[];
  page?: number;
  limit?: number;
  start?: number;
  end?: number;
  cursor?: string;
}

const maxPage = ({ collection }: Place): number => collection.settings.maxPageSize ?? MAX_PAGE;

function paths(name: string, text: string, { asked, collection }: Place): string[] {
  const list = text.split(',').filter((path) => path !== '');
  for (const path of list) {
    if (isPath(asked.shelves, collection, path)) continue;
    const known = pathNames(asked.shelves, collection);
    throw badParameter(
      name,
      path,
      `${name}: ${collection.name} has no field '${path}'`,
      didYouMean(path, known) ?? `It has: ${known.join(', ')}.`,
    );
  }
  return list;
}

function sortKeys(text: string, place: Place): Sort[] {
  const keys = text.split(',').filter((key) => key !== '');
  paths('_sort', keys.map((key) => key.replace(/^-/, '')).join(','), place);
  return keys.map(sortKey);
}

const sortKey = (key: string): Sort => ({
  path: key.replace(/^-/, ''),
  descending: key.startsWith('-'),
  missing: 'last',
});

type Control = (query: Draft, text: string, place: Place) => void;

const size =
  (name: string): Control =>
  (query, text, place) => {
    query.limit = wholeNumber(name, text, 0, maxPage(place));
  };

/** The control parameters, one row each: what it takes is checked, and refused, where it is read. */
export const controls: Readonly<Record<string, Control>> = {
  _page: (query, text) => {
    query.page = wholeNumber('_page', text, 1, 1e9);
  },
  _limit: size('_limit'),
  _per_page: size('_per_page'),
  _start: (query, text) => {
    query.start = wholeNumber('_start', text, 0, 1e9);
  },
  _end: (query, text) => {
    query.end = wholeNumber('_end', text, 0, 1e9);
  },
  _cursor: (query, text) => {
    query.cursor = text;
  },
  _sort: (query, text, place) => {
    query.sort = [...(query.sort ?? []), ...sortKeys(text, place)];
  },
  _order: (query, text) => {
    query.order = text.toLowerCase().split(',');
    const odd = query.order.find((word) => word !== 'asc' && word !== 'desc');
    if (odd !== undefined) throw badParameter('_order', text, `_order takes asc or desc, got '${odd}'`);
  },
  _fields: (query, text, place) => {
    const embeds = (query.embed ?? []).map(({ name }) => name);
    query.fields = [
      ...(query.fields ?? []),
      ...paths(
        '_fields',
        text
          .split(',')
          .filter((path) => !embeds.includes(path))
          .join(','),
        place,
      ),
    ];
  },
  _embed: (query, text, { asked, collection }) => {
    const inner = (to: Collection, words: string) => readQuery(words, { asked, collection: to, inner: true });
    query.embed = [...(query.embed ?? []), ...readEmbed(asked.shelves, collection, text, inner)];
  },
  _where: (query, text, { asked, collection }) => {
    query.where = both(query.where, readWhere(asked.shelves, collection, text));
  },
  q: (query, text) => {
    query.search = { ...query.search, text: text || (query.search?.text ?? '') };
  },
  _q: (query, text, place) => {
    query.search = { text: '', ...query.search, paths: paths('_q', text, place) };
  },
};

/** Reads the words of a query. What is neither a field nor a control is named, or refused where that is asked for. */
export function readQuery(words: string, place: Place): Query {
  const { asked, collection } = place;
  const query: Draft = {};
  const conditions = new Map<string, string[]>();
  // `_embed` first, so that `_fields` knows what is put in.
  const params = readParams(words).sort(([a], [b]) => Number(b === '_embed') - Number(a === '_embed'));
  for (const [name, value] of params) {
    const control =
      Object.hasOwn(controls, name) && !isField(asked.shelves, collection, name) ? controls[name] : undefined;
    if (control) control(query, value, place);
    else conditions.set(name, [...(conditions.get(name) ?? []), value]);
  }
  if (conditions.size > MAX_CONDITIONS)
    throw new Problem('too-much', `a query holds at most ${MAX_CONDITIONS} conditions`);
  for (const [name, values] of conditions) {
    const key = readKey(asked.shelves, collection, name);
    if (key) query.where = both(query.where, toCondition(key, name, values));
    else unknown(name, place);
  }
  return finish(query, place);
}

function unknown(name: string, { asked, collection }: Place): void {
  const known = [...pathNames(asked.shelves, collection), ...Object.keys(controls)];
  const stem = /^(.+)[:_]\w+$/.exec(name)?.[1];
  const hint = didYouMean(name, known) ?? (stem === undefined ? undefined : didYouMean(stem, known));
  const message = `'${name}' is no field of ${collection.name} and no parameter`;
  if (asked.strict)
    throw new Problem('unknown-parameter', message, { parameter: name, ...(hint ? { hint } : {}) });
  asked.note(`ignored: ${message}.${hint ? ` ${hint}` : ''}`);
}

function finish(query: Draft, place: Place): Query {
  const { where, search, embed, order } = query;
  if (order && !query.sort) throw badParameter('_order', order.join(','), '_order goes with _sort');
  const sort = (query.sort ?? defaultSort(place)).map((key, i) =>
    order?.[i] === 'desc' ? { ...key, descending: true } : key,
  );
  const window = windowOf(query, place);
  const { fields } = query;
  // What is embedded is kept whole, unless paths into it say which part.
  const whole = (embed ?? []).filter(({ name }) => !fields?.some((path) => path.startsWith(`${name}.`)));
  return {
    ...(where ? { where } : {}),
    ...(search ? { search } : {}),
    ...(sort.length > 0 ? { sort } : {}),
    ...(window ? { window } : {}),
    ...(embed ? { embed } : {}),
    ...(fields ? { fields: [...fields, ...whole.map(({ name }) => name)] } : {}),
  };
}

/** The config was checked when it was read: a field that is not there is no fault of this client's. */
const defaultSort = ({ inner, collection }: Place): Sort[] =>
  inner ? [] : (collection.settings.defaultSort ?? []).map(sortKey);

/** Every style of paging becomes an offset or a cursor, and a limit. Two styles at once are a contradiction. */
function windowOf(query: Draft, place: Place): Window | undefined {
  const { page, limit, start, end, cursor } = query;
  const { settings } = place.collection;
  const styles = [
    page !== undefined && '_page',
    (start !== undefined || end !== undefined) && '_start/_end',
    cursor !== undefined && '_cursor',
  ].filter(Boolean);
  if (styles.length > 1)
    throw badParameter(String(styles[0]), '', `page by one of ${styles.join(' and ')}, not both`);
  if (end !== undefined && limit !== undefined)
    throw badParameter('_end', String(end), 'page by _end or _limit, not both');
  const most = maxPage(place);
  const size = limit ?? settings.pageSize ?? DEFAULT_PAGE;
  if (cursor !== undefined) return { cursor, limit: size };
  if (page !== undefined) return { offset: (page - 1) * size, limit: size };
  if (end !== undefined) {
    const length = Math.max(0, end - (start ?? 0));
    if (length > most)
      throw badParameter('_end', String(end), `a page holds at most ${most} items, asked for ${length}`);
    return { offset: start ?? 0, limit: length };
  }
  if (start !== undefined) return { offset: start, limit: limit ?? most };
  const range = place.inner ? undefined : rangeOf(place);
  if (range) return range;
  if (limit !== undefined) return { offset: 0, limit };
  if (place.inner) return undefined;
  return settings.pageSize === undefined ? undefined : { offset: 0, limit: settings.pageSize };
}

const PAGING = ['_page', '_start', '_end', '_cursor'];

/** Whether a Range header decides the page (RFC 9110, 14.2: for GET only, and another unit is ignored). */
export const isRange = (asked: Asked): boolean =>
  asked.method === 'GET' &&
  /^items\s*=/.test(asked.header('range')) &&
  !readParams(asked.query).some(([name]) => PAGING.includes(name));

/** `Range: items=0-9`, a range unit of our own. */
function rangeOf(place: Place): Window | undefined {
  if (!isRange(place.asked)) return undefined;
  const header = place.asked.header('range');
  const match = /^items\s*=\s*(\d+)-(\d*)$/.exec(header);
  const first = Number(match?.[1]);
  const length = match?.[2] === '' ? maxPage(place) : Number(match?.[2]) - first + 1;
  if (!(length >= 1))
    throw badParameter('Range', header, `Range takes items=<first>-<last>, got '${header}'`);
  if (length > maxPage(place))
    throw badParameter('Range', header, `a page holds at most ${maxPage(place)} items`);
  return { offset: first, limit: length };
}
