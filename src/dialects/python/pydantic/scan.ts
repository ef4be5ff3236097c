import type { Clock, Day } from './clock.ts';
import { isDay, micros } from './clock.ts';

/** Why a text is no date, time or duration. Caught where the text is read. */
export class Unreadable extends Error {}

export const TOO_SHORT = 'input is too short';
const EXTRA = 'unexpected extra characters at the end of the input';

/** Reads a text of dates and times from left to right, and says at the first fault what was expected. */
export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get next(): string {
    return this.text[this.at] ?? '';
  }

  need(count: number): void {
    if (this.text.length - this.at < count) throw new Unreadable(TOO_SHORT);
  }

  end(): void {
    if (this.at < this.text.length) throw new Unreadable(EXTRA);
  }

  /** What a sticky pattern finds here, and goes on behind it. */
  read(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  digits(count: number, fault: string): number {
    const found = this.text.slice(this.at, this.at + count);
    if (found.length < count || !/^[0-9]+$/.test(found)) throw new Unreadable(fault);
    this.at += count;
    return Number(found);
  }

  skip(wanted: RegExp, fault: string): void {
    if (!wanted.test(this.next)) throw new Unreadable(fault);
    this.at++;
  }

  day(): Day {
    this.need(10);
    const separator = 'invalid date separator, expected `-`';
    const year = this.digits(4, 'invalid character in year');
    this.skip(/-/, separator);
    const month = this.digits(2, 'invalid character in month');
    this.skip(/-/, separator);
    const day = this.digits(2, 'invalid character in day');
    if (month < 1 || month > 12) throw new Unreadable('month value is outside expected range of 1-12');
    if (day < 1 || !isDay({ year, month, day })) throw new Unreadable('day value is outside expected range');
    if (year === 0) throw new Unreadable('year 0 is out of range');
    return { year, month, day };
  }

  /** `most` bounds the hours; a duration has more than a day. */
  clock(most = 23): Clock {
    this.need(5);
    const hour = this.digits(2, 'invalid character in hour');
    this.skip(/:/, 'invalid time separator, expected `:`');
    const minute = this.digits(2, 'invalid character in minute');
    if (hour > most) throw new Unreadable('hour value is outside expected range of 0-23');
    if (minute > 59) throw new Unreadable('minute value is outside expected range of 0-59');
    if (this.next !== ':') return { hour, minute, second: 0, micro: 0 };
    this.at++;
    const second = this.digits(2, 'invalid character in second');
    if (second > 59) throw new Unreadable('second value is outside expected range of 0-59');
    return { hour, minute, second, micro: this.fraction() };
  }

  fraction(): number {
    const point = this.next;
    if (point !== '.' && point !== ',') return 0;
    const digits = /^[0-9]*/.exec(this.text.slice(this.at + 1))?.[0] ?? '';
    if (digits === '') throw new Unreadable(`second fraction digits missing after \`${point}\``);
    this.at += 1 + digits.length;
    return micros(digits);
  }

  /** Minutes east of UTC, or undefined at the end of the text. */
  zone(): number | undefined {
    const sign = this.next;
    if (sign === '') return undefined;
    this.at++;
    if (/[Zz]/.test(sign)) return 0;
    if (!/[+-]/.test(sign)) throw new Unreadable('invalid timezone sign');
    const hours = this.digits(2, 'invalid timezone hour');
    if (this.next === ':') this.at++;
    const minutes = this.digits(2, 'invalid timezone minute');
    if (minutes > 59) throw new Unreadable('timezone minute value is outside expected range of 0-59');
    if (hours > 23) throw new Unreadable('timezone offset must be less than 24 hours');
    return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) || 0;
  }
}

/** What a scan comes to, or why it came to nothing. */
export function scan<T>(text: string, read: (scanner: Scanner) => T): T | Unreadable {
  try {
    const scanner = new Scanner(text);
    const found = read(scanner);
    scanner.end();
    return found;
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}
