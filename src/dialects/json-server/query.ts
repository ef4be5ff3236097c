import {
  type Asked,
  allOf,
  type Collection,
  type Condition,
  type Embed,
  firstOf,
  isPath,
  MOST_STEPS,
  type Names,
  type OperatorName,
  pathNames,
  type Query,
  readPattern,
  type Scalar,
  type Sort,
  type Where,
  type Window,
  withoutRepeats,
} from '../../dialect/index.ts';
import { INDEX, type Params, paramsOf } from './params.ts';

/** Parameters that are never filters. */
const CONTROLS = new Set([
  '_page',
  '_limit',
  '_start',
  '_end',
  '_sort',
  '_order',
  '_embed',
  '_expand',
  '_delay',
  'q',
  'callback',
  '_',
]);

const SUFFIXES: Readonly<Record<string, OperatorName>> = {
  _gte: 'gte',
  _lte: 'lte',
  _ne: 'isNot',
  _like: 'like',
};

/** `views_gte` asks for a field `views` by an operator, unless it is a field itself. */
function splitName(name: string, { fields }: Collection): { path: string; op?: OperatorName } {
  const suffix = Object.keys(SUFFIXES).find((one) => name.endsWith(one) && name.length > one.length);
  if (suffix === undefined || fields.has(name)) return { path: name };
  return { path: name.slice(0, -suffix.length), op: SUFFIXES[suffix] as OperatorName };
}

/** Parameters of every request: of a script (JSONP), of a slow one, and what keeps a browser from a kept answer. */
const ALWAYS = ['callback', '_delay', '_'];

export function understands({ action, resource, shelves }: Asked): Names {
  if (resource?.kind !== 'collection' || (action !== 'list' && action !== 'read')) return new Set(ALWAYS);
  if (action === 'read') return new Set([...ALWAYS, '_embed', '_expand']);
  return {
    has: (sent) => {
      const name = sent.replace(INDEX, '');
      return CONTROLS.has(name) || isPath(shelves, resource, splitName(name, resource).path);
    },
    [Symbol.iterator]: () => [...pathNames(shelves, resource), ...CONTROLS].values(),
  };
}

/** The number that is written exactly so; `007` and `7.0` are texts. */
const number = (text: string): Scalar[] => (String(Number(text)) === text ? [Number(text)] : []);
const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Equality of the text form, narrowed by an index where that can hold it: an array is its texts joined by commas. */
function equality(path: string, values: readonly string[]): Where {
  const exact: Condition = { path, op: 'is', values };
  if (values.some((value) => value.includes(','))) return exact;
  const meant = values.flatMap((text): Scalar[] => [
    text,
    ...number(text),
    ...(Object.hasOwn(WORDS, text) ? [WORDS[text] as boolean] : []),
  ]);
  return { all: [{ path, op: 'eq', values: meant }, exact] };
}

/** The end of a range is compared as a number with numbers, and as a text with texts. */
const ends = (text: string): Scalar[] => (Number.isNaN(Number(text)) ? [text] : [text, Number(text)]);

/** Names what is no pattern, and leaves out what is more than one request may ask; a plain text counts as a step. */
function patternReader(asked: Asked): (name: string, texts: readonly string[]) => readonly string[] {
  let left = MOST_STEPS;
  return (name, texts) =>
    texts.filter((text) => {
      const { size, fault } = readPattern(text);
      if (fault !== undefined) asked.note(`${name}: '${text}' ${fault}; it is looked for as a plain text`);
      left -= Math.max(1, size);
      if (left < 0)
        asked.note(`ignored: the patterns of a request have at most ${MOST_STEPS} steps (${name})`);
      return left >= 0;
    });
}

/** Filters are and-ed, the values of one are or-ed; a field that no item has is none. */
function filters(params: Params, asked: Asked, collection: Collection): Where | undefined {
  const understood = patternReader(asked);
  const conditions: Where[] = [];
  const names = params.names().filter((name) => !CONTROLS.has(name));
  for (const name of firstOf('conditions', names, asked)) {
    const { path, op } = splitName(name, collection);
    const values = firstOf('values', params.every(name), asked);
    if (op) {
      const meant = op === 'like' ? understood(name, values) : op === 'isNot' ? values : values.flatMap(ends);
      if (meant.length > 0) conditions.push({ path, op, values: meant });
    } else if (isPath(asked.shelves, collection, name)) {
      conditions.push(equality(name, values));
    }
  }
  return allOf(conditions);
}

function sorting(params: Params, asked: Asked): readonly Sort[] {
  const orders = (params.first('_order') ?? '').split(',');
  const paths = (params.first('_sort') ?? '').split(',').filter((path) => path !== '');
  const keys = paths.map((path, i): Sort => {
    const descending = orders[i]?.toLowerCase() === 'desc';
    return { path, descending, missing: descending ? 'first' : 'last' };
  });
  return firstOf('sortKeys', withoutRepeats(keys), asked, ({ path }) => path);
}

const DEFAULT_LIMIT = 10;

/** `_page` before `_end` before `_limit`; values are read as leniently as they always were, an empty one as none. */
function windowOf(params: Params): Window | undefined {
  const whole = (name: string): number => Number.parseInt(params.first(name) ?? '', 10);
  const limit = whole('_limit');
  if (params.first('_page')) {
    const [page, size] = [Math.max(1, whole('_page') || 1), limit > 0 ? limit : DEFAULT_LIMIT];
    return { offset: (page - 1) * size, limit: size };
  }
  const start = whole('_start') || 0;
  if (params.first('_end')) return { slice: [start, whole('_end') || 0] };
  if (!params.first('_limit')) return undefined;
  return { slice: [start, start + (limit || 0)] };
}

/** `_embed` names children, `_expand` a parent; neither reaches further. */
export function embeds(params: Params, asked: Asked): readonly Embed[] {
  const all = [
    ...params.every('_embed').map((name): Embed => ({ name, query: {}, absent: 'empty', single: false })),
    ...params.every('_expand').map((name): Embed => ({ name, query: {}, absent: 'omit', single: true })),
  ];
  return firstOf('embeds', all, asked, ({ name }) => name);
}

export function readListQuery(asked: Asked, collection: Collection): Query {
  const params = paramsOf(asked);
  const where = filters(params, asked, collection);
  const text = params.first('q');
  const window = windowOf(params);
  return {
    ...(where ? { where } : {}),
    ...(text ? { search: { text, truthy: true } } : {}),
    sort: sorting(params, asked),
    ...(window ? { window } : {}),
    embed: embeds(params, asked),
  };
}
