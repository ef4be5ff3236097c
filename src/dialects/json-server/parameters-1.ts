import {
  type ActionName,
  controlRow,
  type DialectParameter,
  filterRow,
  type QueryParts,
  type Resource,
  readSortTerm,
  type Where,
  type WholeOperatorName,
  writeSortTerm,
} from '../../dialect/index.ts';
import { readWhere, splitName } from './where-1.ts';

/** What the parameters of one query add up to. */
export interface Parts extends QueryParts {
  /** Overrides the filters. */
  where?: Where;
  embed?: readonly string[];
}

function family(
  operator: WholeOperatorName,
  description: string,
  example: string,
  name = `{field}:${operator}`,
): DialectParameter {
  const inLowerCase = operator === operator.toLowerCase();
  const aliases = [`{field}:${operator}`, ...(inLowerCase ? [`{field}_${operator}`] : [])];
  const row = filterRow(operator, {
    name,
    aliases: aliases.filter((one) => one !== name),
    description,
    example,
    match: (sent, { collection }) => {
      if (operator !== 'eq' && !sent.endsWith(operator)) return undefined;
      const { path, op } = splitName(sent, collection);
      return op === operator ? path : undefined;
    },
  });
  // Of a filter sent twice, the last counts.
  const read: DialectParameter['read'] = (parts, { values, ...sent }, about) =>
    row.read(parts, { ...sent, values: values.slice(-1) }, about);
  return { ...row, read };
}

const filters = [
  family('eq', 'equals the value', 'title=one', '{field}'),
  family('ne', 'is another', 'views:ne=1'),
  family('lt', 'is less', 'views:lt=10'),
  family('lte', 'is not more', 'views:lte=10'),
  family('gt', 'is more', 'views:gt=10'),
  family('gte', 'is not less', 'views:gte=10'),
  family('in', 'equals one of a list', 'id:in=1,2'),
  family('contains', 'is a text that holds this one; upper and lower case are one', 'title:contains=a'),
  family('startsWith', 'is a text that begins with this one', 'title:startsWith=a'),
  family('endsWith', 'is a text that ends with this one', 'title:endsWith=a'),
];

const control = controlRow<Parts>;
const integer = { type: 'integer' };

/** A number of the first value; what is none is not sent. */
const number = (key: 'page' | 'size', name: string, description: string): DialectParameter =>
  control(
    key,
    { name, schema: integer, description, example: '_page=2&_per_page=20' },
    (parts, { values }) => {
      const count = Number.parseInt(values[0] ?? '', 10);
      if (!Number.isNaN(count)) parts[key] = Math.max(1, count);
    },
  );

const where = control(
  'filter',
  {
    name: '_where',
    description: 'conditions as JSON, with `or`; overrides the other filters',
    example: '_where={"or":[{"views":{"gt":100}},{"title":{"eq":"one"}}]}',
  },
  (parts, { values }, { asked, collection }) => {
    const read = readWhere(values[0], collection, asked);
    if (read) parts.where = read;
  },
);

const sort = control(
  'sort',
  {
    name: '_sort',
    description: 'orders by fields; `-` is descending',
    example: '_sort=-views,title',
    write: (terms) => (terms.sort ? [['_sort', terms.sort.map(writeSortTerm).join(',')]] : []),
  },
  (parts, { values }) => {
    const keys = (values[0] ?? '').split(',').filter((key) => key !== '');
    parts.sort = keys.map(readSortTerm);
  },
);

const embed = control(
  'embed',
  { name: '_embed', description: 'puts related items in', example: '_embed=comments' },
  (parts, { values }) => {
    parts.embed = values;
  },
);

/** Read where a delete looks for what goes along. */
const dependent = control(
  'other',
  {
    name: '_dependent',
    description: 'the children that a delete takes along',
    example: '_dependent=comments',
  },
  () => {},
);

const ofLists = [
  ...filters,
  where,
  sort,
  number('page', '_page', 'which page'),
  number('size', '_per_page', 'how many items a page holds; 10 if it is not given'),
  embed,
];
const ofActions: Partial<Record<ActionName, readonly DialectParameter[]>> = {
  read: [embed],
  remove: [dependent],
};

export const parameters = (
  resource: Resource | undefined,
  action: ActionName,
): readonly DialectParameter[] =>
  resource?.kind === 'collection' && action === 'list' ? ofLists : (ofActions[action] ?? []);
