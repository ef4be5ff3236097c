import {
  allOf,
  badParameter,
  type Collection,
  checkBound,
  countUpTo,
  didYouMean,
  type Embed,
  isField,
  Problem,
  pathNames,
  type Query,
  readParams,
  remember,
  type Sort,
  splitOutside,
  type Where,
  wholeNumber,
  withoutRepeats,
} from '../../dialect/index.ts';
import { readEmbed } from './embed.ts';
import { readKey, readWhere, toCondition } from './filter.ts';
import { type Place, readPaths } from './place.ts';
import { maxPage, type Paging, windowOf } from './window.ts';

/** What the parameters of one query add up to. */
interface Draft extends Paging {
  readonly where: Where[];
  readonly count: (conditions: number) => void;
  search?: { text: string; paths?: string[] };
  sort?: Sort[];
  order?: string[];
  embed?: Embed[];
  fields?: string[];
}

const withoutSign = (key: string): string => key.replace(/^-/, '');

const sortKey = (key: string): Sort => ({
  path: withoutSign(key),
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
    query.sort ??= [];
    for (const key of readPaths('_sort', text, place, withoutSign)) query.sort.push(sortKey(key));
  },
  _order: (query, text) => {
    query.order = text.toLowerCase().split(',');
    const odd = query.order.find((word) => word !== 'asc' && word !== 'desc');
    if (odd !== undefined) throw badParameter('_order', text, `_order takes asc or desc, got '${odd}'`);
  },
  _fields: (query, text, place) => {
    const embeds = new Set(query.embed?.map(({ name }) => name));
    const paths = text.split(',').filter((path) => path !== '');
    checkBound('fields', (query.fields?.length ?? 0) + paths.length);
    const own = paths.filter((path) => !embeds.has(path)).join(',');
    query.fields = [...(query.fields ?? []), ...readPaths('_fields', own, place)];
  },
  _embed: (query, text, place) => {
    const { asked, collection, level } = place;
    const paths = splitOutside(text, ',').filter((path) => path !== '');
    place.embeds(paths.length);
    const inner = (to: Collection, words: string, below: number) =>
      readWords(words, { ...place, collection: to, level: below });
    query.embed = [...(query.embed ?? []), ...readEmbed(asked.shelves, collection, paths, inner, level)];
  },
  _where: (query, text, { asked, collection }) => {
    query.where.push(readWhere(asked.shelves, collection, text, query.count));
  },
  q: (query, text) => {
    query.search = { ...query.search, text: text || (query.search?.text ?? '') };
  },
  _q: (query, text, place) => {
    const paths = readPaths('_q', text, place);
    checkBound('fields', paths.length);
    query.search = { text: '', ...query.search, paths };
  },
};

/** Reads the words of a query, asked of a collection. */
export const readQuery = (words: string, asking: Pick<Place, 'asked' | 'collection'>): Query =>
  readWords(words, { ...asking, level: 0, embeds: countUpTo('embeds') });

/** What is neither a field nor a control is named, or refused where that is asked for. */
function readWords(words: string, place: Place): Query {
  const { asked, collection } = place;
  const query: Draft = { where: [], count: countUpTo('conditions') };
  const conditions = new Map<string, string[]>();
  // `_embed` first, so that `_fields` knows what is put in.
  const params = readParams(words).sort(([a], [b]) => Number(b === '_embed') - Number(a === '_embed'));
  for (const [name, value] of params) {
    const control =
      Object.hasOwn(controls, name) && !isField(asked.shelves, collection, name) ? controls[name] : undefined;
    if (control) control(query, value, place);
    else remember(conditions, name, (): string[] => []).push(value);
  }
  query.count(conditions.size);
  for (const [name, values] of conditions) {
    const key = readKey(asked.shelves, collection, name);
    if (key) query.where.push(toCondition(key, name, values));
    else unknown(name, place);
  }
  return finish(query, place);
}

function unknown(name: string, { asked, collection }: Place): void {
  const known = [...pathNames(asked.shelves, collection), ...Object.keys(controls)];
  const stem = name.slice(0, Math.max(name.lastIndexOf(':'), name.lastIndexOf('_')));
  const hint = didYouMean(name, known) ?? (stem === '' ? undefined : didYouMean(stem, known));
  const message = `'${name}' is no field of ${collection.name} and no parameter`;
  const facts = { parameter: name, ...(hint ? { hint } : {}) };
  if (asked.strict) throw new Problem('unknown-parameter', message, facts);
  asked.note(`ignored: ${message}`, facts);
}

function finish(query: Draft, place: Place): Query {
  const { search, embed, order } = query;
  const where = allOf(query.where);
  if (order && !query.sort) throw badParameter('_order', order.join(','), '_order goes with _sort');
  const keys = (query.sort ?? defaultSort(place)).map((key, i) =>
    order?.[i] === 'desc' ? { ...key, descending: true } : key,
  );
  const sort = withoutRepeats(keys);
  if (query.sort) checkBound('sortKeys', sort.length);
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
const defaultSort = ({ level, collection }: Place): Sort[] =>
  level > 0 ? [] : (collection.settings.defaultSort ?? []).map(sortKey);
