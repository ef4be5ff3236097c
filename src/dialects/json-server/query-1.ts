import {
  type Asked,
  allOf,
  type Collection,
  type Embed,
  firstOf,
  isPath,
  isWholeOperator,
  type Names,
  type Param,
  type Query,
  readParts,
  type SentParameter,
  type Sort,
  understoodNames,
  type Where,
  type Window,
  withoutRepeats,
} from '../../dialect/index.ts';
import { type Parts, parameters } from './parameters-1.ts';
import { readFilter, splitName } from './where-1.ts';

/** A broken escape is the letter that stands for one. */
export const readParams = (query: string): readonly Param[] => [...new URLSearchParams(query)];

/** An operator that does not exist, behind a field that does, is named where filters are read. */
export function understands(asked: Asked): Names {
  const { action, resource, shelves } = asked;
  const names = understoodNames(parameters(resource, action), asked);
  if (resource?.kind !== 'collection' || action !== 'list') return names;
  return {
    has: (name) => names.has(name) || isPath(shelves, resource, splitName(name, resource).path),
    [Symbol.iterator]: () => names[Symbol.iterator](),
  };
}

function sorting({ sort = [] }: Parts, asked: Asked): readonly Sort[] {
  const keys = sort.map(
    ({ field: path, descending }): Sort => ({ path, descending, missing: 'last', text: 'natural' }),
  );
  return firstOf('sortKeys', withoutRepeats(keys), asked, ({ path }) => path);
}

const windowOf = ({ page, size: limit = 10 }: Parts): Window | undefined =>
  page === undefined ? undefined : { offset: (page - 1) * limit, limit, clamp: true };

/** A collection's name embeds children, which may be none; any other a parent. */
const embeds = ({ embed = [] }: Parts, asked: Asked): Embed[] =>
  firstOf('embeds', embed, asked).map((name) => ({
    name,
    query: {},
    absent: asked.shelves.model.resources.has(name) ? 'empty' : 'omit',
  }));

/** Every parameter of a list that is not reserved is a filter; one of a field that there is not finds nothing. */
function filters(parts: Parts, unknown: readonly SentParameter[], asked: Asked, collection: Collection) {
  for (const { name } of unknown) {
    const { op } = splitName(name, collection);
    if (!isWholeOperator(op)) asked.note(`ignored: '${name}' has no operator '${op}'`);
  }
  const read = firstOf('conditions', parts.filters, asked, ({ name }) => name);
  return allOf(read.map((one): Where => readFilter(one, collection, asked)));
}

export function listQuery(asked: Asked, collection: Collection): Query {
  const parts: Parts = { filters: [] };
  const unknown = readParts(parts, readParams(asked.query), { asked, collection });
  const where = parts.where ?? filters(parts, unknown, asked, collection);
  const window = windowOf(parts);
  return {
    ...(where ? { where } : {}),
    sort: sorting(parts, asked),
    ...(window ? { window } : {}),
    embed: embeds(parts, asked),
  };
}

export function itemQuery(asked: Asked, collection: Collection): Query {
  const parts: Parts = { filters: [] };
  readParts(parts, readParams(asked.query), { asked, collection });
  return { embed: embeds(parts, asked) };
}
