import {
  type About,
  allOf,
  checkBound,
  didYouMean,
  Problem,
  parameterTable,
  pathNames,
  type Query,
  readParams,
  readParts,
  readSortTerm,
  type Sort,
  type SortTerm,
  type Where,
  withoutRepeats,
} from '../../dialect/index.ts';
import { checkOperator, toCondition } from './filter.ts';
import { countConditions, type RestParts } from './parts.ts';
import type { Place } from './place.ts';
import { windowOf } from './window.ts';

/** Reads the words of a query, asked of a collection. */
export const readQuery = (words: string, { asked, collection }: About): Query =>
  readWords(words, { asked, collection });

/** What is neither a field nor a control is named, or refused where that is asked for. */
export function readWords(words: string, place: Place): Query {
  const parts: RestParts = { filters: [] };
  const unknown = readParts(parts, readParams(words), place);
  countConditions(parts, parts.filters.length + unknown.length);
  const conditions = parts.filters.map(toCondition);
  for (const { name } of unknown) ignore(name, place);
  return finish(parts, conditions, place);
}

function ignore(name: string, { asked, collection }: Place): void {
  checkOperator(name);
  const known = [
    ...pathNames(asked.shelves, collection),
    ...parameterTable(asked.parameters(collection)).plain.keys(),
  ];
  const stem = name.slice(0, Math.max(name.lastIndexOf(':'), name.lastIndexOf('_')));
  const hint = didYouMean(name, known) ?? (stem === '' ? undefined : didYouMean(stem, known));
  const message = `'${name}' is no field of ${collection.name} and no parameter`;
  const facts = { parameter: name, ...(hint ? { hint } : {}) };
  if (asked.strict) throw new Problem('unknown-parameter', message, facts);
  asked.note(`ignored: ${message}`, facts);
}

const sortKey = ({ field: path, descending }: SortTerm): Sort => ({ path, descending, missing: 'last' });

function finish(parts: RestParts, filters: readonly Where[], place: Place): Query {
  const { search, searchIn, embed, fields } = parts;
  const where = allOf([...(parts.where ?? []), ...filters]);
  const sort = withoutRepeats((parts.sort ?? defaultSort(place)).map(sortKey));
  if (parts.sort) checkBound('sortKeys', sort.length);
  const window = windowOf(parts, place);
  // What is embedded is kept whole, unless paths into it say which part.
  const whole = (embed ?? []).filter(({ name }) => !fields?.some((path) => path.startsWith(`${name}.`)));
  return {
    ...(where ? { where } : {}),
    ...(search === undefined && !searchIn
      ? {}
      : { search: { text: search ?? '', ...(searchIn ? { paths: searchIn } : {}) } }),
    ...(sort.length > 0 ? { sort } : {}),
    ...(window ? { window } : {}),
    ...(embed ? { embed } : {}),
    ...(fields ? { fields: [...fields, ...whole.map(({ name }) => name)] } : {}),
  };
}

/** The config was checked when it was read: a field that is not there is no fault of this client's. */
const defaultSort = ({ level = 0, collection }: Place): SortTerm[] =>
  level > 0 ? [] : (collection.settings.defaultSort ?? []).map(readSortTerm);
