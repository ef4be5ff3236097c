import { pythonFloat } from '../../numbers.ts';
import { type Clock, type Day, fromUnix, isDay, micros, showClock, showDay, WATERSHED } from '../clock.ts';
import type { Reader } from '../fault.ts';
import { badText, Fault, fault } from '../fault.ts';

const UTC = '+00:00';
const DATE = String.raw`(\d{4})-(\d{1,2})-(\d{1,2})`;
const TIME = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d{0,6})?)?(Z|[+-]\d{2}(?::?\d{2})?)?`;
const dateText = new RegExp(`^${DATE}$`);
const timeText = new RegExp(`^${TIME}$`);
const datetimeText = new RegExp(`^${DATE}[T ]${TIME}$`);

/** A number, or a text that is one; a text that is none is undefined. */
function numeric(value: unknown, kind: string): number | Fault | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return fault('expected', { kind });
  return pythonFloat(value);
}

/** Seconds since 1970; what is too large for seconds is milliseconds, or still smaller parts. */
function unix(number: number): number {
  let seconds = number;
  while (Math.abs(seconds) > WATERSHED) seconds /= 1000;
  return seconds;
}

function dayOf([year, month, day]: readonly (string | undefined)[]): Day | undefined {
  const found = { year: Number(year), month: Number(month), day: Number(day) };
  return isDay(found) && found.year > 0 ? found : undefined;
}

function clockOf([hour, minute, second, fraction, zone]: readonly (string | undefined)[]): Clock | undefined {
  const clock = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    micro: micros(fraction ?? ''),
    offset: offsetOf(zone),
  };
  const fits = clock.hour < 24 && clock.minute < 60 && clock.second < 60;
  return fits && Math.abs(clock.offset ?? 0) < 24 * 60 ? clock : undefined;
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

export const date: Reader = (value) => {
  const number = numeric(value, 'date');
  if (number instanceof Fault) return number;
  if (number !== undefined)
    return Number.isFinite(number) ? showDay(fromUnix(unix(number))) : badText('date');
  const day = dayOf((dateText.exec(String(value)) ?? []).slice(1));
  return day ? showDay(day) : badText('date');
};

export const datetime: Reader = (value) => {
  const number = numeric(value, 'datetime');
  if (number instanceof Fault) return number;
  if (number !== undefined)
    return Number.isFinite(number) ? show(fromUnix(unix(number))) : badText('datetime');
  const parts = (datetimeText.exec(String(value)) ?? []).slice(1);
  const [day, clock] = [dayOf(parts), clockOf(parts.slice(3))];
  return day && clock ? show({ ...day, ...clock }) : badText('datetime');
};

const show = (moment: Day & Clock): string => `${showDay(moment)}T${showClock(moment, UTC)}`;

const DAY = 86_400;

export const time: Reader = (value) => {
  const number = numeric(value, 'time');
  if (number instanceof Fault) return number;
  if (number !== undefined) {
    if (!(number >= 0 && number < DAY)) return badText('time');
    return showClock({ ...fromUnix(number), offset: undefined }, UTC);
  }
  const clock = clockOf((timeText.exec(String(value)) ?? []).slice(1));
  return clock ? showClock(clock, UTC) : badText('time');
};

/** `1 days, 02:03:04.5`, and shorter ones down to the seconds alone. */
const PLAIN =
  /^(?:(-?\d+) (?:days?, )?)?(?:(-?\d+):(?=\d+:\d+))?(?:(-?\d+):)?(-?\d+)(?:\.(\d{1,6})\d{0,6})?$/;
const ISO =
  /^([-+]?)P(?:(\d+(?:[^\d\n]\d+)?)D)?(?:T(?:(\d+(?:[^\d\n]\d+)?)H)?(?:(\d+(?:[^\d\n]\d+)?)M)?(?:(\d+(?:[^\d\n]\d+)?)S)?)?$/;

const seconds = (parts: readonly (string | undefined)[]): number => {
  const [days = 0, hours = 0, minutes = 0, rest = 0] = parts.map((part) => Number(part ?? 0));
  return days * DAY + hours * 3600 + minutes * 60 + rest;
};

/** Shown as seconds. */
export const timedelta: Reader = (value) => {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return fault('expected', { kind: 'timedelta' });
  const plain = PLAIN.exec(value);
  if (plain) return seconds(plain.slice(1, 5)) + micros(plain[5] ?? '') / 1e6;
  const iso = ISO.exec(value);
  if (iso) return (iso[1] === '-' ? -1 : 1) * seconds(iso.slice(2));
  return badText('timedelta');
};
