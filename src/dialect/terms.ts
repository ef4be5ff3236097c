import type { Collection } from '../model/model.ts';
import type { Asked, Dialect, DialectParameter } from './dialect.ts';
import { type Matched, matchParameters } from './match.ts';
import type { Filter, QueryParts, SentParameter, Terms } from './parameter.ts';
import { type Param, readParams } from './params.ts';

/** What controls show of the query that was sent; the rest stays as it is. */
export function readTerms(dialect: Dialect, asked: Asked, collection: Collection): Terms {
  const params = dialect.params?.(asked.query) ?? readParams(asked.query);
  const about = { asked, collection };
  const parts: QueryParts = { filters: [] };
  const { matched, unknown } = matchParameters(params, asked.parameters(collection), about);
  for (const { row, ...sent } of matched) row.read(parts, sent, about);
  const { search, sort, page, size } = parts;
  const filters = withoutTwins(parts);
  const hidden = matched.filter((one) => !isShown(one, parts, filters));
  return {
    where: filters.map(({ field, operator, values }) => ({ field, operator, values })),
    ...(search === undefined ? {} : { search }),
    ...(sort === undefined ? {} : { sort }),
    ...(page === undefined ? {} : { page }),
    ...(size === undefined ? {} : { size }),
    other: [...hidden, ...unknown].flatMap(pairsOf),
  };
}

const pairsOf = ({ name, values }: SentParameter): Param[] => values.map((value) => [name, value]);

/** Two spellings of one filter are two conditions: one is shown, the other stays as it was sent. */
function withoutTwins({ filters }: QueryParts): QueryParts['filters'] {
  const isTwin = (a: Filter, b: Filter) => a.field === b.field && a.operator === b.operator;
  return filters.filter((one, i) => filters.findIndex((other) => isTwin(one, other)) === i);
}

/** Whether what was sent is in the terms: a page that is no number, say, is not. */
function isShown({ row, name }: Matched, parts: QueryParts, filters: QueryParts['filters']): boolean {
  const { kind } = row.for;
  if (kind === 'filter') return filters.some((one) => one.name === name);
  if (kind === 'search' || kind === 'sort' || kind === 'page' || kind === 'size')
    return parts[kind] !== undefined;
  return false;
}

/** The query that says these terms in a dialect's words. */
export function writeTerms(rows: readonly DialectParameter[], terms: Terms): string {
  const params = [...rows.flatMap((row) => row.write(terms)), ...terms.other];
  return params.map((pair) => pair.map(encode).join('=')).join('&');
}

/** Letters that may stand in a query as they are (RFC 3986, 3.4), and are easier to read so. */
const encode = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%(?:3A|2C|2F|40)/g, (code) =>
    decodeURIComponent(code),
  );
