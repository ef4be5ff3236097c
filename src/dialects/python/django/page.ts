import {
  type Asked,
  COUNT,
  type Collection,
  type DialectParameter,
  type Page,
  Problem,
  type QueryParts,
  readParams,
  type Window,
} from '../../../dialect/index.ts';
import { pythonInt } from '../numbers.ts';
import { control, sizeAndOffset } from '../texts.ts';

type Params = ReadonlyMap<string, string>;

/** One way of paging: where a page begins, and the links around it. A link is the parameters that change. */
interface Style {
  window(params: Params, collection: Collection): Window | undefined;
  links(page: Page): { readonly next?: Changes; readonly previous?: Changes };
  /** Whether a page knows how many items there are in all. */
  readonly counts: boolean;
  /** The parameters that page a list of a collection. */
  parameters(collection: Collection): readonly DialectParameter[];
}

type Changes = Readonly<Record<string, string | undefined>>;

/** Far behind any last page, for `page=last`. */
const LAST = 2 ** 40;

/** A size that a client asks for, within what the config allows. */
function sizeOf(text: string | undefined, { settings }: Collection): number | undefined {
  const asked = text === undefined ? undefined : pythonInt(text);
  const size = asked !== undefined && asked > 0 ? asked : settings.pageSize;
  return size === undefined ? undefined : Math.min(size, settings.maxPageSize ?? size);
}

/** The size that a text asks for by itself. */
const givenSize = (text: string, collection: Collection): number | undefined =>
  (pythonInt(text) ?? 0) > 0 ? sizeOf(text, collection) : undefined;

function setSize(parts: QueryParts, size: number | undefined): void {
  if (size !== undefined) parts.size = size;
}

const pageRow = control(
  'page',
  { name: 'page', schema: COUNT, description: 'which page; `last` is the last one', example: 'page=2' },
  (parts, text) => {
    const number = pythonInt(text);
    if (number !== undefined && number > 0) parts.page = number;
  },
);

const pageSizeRow = {
  name: 'page_size',
  description: 'how many items a page holds',
  example: 'page_size=50',
};

const page: Style = {
  counts: true,
  parameters(collection) {
    const { pageSize, maxPageSize } = collection.settings;
    const schema = maxPageSize === undefined ? COUNT : { ...COUNT, maximum: maxPageSize };
    const size = { ...pageSizeRow, schema };
    return [
      ...(pageSize === undefined && maxPageSize === undefined ? [] : [pageRow]),
      ...(maxPageSize === undefined
        ? []
        : [control('size', size, (parts, text) => setSize(parts, givenSize(text, collection)))]),
    ];
  },
  window(params, collection) {
    // As with page_size_query_param: a client chooses where a largest size is set.
    const { maxPageSize } = collection.settings;
    const limit = sizeOf(maxPageSize === undefined ? undefined : params.get('page_size'), collection);
    if (limit === undefined) return undefined;
    const text = params.get('page') || '1';
    if (text === 'last') return { offset: LAST, limit, clamp: true };
    const number = pythonInt(text);
    if (number === undefined || number < 1) throw noPage();
    return { offset: (number - 1) * limit, limit };
  },
  links({ offset, limit = 1, total }) {
    const number = offset / limit + 1;
    return {
      ...(offset + limit < total ? { next: { page: String(number + 1) } } : {}),
      ...(number > 1 ? { previous: { page: number === 2 ? undefined : String(number - 1) } } : {}),
    };
  },
};

const limitOffset: Style = {
  counts: true,
  parameters: (collection) =>
    sizeAndOffset(
      [
        {
          name: 'limit',
          schema: COUNT,
          description: 'how many items at most',
          example: 'limit=20&offset=40',
        },
        {
          name: 'offset',
          schema: { type: 'integer', minimum: 0 },
          description: 'how many items to leave out before',
          example: 'limit=20&offset=40',
        },
      ],
      (text) => givenSize(text, collection),
      sizeOf(undefined, collection) ?? 1,
    ),
  window(params, collection) {
    const limit = sizeOf(params.get('limit'), collection);
    if (limit === undefined) return undefined;
    const offset = pythonInt(params.get('offset') ?? '');
    return { offset: offset !== undefined && offset >= 0 ? offset : 0, limit };
  },
  links({ offset, limit = 1, total }) {
    const back = offset - limit;
    return {
      ...(offset + limit < total ? { next: { limit: String(limit), offset: String(offset + limit) } } : {}),
      ...(offset > 0
        ? { previous: { limit: String(limit), offset: back > 0 ? String(back) : undefined } }
        : {}),
    };
  },
};

const cursorRow = control('other', {
  name: 'cursor',
  description: 'walks on from where a page ended, as its link says',
  example: 'cursor=…',
});

/** Forward only: there is no way back from an item that may be gone. */
const cursor: Style = {
  counts: false,
  parameters: ({ settings }) => (settings.pageSize === undefined ? [] : [cursorRow]),
  window(params, collection) {
    const limit = sizeOf(undefined, collection);
    return limit === undefined ? undefined : { cursor: params.get('cursor') ?? '', limit };
  },
  links: ({ next }) => (next === undefined ? {} : { next: { cursor: next } }),
};

const styles: Readonly<Record<string, Style>> = {
  page,
  'limit-offset': limitOffset,
  'skip-limit': limitOffset,
  cursor,
};

const styleOf = ({ settings }: Collection): Style => styles[settings.pagination ?? 'page'] ?? page;

const noPage = (): Problem => new Problem('no-page', 'Invalid page.');

/** The parameters of a query; of one that is sent several times, the last counts. */
export const paramsOf = (asked: Asked): Params => new Map(readParams(asked.query));

/** The parameters that page a list. */
export const pageParameters = (collection: Collection): readonly DialectParameter[] =>
  styleOf(collection).parameters(collection);

/** The stretch of a list that is asked for; undefined where lists are whole. */
export const windowOf = (texts: Params, collection: Collection): Window | undefined =>
  styleOf(collection).window(texts, collection);

/** What stands around the items of a page. */
export function envelope(found: Page, asked: Asked): Record<string, unknown> {
  const style = styleOf(asked.resource as Collection);
  // A page behind the last one is refused where pages have numbers.
  if (style === page && found.offset > 0 && found.offset >= found.total) throw noPage();
  const { next, previous } = style.links(found);
  return {
    ...(style.counts ? { count: found.total } : {}),
    next: next ? link(asked, next) : null,
    previous: previous ? link(asked, previous) : null,
  };
}

/** The URL of this list with other parameters, sorted by name as Django's own links are. */
function link(asked: Asked, changes: Changes): string {
  const kept = readParams(asked.sentQuery).filter(([name]) => !Object.hasOwn(changes, name));
  const set = Object.entries(changes).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = [...kept, ...set]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map((pair) => pair.map(quote).join('='))
    .join('&');
  return `${asked.origin}${asked.path}${query === '' ? '' : `?${query}`}`;
}

/** As Python's `quote_plus`. */
const quote = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
