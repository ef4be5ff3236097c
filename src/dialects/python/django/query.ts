import {
  type ActionName,
  type Asked,
  both,
  type Collection,
  type DialectParameter,
  didYouMean,
  firstOf,
  fromPointer,
  type OperatorName,
  Problem,
  type Query,
  type Resource,
  type Sort,
  type Violation,
  type Where,
  withoutRepeats,
  writeSortTerm,
} from '../../../dialect/index.ts';
import { control, textsOf } from '../texts.ts';
import { filterParameters, readFilters } from './filter.ts';
import { pageParameters, windowOf } from './page.ts';

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

/** The names that a list may be ordered by. */
const orderedBy = ({ settings, fields }: Collection): ReadonlySet<string> => new Set(settings.sort ?? fields);

const bare = (term: string): string => term.replace(/^-/, '');

interface OrderTerms {
  readonly terms: readonly string[];
  readonly odd?: string;
}

const NOTHING: OrderTerms = { terms: [] };

/** The terms of `area,-name` that are listed, and the first one that is not. */
function readTerms(text: string, collection: Collection): OrderTerms {
  const known = orderedBy(collection);
  const asks = text.split(',').map((term) => term.trim());
  const terms = asks.filter((term) => known.has(bare(term)));
  const odd = asks.find((term) => term !== '' && !terms.includes(term));
  return { terms, ...(odd === undefined ? {} : { odd }) };
}

/** Names that are not listed are ignored; without any left, the order of the config. */
function readOrdering(text: string, collection: Collection, asked: Asked): readonly Sort[] {
  const { terms, odd } = text === '' ? NOTHING : readTerms(text, collection);
  if (odd !== undefined) {
    const hint = didYouMean(bare(odd), orderedBy(collection));
    const facts = { parameter: 'ordering', ...(hint === undefined ? {} : { hint }) };
    asked.note(`ignored: ${collection.name} cannot be ordered by '${odd}'`, facts);
  }
  if (terms.length === 0) return (collection.settings.defaultSort ?? []).map(sortKey);
  return firstOf('sortKeys', withoutRepeats(terms.map(sortKey)), asked, ({ path }) => path);
}

function sortKey(term: string): Sort {
  const descending = term.startsWith('-');
  // SQLite, on which most projects begin, holds NULL for the smallest value.
  return { path: pathOf(term.replace(/^-/, '')), descending, missing: descending ? 'last' : 'first' };
}

const format = control('other', {
  name: 'format',
  description: 'the format of the answer; `json` is the one that there is',
  example: 'format=json',
});

const search = control(
  'search',
  { name: 'search', description: 'words, each of them in one of the fields', example: 'search=ada sea' },
  (parts, text) => {
    parts.search = text;
  },
);

const ordering = (collection: Collection): DialectParameter =>
  control(
    'sort',
    {
      name: 'ordering',
      description: 'orders by fields; `-` is descending',
      example: `ordering=-${[...orderedBy(collection)][0] ?? 'id'}`,
      write: ({ sort }) =>
        sort ? [['ordering', sort.map((term) => writeSortTerm(term).replaceAll('.', '__')).join(',')]] : [],
    },
    (parts, text) => {
      const { terms } = readTerms(text, collection);
      if (terms.length === 0) return;
      parts.sort = terms.map((term) => ({ field: pathOf(bare(term)), descending: term.startsWith('-') }));
    },
  );

/** What a view reads of a query; which page, and in which order, only where it lists. */
export function parameters(resource: Resource | undefined, action: ActionName): readonly DialectParameter[] {
  if (resource?.kind !== 'collection' || action === 'create' || action === 'root') return [format];
  const conditions = [
    ...(isListed(resource) ? filterParameters(resource) : []),
    ...(resource.settings.search?.length ? [search] : []),
  ];
  if (action !== 'list') return [...conditions, format];
  const order = isListed(resource) ? [ordering(resource)] : [];
  return [...conditions, ...order, ...pageParameters(resource), format];
}

/** The conditions of a query, for a list and, as a view's queryset is filtered there too, for an item. */
export const conditionsOf = (asked: Asked, collection: Collection): Query =>
  conditionsIn(textsOf(asked, collection), asked, collection);

function conditionsIn(texts: ReadonlyMap<string, string>, asked: Asked, collection: Collection): Query {
  if (!isListed(collection)) return {};
  const violations: Violation[] = [];
  const filtered = readFilters(asked, collection, texts, (parameter, message, value) =>
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
  const { search: fields = [] } = collection.settings;
  const found = fields.length > 0 ? readSearch(texts.get('search') ?? '', fields, asked) : undefined;
  const where = both(filtered, found);
  return where ? { where } : {};
}

export function readList(asked: Asked, collection: Collection): Query {
  const texts = textsOf(asked, collection);
  const sort = readOrdering(texts.get('ordering') ?? '', collection, asked);
  const where = conditionsIn(texts, asked, collection);
  const window = windowOf(texts, collection);
  return { ...where, ...(sort.length > 0 ? { sort } : {}), ...(window ? { window } : {}) };
}
