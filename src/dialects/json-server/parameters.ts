import {
  type ActionName,
  type Collection,
  controlRow,
  type DialectParameter,
  type Embed,
  filterRow,
  isPath,
  type QueryParts,
  type Resource,
} from '../../dialect/index.ts';

/** What the parameters of one query add up to. */
export interface Parts extends QueryParts {
  start?: number;
  end?: number;
  embed?: Embed[];
}

const SUFFIXES = ['_gte', '_lte', '_ne', '_like'];

/** `views_gte` asks for a field `views` by an operator, unless it is a field itself. */
const suffixOf = (name: string, { fields }: Collection): string | undefined =>
  fields.has(name) ? undefined : SUFFIXES.find((one) => name.endsWith(one) && name.length > one.length);

const family = (operator: string, description: string, example: string): DialectParameter => {
  const suffix = `_${operator}`;
  return filterRow(operator, {
    name: `{field}${suffix}`,
    description,
    example,
    match: (name, { collection }) =>
      name.endsWith(suffix) && suffixOf(name, collection) === suffix
        ? name.slice(0, -suffix.length)
        : undefined,
  });
};

const filters: readonly DialectParameter[] = [
  filterRow('eq', {
    name: '{field}',
    description: 'equals one of the values, as text',
    example: 'title=one',
    match: (name, { asked, collection }) =>
      suffixOf(name, collection) === undefined && isPath(asked.shelves, collection, name) ? name : undefined,
  }),
  family('gte', 'is not less', 'views_gte=10'),
  family('lte', 'is not more', 'views_lte=10'),
  family('ne', 'is another', 'id_ne=1'),
  family('like', 'fits a pattern; upper and lower case are one', 'title_like=^server'),
];

const control = controlRow<Parts>;

/** As leniently as they always were: what stands before the first letter that is no digit, or nothing. */
const whole = (text: string): number => Number.parseInt(text, 10) || 0;

const integer = { type: 'integer' };

/** A number that is read from the first value; an empty one is none. */
const number = (
  kind: 'page' | 'size' | 'other',
  given: Pick<DialectParameter, 'name' | 'description' | 'example'>,
  key: 'page' | 'size' | 'start' | 'end',
  least = Number.NEGATIVE_INFINITY,
) =>
  control(kind, { ...given, schema: integer }, (parts, { values: [text = ''] }) => {
    if (text !== '') parts[key] = Math.max(least, whole(text));
  });

const paging = [
  number(
    'page',
    { name: '_page', description: 'which page, from 1', example: '_page=2&_limit=20' },
    'page',
    1,
  ),
  number(
    'size',
    { name: '_limit', description: 'how many items; 10 where only the page is given', example: '_limit=20' },
    'size',
  ),
  number('other', { name: '_start', description: 'where to begin', example: '_start=20&_end=30' }, 'start'),
  number('other', { name: '_end', description: 'where to end', example: '_start=20&_end=30' }, 'end'),
];

const sorting = [
  control(
    'sort',
    {
      name: '_sort',
      description: 'orders by fields',
      example: '_sort=user,views&_order=desc,asc',
      write: ({ sort }) => (sort ? [['_sort', sort.map(({ field }) => field).join(',')]] : []),
    },
    (parts, { values: [text = ''] }) => {
      parts.sort = text
        .split(',')
        .filter((field) => field !== '')
        .map((field) => ({ field, descending: false }));
    },
  ),
  control(
    'sort',
    {
      name: '_order',
      description: '`asc` or `desc` for each field of `_sort`',
      example: '_sort=user,views&_order=desc,asc',
      write: ({ sort = [] }) =>
        sort.some(({ descending }) => descending)
          ? [['_order', sort.map(({ descending }) => (descending ? 'desc' : 'asc')).join(',')]]
          : [],
    },
    (parts, { values: [text = ''] }) => {
      const words = text.toLowerCase().split(',');
      if (parts.sort)
        parts.sort = parts.sort.map(({ field }, i) => ({ field, descending: words[i] === 'desc' }));
    },
  ),
];

/** `_embed` names children, `_expand` a parent; neither reaches further. */
const embedding = [
  control(
    'embed',
    { name: '_embed', description: 'puts the children of a name in', example: '_embed=comments' },
    (parts, { values }) => {
      parts.embed = values.map((name): Embed => ({ name, query: {}, absent: 'empty', single: false }));
    },
  ),
  control(
    'embed',
    { name: '_expand', description: 'puts the parent of a name in', example: '_expand=post' },
    (parts, { values }) => {
      const parents = values.map((name): Embed => ({ name, query: {}, absent: 'omit', single: true }));
      parts.embed = [...(parts.embed ?? []), ...parents];
    },
  ),
];

const search = control(
  'search',
  { name: 'q', description: 'a text anywhere in the item', example: 'q=internet' },
  (parts, { values: [text = ''] }) => {
    parts.search = text;
  },
);

/** Read where the answer is written. */
const other = (name: string, description: string, example: string) =>
  control('other', { name, description, example }, () => {});

const always = [
  other('_delay', 'holds the answer back, in milliseconds', '_delay=500'),
  other('callback', 'the answer is a script that calls this function (JSONP)', 'callback=show'),
  other('_', 'ignored: keeps a browser from a kept answer', '_=1700000000000'),
];

const ofItems = [...embedding, ...always];
const ofLists = [...filters, search, ...sorting, ...paging, ...ofItems];

export function parameters(resource: Resource | undefined, action: ActionName): readonly DialectParameter[] {
  if (resource?.kind !== 'collection') return always;
  return action === 'list' ? ofLists : action === 'read' ? ofItems : always;
}
