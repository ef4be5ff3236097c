import type { Collection } from '../model/model.ts';
import type { Asked, Dialect, DialectParameter } from './dialect.ts';
import { type Matched, matchParameters } from './match.ts';
import type { Filter, QueryParts, SentFilter, SentParameter, Terms } from './parameter.ts';
import { type Param, readParams } from './params.ts';

/** What controls show of the query that was sent; the rest stays as it is. */
export function readTerms(dialect: Dialect, asked: Asked, collection: Collection): Terms {
  const params = dialect.params?.(asked.query) ?? readParams(asked.query);
  const about = { asked, collection };
  const parts: QueryParts = { filters: [] };
  const { matched, unknown } = matchParameters(params, asked.parameters(collection), about);
  for (const one of matched) one.row.read(parts, one, about);
  const { search, sort, page, size } = parts;
  const filters = withoutTwins(parts, matched);
  const shown = {
    ...(search === undefined ? {} : { search }),
    ...(sort === undefined ? {} : { sort }),
    ...(isCount(page) ? { page } : {}),
    ...(isCount(size) ? { size } : {}),
  };
  const hidden = matched.filter(({ row, name }) => {
    const { kind } = row.for;
    return !(kind in shown || (kind === 'filter' && filters.some((one) => one.name === name)));
  });
  return {
    where: filters.map(({ field, operator, values }) => ({ field, operator, values })),
    ...shown,
    other: [...hidden, ...unknown].flatMap(pairsOf),
  };
}

/** A number beyond these is not written with all its digits. */
const isCount = (count: number | undefined): count is number => Number.isSafeInteger(count);

const pairsOf = ({ name, values }: SentParameter): Param[] => values.map((value) => [name, value]);

const isTwin = (a: Filter, b: Filter): boolean => a.field === b.field && a.operator === b.operator;

/** Two spellings of one filter are two conditions: the one that would be written is shown, the other stays as it was sent. */
function withoutTwins({ filters }: QueryParts, matched: readonly Matched[]): QueryParts['filters'] {
  const isWritten = (filter: SentFilter): boolean =>
    matched.some(
      ({ row, name }) =>
        name === filter.name &&
        row.write({ where: [filter], other: [] }).some(([written]) => written === name),
    );
  return filters.filter((one) => {
    const twins = filters.filter((other) => isTwin(one, other));
    return one === (twins.find(isWritten) ?? twins[0]);
  });
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
