import {
  type About,
  type DialectParameter,
  filterRow,
  isField,
  type JsonObject,
} from '../../dialect/index.ts';
import { isKnownPath } from './place.ts';

const isKnown = (path: string, { asked, collection }: About): boolean =>
  isKnownPath(asked.shelves, collection, path);

/** The path before one of these operators; `_` parts them only where nothing else does. */
function pathBefore(words: readonly string[], name: string, about: About): string | undefined {
  const separator = name.lastIndexOf(':') > 0 ? ':' : '_';
  const word = words.find((one) => name.endsWith(separator + one));
  const path = word === undefined ? '' : name.slice(0, -word.length - 1);
  return path !== '' && isKnown(path, about) ? path : undefined;
}

interface Spelling {
  /** The operator's names, where it has several. */
  readonly words: readonly string[];
  readonly schema: JsonObject;
}

/** The filters on any path, by the words of their operator; each has an underscore before it too, as json-server has. */
function family(
  operator: string,
  description: string,
  example: string,
  { words = [operator], schema = { type: 'string' } }: Partial<Spelling> = {},
): DialectParameter {
  const spellings = words.flatMap((word) => [`{field}:${word}`, `{field}_${word}`]);
  return filterRow(operator, {
    name: `{field}:${operator}`,
    aliases: spellings.filter((one) => one !== `{field}:${operator}`),
    schema,
    description,
    example,
    match: (name, about) => pathBefore(words, name, about),
  });
}

const equality: DialectParameter = filterRow('eq', {
  name: '{field}',
  aliases: ['{field}:eq', '{field}_eq'],
  description: 'equals one of the values, by the type that is stored',
  example: 'userId=1',
  match: (name, about) => {
    if (isField(about.asked.shelves, about.collection, name)) return name;
    return !name.includes(':') && isKnown(name, about) ? name : pathBefore(['eq'], name, about);
  },
});

/** One row an operator. A name that is a field is a field first. */
export const filterRows: readonly DialectParameter[] = [
  equality,
  family('ne', 'has a value, and none of these', 'userId:ne=1'),
  family('lt', 'is less', 'area:lt=100000'),
  family('lte', 'is not more', 'area:lte=100000'),
  family('gt', 'is more', 'area:gt=100000'),
  family('gte', 'is not less', 'area:gte=100000'),
  family('in', 'equals one of a list', 'name:in=Portugal,Kenya'),
  family('nin', 'has a value, and none of a list', 'name:nin=Portugal,Kenya'),
  family('contains', 'holds the text; upper and lower case are one', 'title:contains=clocks', {
    words: ['contains', 'like'],
  }),
  family('startsWith', 'begins with the text', 'title:startsWith=The'),
  family('endsWith', 'ends with the text', 'title:endsWith=s'),
  family('exists', 'has a value, or has none', 'isbn13:exists=true', { schema: { type: 'boolean' } }),
];
