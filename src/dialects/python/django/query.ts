import {
  type Asked,
  both,
  type Collection,
  didYouMean,
  firstOf,
  fromPointer,
  type OperatorName,
  Problem,
  type Query,
  type Sort,
  type Violation,
  type Where,
  withoutRepeats,
} from '../../../dialect/index.ts';
import { filterParameters, readFilters } from './filter.ts';
import { pageParameters, paramsOf, windowOf } from './page.ts';

/** Whether the config says that this resource is filtered, searched or sorted; without that, parameters mean nothing. */
const isListed = ({ settings }: Collection): boolean =>
  Boolean(settings.filters ?? settings.search ?? settings.sort ?? settings.defaultSort);

export const pathOf = (field: string): string => field.replaceAll('__', '.');

/** What a search field's first letter says about how it is compared. */
const searches: Readonly<Record<string, OperatorName>> = {
  '^': 'startsWith',
  '=': 'same',
};

/** Every word must be in one of the fields. Words are parted by spaces and commas, and held together by quotes. */
function readSearch(text: string, fields: readonly string[], asked: Asked): Where | undefined {
  if (text.includes('\0')) throw badSearch();
  const words = Array.from(
    text.matchAll(/"([^"]*)"|'([^']*)'|[^\s,]+/g),
    ([all, double, single]) => double ?? single ?? all,
  );
  if (words.length === 0) return undefined;
  const any = (word: string): Where => ({
    any: fields.map((field) => {
      const op = searches[field[0] ?? ''];
      return { path: pathOf(op ? field.slice(1) : field), op: op ?? 'contains', values: [word] };
    }),
  });
  return { all: firstOf('conditions', [...new Set(words)], asked).map(any) };
}

const badSearch = (): Problem => {
  const message = 'Null characters are not allowed.';
  return new Problem('bad-parameter', message, { parameter: 'search' });
};

/** `area,-name`: names that are not listed are ignored; without any left, the order of the config. */
function readOrdering(text: string, collection: Collection, asked: Asked): readonly Sort[] {
  const { sort, defaultSort = [] } = collection.settings;
  const known = new Set(sort ?? collection.fields);
  const asks = text.split(',').map((term) => term.trim());
  const terms = asks.filter((term) => known.has(term.replace(/^-/, '')));
  const odd = asks.find((term) => term !== '' && !terms.includes(term));
  if (odd !== undefined) {
    const hint = didYouMean(odd.replace(/^-/, ''), known);
    const facts = { parameter: 'ordering', ...(hint === undefined ? {} : { hint }) };
    asked.note(`ignored: ${collection.name} cannot be ordered by '${odd}'`, facts);
  }
  if (terms.length === 0) return defaultSort.map(sortKey);
  return firstOf('sortKeys', withoutRepeats(terms.map(sortKey)), asked, ({ path }) => path);
}

function sortKey(term: string): Sort {
  const descending = term.startsWith('-');
  // SQLite, on which most projects begin, holds NULL for the smallest value.
  return { path: pathOf(term.replace(/^-/, '')), descending, missing: descending ? 'last' : 'first' };
}

/** What a view reads of a query; which page, and in which order, only where it lists. */
export function understands({ action, resource }: Asked): ReadonlySet<string> {
  const names = new Set(['format']);
  if (resource?.kind !== 'collection' || action === 'create' || action === 'root') return names;
  const add = (more: readonly string[]) => {
    for (const name of more) names.add(name);
  };
  if (isListed(resource)) add(filterParameters(resource));
  if (resource.settings.search?.length) names.add('search');
  if (action === 'list') add([...(isListed(resource) ? ['ordering'] : []), ...pageParameters(resource)]);
  return names;
}

/** The conditions of a query, for a list and, as a view's queryset is filtered there too, for an item. */
export function conditionsOf(asked: Asked, collection: Collection): Query {
  if (!isListed(collection)) return {};
  const params = paramsOf(asked);
  const violations: Violation[] = [];
  const filtered = readFilters(asked, collection, params, (parameter, message, value) =>
    violations.push({
      in: 'query',
      path: `/${parameter}`,
      keyword: 'filter',
      params: {},
      value,
      schema: {},
      message,
    }),
  );
  if (violations.length > 0)
    throw new Problem('bad-parameter', violations.map(({ message }) => message).join(' '), {
      violations,
      parameter: fromPointer(violations[0]?.path ?? '')[0] ?? '',
    });
  const { search = [] } = collection.settings;
  const found = search.length > 0 ? readSearch(params.get('search') ?? '', search, asked) : undefined;
  const where = both(filtered, found);
  return where ? { where } : {};
}

export function readList(asked: Asked, collection: Collection): Query {
  const ordering = isListed(collection) ? (paramsOf(asked).get('ordering') ?? '') : '';
  const sort = readOrdering(ordering, collection, asked);
  const where = conditionsOf(asked, collection);
  const window = windowOf(asked, collection);
  return { ...where, ...(sort.length > 0 ? { sort } : {}), ...(window ? { window } : {}) };
}
