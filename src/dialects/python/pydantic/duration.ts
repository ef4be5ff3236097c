import { badText, type Fault } from './fault.ts';
import { type Scanner, scan, TOO_SHORT, Unreadable } from './scan.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const dateUnits: Readonly<Record<string, number>> = { Y: 365 * DAY, M: 30 * DAY, W: 7 * DAY, D: DAY };
const timeUnits: Readonly<Record<string, number>> = { H: HOUR, M: MINUTE, S: 1 };

/** The seconds in `P1DT2H`, `1 day, 02:03:04` or `02:03:04.5`. */
export function readDuration(text: string): number | Fault {
  const found = scan(text, (scanner) => {
    const sign = /[+-]/.test(scanner.next) ? scanner.next : '';
    scanner.at += sign.length;
    scanner.need(1);
    const size = /[Pp]/.test(scanner.next) ? iso(scanner) : plain(scanner);
    return sign === '-' ? -size : size;
  });
  return found instanceof Unreadable ? badText('timedelta', found.message) : found;
}

const COUNT = /\d+([.,]\d+)?/y;

function iso(scanner: Scanner): number {
  scanner.at++;
  scanner.need(1);
  let units = dateUnits;
  let part = 'date';
  let [sum, count] = [0, 0];
  while (scanner.at < scanner.text.length) {
    if (/[Tt]/.test(scanner.next) && part === 'date') {
      [units, part] = [timeUnits, 'time'];
      scanner.at++;
      continue;
    }
    const number = scanner.read(COUNT);
    if (number === undefined) throw new Unreadable('invalid digit in duration');
    const unit = units[scanner.next.toUpperCase()];
    if (unit === undefined) throw new Unreadable(`quantity invalid in ${part} part of duration`);
    scanner.at++;
    sum += Number(number.replace(',', '.')) * unit;
    count++;
  }
  if (count === 0) throw new Unreadable(TOO_SHORT);
  return sum;
}

/** Days, a time, or both. */
function plain(scanner: Scanner): number {
  const rest = scanner.text.slice(scanner.at);
  if (!/^\d/.test(rest)) throw new Unreadable('invalid digit in duration');
  if (/^[^Dd]*:/.test(rest)) return clock(scanner);
  const days = /^(\d+)(\s*d(?:ays?)?)?/i.exec(rest);
  const [all = '', number = '', word] = days ?? [];
  if (word === undefined) throw new Unreadable('"day" identifier in duration not correctly formatted');
  scanner.at += all.length;
  const gap = /^,?\s*/.exec(scanner.text.slice(scanner.at))?.[0] ?? '';
  scanner.at += gap.length;
  const sum = Number(number) * DAY;
  return scanner.at < scanner.text.length ? sum + clock(scanner) : sum;
}

function clock(scanner: Scanner): number {
  // Hours may have any number of digits, as they may be more than a day.
  const hours = /^(\d+):/.exec(scanner.text.slice(scanner.at))?.[1];
  if (hours !== undefined && hours.length !== 2) {
    const rest = `00${scanner.text.slice(scanner.at + hours.length)}`;
    const found = scan(rest, (inner) => clock(inner));
    if (found instanceof Unreadable) throw found;
    scanner.at = scanner.text.length;
    return Number(hours) * HOUR + found;
  }
  const { hour, minute, second, micro } = scanner.clock(99);
  return hour * HOUR + minute * MINUTE + second + micro / 1e6;
}

/** ISO 8601, as shortly as it can be written: `PT1H0.5S`. */
export function showDuration(seconds: number): string {
  const all = Math.round(Math.abs(seconds) * 1e6);
  if (all === 0) return 'PT0S';
  const whole = Math.floor(all / 1e6);
  const micro = all % 1e6;
  const days = Math.floor(whole / DAY);
  const left = whole % DAY;
  const date = unit(Math.floor(days / 365), 'Y') + unit(days % 365, 'D');
  const last = `${left % MINUTE}${micro > 0 ? `.${String(micro).padStart(6, '0').replace(/0+$/, '')}` : ''}`;
  const time =
    unit(Math.floor(left / HOUR), 'H') +
    unit(Math.floor((left % HOUR) / MINUTE), 'M') +
    (last === '0' ? '' : `${last}S`);
  return `${seconds < 0 ? '-' : ''}P${date}${time === '' ? '' : `T${time}`}`;
}

const unit = (count: number, letter: string): string => (count > 0 ? `${count}${letter}` : '');
