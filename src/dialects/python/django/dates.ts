/** Dates, times and durations as Django reads them, in the form in which the REST framework writes them. */

const two = (value: number): string => String(value).padStart(2, '0');
const fraction = (micros: number): string => (micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`);
const microsOf = (digits = ''): number => Number(digits.slice(0, 6).padEnd(6, '0'));

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$|^(\d{4})(\d{2})(\d{2})$/;

export function readDate(text: string): string | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [match[1] ?? match[4], match[2] ?? match[5], match[3] ?? match[6]].map(Number);
  if (year === undefined || month === undefined || day === undefined || !isDay(year, month, day))
    return undefined;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

interface Clock {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly micros: number;
  /** Minutes east of Greenwich; undefined where the text does not say. */
  readonly offset: number | undefined;
}

const CLOCK =
  /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,12}))?)?\s*(Z|[-+]\d{2}(?::?\d{2})?)?$|^(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d{1,12}))?)?)?(Z|[-+]\d{2}(?::?\d{2})?)?$/;

function readClock(text: string): Clock | undefined {
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  const part = (at: number): string | undefined => match[at] ?? match[at + 5];
  const [hours, minutes, seconds] = [part(1), part(2), part(3)].map((one) => Number(one ?? 0));
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  const zone = part(5);
  const offset = zone === undefined ? undefined : offsetOf(zone);
  if (hours > 23 || minutes > 59 || seconds > 59 || Math.abs(offset ?? 0) >= 24 * 60) return undefined;
  return { hours, minutes, seconds, micros: microsOf(part(4)), offset };
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)];
  const total = Number(hours) * 60 + (zone.length > 3 ? Number(minutes) : 0);
  return zone.startsWith('-') ? -total : total;
}

export function readTime(text: string): string | undefined {
  const clock = readClock(text.replace(/^T/i, ''));
  if (!clock) return undefined;
  const { hours, minutes, seconds, micros } = clock;
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${fraction(micros)}`;
}

const MIDNIGHT: Clock = { hours: 0, minutes: 0, seconds: 0, micros: 0, offset: 0 };

/** A moment, in UTC; a text that names no zone is in UTC. */
export function readDateTime(text: string): string | undefined {
  const match = /^(\d{4}-\d{1,2}-\d{1,2}|\d{8})(?:[Tt ](.+))?$/.exec(text);
  const date = match?.[1] === undefined ? undefined : readDate(match[1]);
  const clock = match?.[2] === undefined ? MIDNIGHT : readClock(match[2].trim());
  if (date === undefined || !clock) return undefined;
  const { hours, minutes, seconds, micros, offset = 0 } = clock;
  const moment = new Date(`${date}T${two(hours)}:${two(minutes)}:${two(seconds)}Z`);
  moment.setUTCMinutes(moment.getUTCMinutes() - offset);
  if (Number.isNaN(moment.getTime())) return undefined;
  return `${moment.toISOString().slice(0, 19)}${fraction(micros)}Z`;
}

/** `[DD] [HH:[MM:]]ss[.uuuuuu]`, as Django itself writes it. */
const PLAIN =
  /^(?:(-?\d+)(?: days?,? ?| ))?(?:([-+])?(?:(?:(\d+):)?(\d+):)?(\d+)(?:[.,](\d{1,6})\d{0,6})?)?$/;
const ISO =
  /^([-+]?)P(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;

const SECOND = 1e6;
const DAY = 86_400 * SECOND;

export function readDuration(text: string): string | undefined {
  const iso = ISO.exec(text);
  if (iso) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso
      .slice(2)
      .map((part) => Number((part ?? '0').replace(',', '.')));
    const total = days * DAY + (hours * 3600 + minutes * 60 + seconds) * SECOND;
    return writeDuration(Math.round(iso[1] === '-' ? -total : total));
  }
  const plain = PLAIN.exec(text);
  if (!plain) return undefined;
  const [, days = '0', sign, hours = '0', minutes = '0', seconds = '0', micros] = plain;
  const rest = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND + microsOf(micros);
  return writeDuration(Number(days) * DAY + (sign === '-' ? -rest : rest));
}

function writeDuration(micros: number): string | undefined {
  if (!Number.isSafeInteger(micros)) return undefined;
  const days = Math.floor(micros / DAY);
  const rest = micros - days * DAY;
  const seconds = Math.floor(rest / SECOND);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${days === 0 ? '' : `${days} `}${clock}${fraction(rest % SECOND)}`;
}
