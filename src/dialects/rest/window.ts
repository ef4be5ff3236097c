import { type Asked, badParameter, readParams, type Window } from '../../dialect/index.ts';
import type { Place } from './place.ts';

export const MAX_PAGE = 10_000;
const DEFAULT_PAGE = 10;

/** The numbers that page a list, as far as they were sent. */
export interface Paging {
  page?: number;
  size?: number;
  start?: number;
  end?: number;
  cursor?: string;
}

export const maxPage = ({ collection }: Pick<Place, 'collection'>): number =>
  collection.settings.maxPageSize ?? MAX_PAGE;

/** Every style of paging becomes an offset or a cursor, and a limit. Two styles at once are a contradiction. */
export function windowOf(query: Paging, place: Place): Window | undefined {
  const { page, size: limit, start, end, cursor } = query;
  const { level = 0 } = place;
  const { settings } = place.collection;
  const styles = [
    page !== undefined && '_page',
    (start !== undefined || end !== undefined) && '_start/_end',
    cursor !== undefined && '_cursor',
  ].filter(Boolean);
  if (styles.length > 1)
    throw badParameter(String(styles[0]), '', `page by one of ${styles.join(' and ')}, not both`);
  if (end !== undefined && limit !== undefined)
    throw badParameter('_end', String(end), 'page by _end or _limit, not both');
  const most = maxPage(place);
  const size = limit ?? settings.pageSize ?? DEFAULT_PAGE;
  if (cursor !== undefined) return { cursor, limit: size };
  if (page !== undefined) return { offset: (page - 1) * size, limit: size };
  if (end !== undefined) {
    const length = Math.max(0, end - (start ?? 0));
    if (length > most)
      throw badParameter('_end', String(end), `a page holds at most ${most} items, asked for ${length}`);
    return { offset: start ?? 0, limit: length };
  }
  if (start !== undefined) return { offset: start, limit: limit ?? most };
  const range = level > 0 ? undefined : rangeOf(place);
  if (range) return range;
  if (limit !== undefined) return { offset: 0, limit };
  if (level > 0) return undefined;
  return settings.pageSize === undefined ? undefined : { offset: 0, limit: settings.pageSize };
}

const PAGING = ['_page', '_start', '_end', '_cursor'];

/** Whether a Range header decides the page (RFC 9110, 14.2: for GET only, and another unit is ignored). */
export const isRange = (asked: Asked): boolean =>
  asked.method === 'GET' &&
  /^items\s*=/.test(asked.header('range')) &&
  !readParams(asked.query).some(([name]) => PAGING.includes(name));

/** `Range: items=0-9`, a range unit of our own. */
function rangeOf(place: Place): Window | undefined {
  if (!isRange(place.asked)) return undefined;
  const header = place.asked.header('range');
  const match = /^items\s*=\s*(\d+)-(\d*)$/.exec(header);
  const first = Number(match?.[1]);
  const length = match?.[2] === '' ? maxPage(place) : Number(match?.[2]) - first + 1;
  if (!(length >= 1))
    throw badParameter('Range', header, `Range takes items=<first>-<last>, got '${header}'`);
  if (length > maxPage(place))
    throw badParameter('Range', header, `a page holds at most ${maxPage(place)} items`);
  return { offset: first, limit: length };
}
