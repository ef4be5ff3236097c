import { isField } from '../query/where.ts';
import { remember } from '../remember.ts';
import type { About, DialectParameter } from './dialect.ts';
import type { QueryParts, SentParameter } from './parameter.ts';
import type { Param } from './params.ts';

interface Plain {
  readonly row: DialectParameter;
  readonly place: number;
}

/** The rows by their names, and those that are families. */
export interface ParameterTable {
  readonly plain: ReadonlyMap<string, Plain>;
  readonly families: readonly DialectParameter[];
}

const tables = new WeakMap<readonly DialectParameter[], ParameterTable>();

const isFamily = ({ name }: DialectParameter): boolean => name.includes('{field}');

function makeTable(rows: readonly DialectParameter[]): ParameterTable {
  const all = rows.map((row, place) => ({ row, place }));
  const plain = all.filter(({ row }) => !isFamily(row));
  return {
    plain: new Map(
      plain.flatMap((one) => [one.row.name, ...(one.row.aliases ?? [])].map((name) => [name, one])),
    ),
    families: rows.filter(isFamily),
  };
}

export const parameterTable = (rows: readonly DialectParameter[]): ParameterTable =>
  remember(tables, rows, () => makeTable(rows));

/** A parameter that was sent, and the row that it belongs to. */
export interface Matched extends SentParameter {
  readonly row: DialectParameter;
  readonly place: number;
}

/** The row that a name belongs to, with what was sent under it and the field that stands in it. */
export function findParameter(
  name: string,
  values: readonly string[],
  { plain, families }: ParameterTable,
  about: About,
): Matched | undefined {
  const own = plain.get(name);
  if (own && !(own.row.yields && isField(about.asked.shelves, about.collection, name)))
    return { row: own.row, place: own.place, name, values };
  for (const row of families) {
    const field = row.match?.(name, about);
    // Filters keep the order in which they were sent.
    if (field !== undefined) return { row, place: -1, name, values, field };
  }
  return undefined;
}

/** What was sent, by the rows it belongs to and in their order; and what belongs to none. */
export function matchParameters(
  params: readonly Param[],
  rows: readonly DialectParameter[],
  about: About,
): { readonly matched: readonly Matched[]; readonly unknown: readonly SentParameter[] } {
  const sent = new Map<string, string[]>();
  for (const [name, value] of params) {
    const values = sent.get(name);
    if (values) values.push(value);
    else sent.set(name, [value]);
  }
  const table = parameterTable(rows);
  const matched: Matched[] = [];
  const unknown: SentParameter[] = [];
  for (const [name, values] of sent) {
    const found = findParameter(name, values, table, about);
    if (found) matched.push(found);
    else unknown.push({ name, values });
  }
  return { matched: matched.sort((a, b) => a.place - b.place), unknown };
}

/** Reads what was sent into the parts of a query. Returns what belongs to no row. */
export function readParts<P extends QueryParts>(
  parts: P,
  params: readonly Param[],
  about: About,
): readonly SentParameter[] {
  const { matched, unknown } = matchParameters(params, about.asked.parameters(about.collection), about);
  for (const one of matched) one.row.read(parts, one, about);
  return unknown;
}
