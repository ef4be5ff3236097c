import type { About, DialectParameter } from './dialect.ts';
import type { Parameter, Purpose, QueryParts, SortTerm, Terms } from './parameter.ts';
import type { Param } from './params.ts';

/** What a row says about itself. */
type Given = Pick<DialectParameter, 'name' | 'description' | 'example'> &
  Partial<Pick<DialectParameter, 'schema' | 'aliases' | 'yields' | 'match' | 'write'>>;

const text = { type: 'string' };
/** A page or a size, from 1. */
export const COUNT = { type: 'integer', minimum: 1 };

/** `-views`: the sign says descending. */
export const readSortTerm = (key: string): SortTerm => ({
  field: key.replace(/^-/, ''),
  descending: key.startsWith('-'),
});

export const writeSortTerm = ({ field, descending }: SortTerm): string => `${descending ? '-' : ''}${field}`;

/** A filter of one field, or of any that stands in its name. */
export function filterRow(operator: string, given: Given & { readonly field?: string }): DialectParameter {
  const { field: own, ...row } = given;
  return {
    where: 'query',
    schema: text,
    ...row,
    for: { kind: 'filter', operator, ...(own === undefined ? {} : { field: own }) },
    read: (parts, { name, values, field = own ?? '' }) => {
      parts.filters.push({ name, field, operator, values });
    },
    write: ({ where }) =>
      where
        .filter((one) => one.operator === operator && (own === undefined || own === one.field))
        .flatMap(({ field, values }) =>
          values.map((value): Param => [given.name.replace('{field}', () => field), value]),
        ),
  };
}

/** How a control of a kind writes terms where nothing else is said. */
const writers: Partial<Record<Purpose['kind'], (terms: Terms) => string | undefined>> = {
  search: ({ search }) => search,
  page: ({ page }) => page?.toString(),
  size: ({ size }) => size?.toString(),
};

/** A parameter of a name of its own. */
export function controlRow<D extends QueryParts = QueryParts, A extends About = About>(
  kind: Purpose['kind'],
  given: Given,
  read: Parameter<D, A>['read'],
): Parameter<D, A> {
  return {
    where: 'query',
    schema: text,
    for: { kind },
    read,
    write(terms) {
      const value = writers[kind]?.(terms);
      return value === undefined ? [] : [[given.name, value]];
    },
    ...given,
  };
}
