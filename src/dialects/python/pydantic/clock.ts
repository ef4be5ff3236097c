export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
  /** Minutes east of UTC; undefined for a time that names no zone. */
  readonly offset?: number | undefined;
}

const two = (number: number): string => String(number).padStart(2, '0');

export const showDay = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** `utc` is how the backend writes the offset zero. */
export function showClock({ hour, minute, second, micro, offset }: Clock, utc: string): string {
  const fraction = micro > 0 ? `.${String(micro).padStart(6, '0')}` : '';
  const time = `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
  if (offset === undefined) return time;
  if (offset === 0) return `${time}${utc}`;
  const size = Math.abs(offset);
  return `${time}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export function isDay({ year, month, day }: Day): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The moment so many seconds after 1970, in UTC. */
export function fromUnix(seconds: number): Day & Clock {
  const micros = Math.round((seconds - Math.floor(seconds)) * 1e6);
  const date = new Date((Math.floor(seconds) + Math.floor(micros / 1e6)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    micro: micros % 1e6,
    offset: 0,
  };
}

/** Numbers beyond this are milliseconds: as seconds it is the year 2603. */
export const WATERSHED = 2e10;

/** Digits behind a decimal point as microseconds; more than six are cut off. */
export const micros = (digits: string): number => Number(digits.slice(0, 6).padEnd(6, '0'));
