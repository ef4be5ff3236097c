import {
  type About,
  type Asked,
  allOf,
  badParameter,
  type Collection,
  checkBound,
  countUpTo,
  didYouMean,
  type Embed,
  isObject,
  isPath,
  isScalar,
  MAX_WHERE_DEPTH,
  meanings,
  type OperatorName,
  pathNames,
  type Query,
  readParams,
  readParts,
  type Scalar,
  type Sort,
  type Where,
  type Window,
} from '../../dialect/index.ts';
import { examples, type Parts } from './parameters.ts';

const MAX_PAGE = 10_000;

/** What may stand behind the name of a field, as FakeRest has it. */
const suffixes: ReadonlyMap<string, OperatorName> = new Map([
  ['_neq', 'ne'],
  ['_gte', 'gte'],
  ['_gt', 'gt'],
  ['_lte', 'lte'],
  ['_lt', 'lt'],
]);

/** Reads `filter`, `sort`, `range` and `embed`, each a text of JSON. Throws `bad-parameter`. */
export function readQuery(asked: Asked, collection: Collection): Query {
  const parts: Parts = { filters: [] };
  readParts(parts, readParams(asked.query), { asked, collection });
  const params = parts.texts ?? new Map<string, string>();
  const json = (name: string): unknown => readJson(name, params.get(name));
  const { q, ...filter } = readFilter(json('filter'), params.get('filter'));
  const where = allOf(
    conditions(filter, { asked, collection, prefix: '', level: 1, count: countUpTo('conditions') }),
  );
  const sort = readSort(json('sort'), params.get('sort'), asked, collection);
  const window = readRange(json('range'), params.get('range'));
  const embed = readEmbeds(json('embed'), params.get('embed'));
  return {
    ...(where ? { where } : {}),
    ...(typeof q === 'string' && q !== '' ? { search: { text: q } } : {}),
    ...(sort ? { sort } : {}),
    ...(window ? { window } : {}),
    ...(embed ? { embed } : {}),
  };
}

function readJson(name: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badParameter(name, text, `${name} is JSON, such as ${examples[name]}; got '${text}'`);
  }
}

function readFilter(value: unknown = {}, text = ''): Record<string, unknown> {
  if (!isObject(value))
    throw badParameter('filter', text, `filter is a JSON object, such as ${examples.filter}; got '${text}'`);
  return value;
}

/** Where conditions stand in a filter. */
interface Place extends About {
  readonly prefix: string;
  readonly level: number;
  /** Counts conditions, on all levels. */
  readonly count: (more: number) => void;
}

/** A value that must be equal, a list of which one must be, or an object of fields further inside. */
function conditions(filter: Readonly<Record<string, unknown>>, place: Place): Where[] {
  const { prefix, level, count } = place;
  if (level > MAX_WHERE_DEPTH)
    throw badParameter('filter', '', `filter goes at most ${MAX_WHERE_DEPTH} levels deep`);
  count(Object.keys(filter).length);
  return Object.entries(filter).flatMap(([name, value]): Where[] => {
    if (isObject(value))
      return conditions(value, { ...place, prefix: `${prefix}${name}.`, level: level + 1 });
    const { path, op } = readName(prefix + name, place);
    const sent = Array.isArray(value) ? value : [value];
    checkBound('values', sent.length);
    const values = sent.map((one) => scalar(one, prefix + name));
    if (!isKnown(path, place)) return [];
    return [
      { path, op: op === 'eq' && Array.isArray(value) ? 'in' : op, values: values.flatMap(meaningsOf) },
    ];
  });
}

/** `views_gte`, unless that is a field. */
function readName(name: string, { asked, collection }: About): { path: string; op: OperatorName } {
  if (!isPath(asked.shelves, collection, name))
    for (const [suffix, op] of suffixes)
      if (name.endsWith(suffix)) return { path: name.slice(0, -suffix.length), op };
  return { path: name, op: 'eq' };
}

function isKnown(path: string, { asked, collection }: About): boolean {
  if (isPath(asked.shelves, collection, path)) return true;
  const hint = didYouMean(path, pathNames(asked.shelves, collection));
  asked.note(`'${path}' is no field of ${collection.name}`, {
    parameter: 'filter',
    ...(hint === undefined ? {} : { hint }),
  });
  return false;
}

function scalar(value: unknown, name: string): Scalar {
  if (!isScalar(value))
    throw badParameter(
      'filter',
      JSON.stringify(value),
      `filter compares ${name} with texts, numbers, true, false and null`,
    );
  return value;
}

/** Forms send numbers as texts. */
const meaningsOf = (value: Scalar): Scalar[] => (typeof value === 'string' ? meanings(value) : [value]);

function readSort(value: unknown, text = '', asked: Asked, collection: Collection): Sort[] | undefined {
  if (value === undefined) return undefined;
  const [path, order = 'ASC'] = Array.isArray(value) ? (value as unknown[]) : [];
  const isOrder = typeof order === 'string' && /^(asc|desc)$/i.test(order);
  if (typeof path !== 'string' || !isOrder)
    throw badParameter(
      'sort',
      text,
      `sort is a field and ASC or DESC, such as ${examples.sort}; got '${text}'`,
    );
  if (!isKnown(path, { asked, collection })) return undefined;
  return [{ path, descending: order.toLowerCase() === 'desc', missing: 'last' }];
}

function readRange(value: unknown, text = ''): Window | undefined {
  if (value === undefined) return undefined;
  const [first, last] = Array.isArray(value) ? (value as unknown[]) : [];
  const isCount = (one: unknown): one is number => Number.isSafeInteger(one) && (one as number) >= 0;
  if (!isCount(first) || !isCount(last) || last < first)
    throw badParameter(
      'range',
      text,
      `range is the first and the last item, such as ${examples.range}; got '${text}'`,
    );
  const limit = last - first + 1;
  if (limit > MAX_PAGE)
    throw badParameter('range', text, `a page holds at most ${MAX_PAGE} items, asked for ${limit}`);
  return { offset: first, limit };
}

export function readEmbeds(value: unknown, text = ''): Embed[] | undefined {
  if (value === undefined) return undefined;
  const names = Array.isArray(value) ? (value as unknown[]) : [value];
  if (!names.every((name): name is string => typeof name === 'string'))
    throw badParameter('embed', text, `embed is a list of names, such as ${examples.embed}; got '${text}'`);
  checkBound('embeds', names.length);
  return names.map((name) => ({ name, query: {}, absent: 'refuse' }));
}
