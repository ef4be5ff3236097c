import {
  type ActionName,
  badParameter,
  COUNT,
  type Collection,
  checkBound,
  controlRow,
  countUpTo,
  type DialectParameter,
  type Resource,
  readSortTerm,
  splitOutside,
  wholeNumber,
  writeSortTerm,
} from '../../dialect/index.ts';
import { readEmbed } from './embed.ts';
import { readWhere } from './filter.ts';
import { filterRows } from './filters.ts';
import { countConditions, type RestParts } from './parts.ts';
import { type Place, readPaths } from './place.ts';
import { readWords } from './query.ts';
import { maxPage } from './window.ts';

const control = controlRow<RestParts, Place>;

const paths = (text: string): string[] => text.split(',').filter((path) => path !== '');

const embedding = control(
  'embed',
  {
    name: '_embed',
    description: 'puts related items in; in brackets, what is asked of them',
    example: '_embed=comments(_limit=3).author,tags',
  },
  (parts, { values }, place) => {
    const { level = 0, embeds = countUpTo('embeds') } = place;
    const inner = (collection: Collection, words: string, below: number) =>
      readWords(words, { asked: place.asked, collection, level: below, embeds });
    for (const text of values) {
      const names = splitOutside(text, ',').filter((path) => path !== '');
      embeds(names.length);
      const found = readEmbed(place.asked.shelves, place.collection, names, inner, level);
      parts.embed = [...(parts.embed ?? []), ...found];
    }
  },
);

/** Behind `_embed`: what is put in may be picked, too. */
const picking = control(
  'fields',
  { name: '_fields', description: 'keeps these fields only', example: '_fields=id,title' },
  (parts, { values }, place) => {
    const embeds = new Set(parts.embed?.map(({ name }) => name));
    for (const text of values) {
      const { fields = [] } = parts;
      checkBound('fields', fields.length + paths(text).length);
      const own = paths(text).filter((path) => !embeds.has(path));
      parts.fields = [...fields, ...readPaths('_fields', own.join(','), place)];
    }
  },
);

const conditions = control(
  'filter',
  {
    name: '_where',
    description: 'conditions as JSON, with `and`, `or` and `not`',
    example: '_where={"or":[{"id":{"lte":3}},{"user.name":"Orla"}]}',
  },
  (parts, { values }, { asked, collection }) => {
    const count = (more: number) => countConditions(parts, more);
    parts.where = values.map((text) => readWhere(asked.shelves, collection, text, count));
  },
);

const searching = [
  control(
    'search',
    { name: 'q', description: 'a text anywhere in the item', example: 'q=umbrella' },
    (parts, { values }) => {
      parts.search = values.findLast((text) => text !== '') ?? '';
    },
  ),
  control(
    'other',
    { name: '_q', description: 'the fields that `q` looks at', example: '_q=title,body' },
    (parts, { values }, place) => {
      for (const text of values) {
        parts.searchIn = readPaths('_q', text, place);
        checkBound('fields', parts.searchIn.length);
      }
    },
  ),
];

const sorting = [
  control(
    'sort',
    {
      name: '_sort',
      description: 'orders by fields; `-` is descending',
      example: '_sort=-userId,title',
      write: ({ sort }) => (sort ? [['_sort', sort.map(writeSortTerm).join(',')]] : []),
    },
    (parts, { values }, place) => {
      const bare = (key: string) => readSortTerm(key).field;
      parts.sort = values.flatMap((text) => readPaths('_sort', text, place, bare)).map(readSortTerm);
    },
  ),
  control(
    'sort',
    {
      name: '_order',
      description: '`asc` or `desc` for each field of `_sort`',
      example: '_sort=userId,id&_order=desc,asc',
      write: () => [],
    },
    (parts, { values }) => {
      for (const text of values) checkOrder(text);
      const text = values.at(-1) ?? '';
      if (!parts.sort) throw badParameter('_order', text.toLowerCase(), '_order goes with _sort');
      const words = text.toLowerCase().split(',');
      parts.sort = parts.sort.map((key, i) => (words[i] === 'desc' ? { ...key, descending: true } : key));
    },
  ),
];

function checkOrder(text: string): void {
  const odd = text
    .toLowerCase()
    .split(',')
    .find((word) => word !== 'asc' && word !== 'desc');
  if (odd !== undefined) throw badParameter('_order', text, `_order takes asc or desc, got '${odd}'`);
}

const MOST_ITEMS = 1e9;
const position = { type: 'integer', minimum: 0 };

function lastNumber(name: string, values: readonly string[], min: number, max = MOST_ITEMS): number {
  return values.map((text) => wholeNumber(name, text, min, max)).at(-1) as number;
}

/** A page, and how many items it holds at most. */
const paging = (most: number) => [
  control(
    'page',
    { name: '_page', schema: COUNT, description: 'which page', example: '_page=2&_limit=20' },
    (parts, { name, values }) => {
      parts.page = lastNumber(name, values, 1);
    },
  ),
  control(
    'size',
    {
      name: '_limit',
      aliases: ['_per_page'],
      schema: { ...position, maximum: most },
      description: 'how many items a page holds; 10 where only the page is given',
      example: '_limit=20',
    },
    (parts, { name, values }, place) => {
      parts.size = lastNumber(name, values, 0, maxPage(place));
    },
  ),
  control(
    'other',
    {
      name: '_start',
      schema: position,
      description: 'how many items to leave out at the beginning',
      example: '_start=20&_end=40',
    },
    (parts, { name, values }) => {
      parts.start = lastNumber(name, values, 0);
    },
  ),
  control(
    'other',
    { name: '_end', schema: position, description: 'where to end', example: '_start=20&_end=40' },
    (parts, { name, values }) => {
      parts.end = lastNumber(name, values, 0);
    },
  ),
  control(
    'other',
    {
      name: '_cursor',
      description: 'walks on from where a page ended; empty to begin',
      example: '_cursor=&_limit=20',
    },
    (parts, { values }) => {
      parts.cursor = values.at(-1) ?? '';
    },
  ),
];

/** In the order in which they are read. A field of such a name is meant first. */
const rowsFor = (most: number): readonly DialectParameter[] => [
  ...filterRows,
  ...[conditions, ...searching, ...sorting, ...paging(most), embedding, picking].map((row) => ({
    ...row,
    yields: true,
  })),
];

/** The rows of lists; of one item, what to show of it. */
export function parameters(resource: Resource | undefined, action: ActionName): readonly DialectParameter[] {
  if (action === 'read' && resource?.kind === 'singleton') return [picking];
  if (resource?.kind !== 'collection') return [];
  if (action === 'read') return [embedding, picking];
  return action === 'list' ? rowsFor(maxPage({ collection: resource })) : [];
}
