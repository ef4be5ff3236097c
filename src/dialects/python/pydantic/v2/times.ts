import { type Clock, type Day, fromUnix, showClock, showDay, WATERSHED } from '../clock.ts';
import { readDuration, showDuration } from '../duration.ts';
import { badText, Fault, fault, type Reader } from '../fault.ts';
import { scan, Unreadable } from '../scan.ts';

const UTC = 'Z';
const DAY = 86_400;
/** The last second of the year 9999 and the first of the year 0. */
const [LAST, FIRST] = [253_402_300_799, -62_167_219_200];

const TEXT_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** The number of a value that is one, or a text of digits. */
function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && TEXT_NUMBER.test(value) ? Number(value) : undefined;
}

function fromNumber(number: number): (Day & Clock) | string {
  const seconds = Math.abs(number) > WATERSHED ? number / 1000 : number;
  if (seconds > LAST) return 'dates after 9999 are not supported as unix timestamps';
  if (seconds < FIRST) return 'dates before 0000 are not supported as unix timestamps';
  return fromUnix(seconds);
}

const moment = (text: string): (Day & Clock) | Unreadable =>
  scan(text, (scanner) => {
    const day = scanner.day();
    scanner.need(1);
    scanner.skip(/[Tt_ ]/, 'invalid datetime separator, expected `T`, `t`, `_` or space');
    return { ...day, ...scanner.clock(), offset: scanner.zone() };
  });

const day = (text: string): Day | Unreadable => scan(text, (scanner) => scanner.day());

export const date: Reader = (value) => {
  if (typeof value === 'string') {
    const found = day(value);
    if (!(found instanceof Unreadable)) return showDay(found);
  }
  const number = numeric(value);
  const found =
    number !== undefined ? fromNumber(number) : typeof value === 'string' ? moment(value) : undefined;
  if (found === undefined) return fault('date');
  if (typeof found === 'string') return badText('date', found);
  if (found instanceof Unreadable) return badText('date', found.message);
  const { hour, minute, second, micro } = found;
  return hour + minute + second + micro > 0 ? fault('date.inexact') : showDay(found);
};

export const datetime: Reader = (value) => {
  const number = numeric(value);
  if (number !== undefined) {
    const found = fromNumber(number);
    return typeof found === 'string' ? fault('datetime.number', { error: found }) : show(found);
  }
  if (typeof value !== 'string') return fault('datetime');
  const found = moment(value);
  if (!(found instanceof Unreadable)) return show(found);
  const only = day(value);
  return only instanceof Unreadable ? badText('datetime', only.message) : `${showDay(only)}T00:00:00`;
};

const show = (found: Day & Clock): string => `${showDay(found)}T${showClock(found, UTC)}`;

export const time: Reader = (value) => {
  if (typeof value === 'number') {
    if (value < 0) return badText('time', 'time in seconds should be positive');
    if (value >= DAY) return badText('time', 'numeric times may not exceed 86,399 seconds');
    return showClock(fromUnix(value), UTC);
  }
  if (typeof value !== 'string') return fault('time');
  const found = scan(value, (scanner) => ({ ...scanner.clock(), offset: scanner.zone() }));
  return found instanceof Unreadable ? badText('time', found.message) : showClock(found, UTC);
};

const MOST_DAYS = 999_999_999;

export const timedelta: Reader = (value) => {
  const seconds = typeof value === 'string' ? readDuration(value) : value;
  if (seconds instanceof Fault) return seconds;
  if (typeof seconds !== 'number' && typeof seconds !== 'boolean') return fault('timedelta');
  return Math.abs(Number(seconds)) > MOST_DAYS * DAY
    ? badText('timedelta', 'durations may not exceed 999,999,999 days')
    : showDuration(Number(seconds));
};
