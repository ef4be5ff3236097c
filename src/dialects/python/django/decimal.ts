import { type Decimal, pythonDecimal } from '../decimal.ts';

/** A number that Django can write out: a power of ten with more digits would fill the memory. */
const MAX_POWER = 9999;

/** A text as Python's `Decimal()` reads it, less NaN and infinity. */
export function readDecimal(text: string): Decimal | undefined {
  const found = pythonDecimal(text);
  return found === undefined || found === 'not finite' || Math.abs(found.exponent) > MAX_POWER
    ? undefined
    : found;
}

/** How many digits a number has, before its point and behind it. */
export function places({ digits, exponent }: Decimal): { total: number; whole: number; behind: number } {
  if (exponent >= 0) {
    const total = digits === '0' ? 1 : digits.length + exponent;
    return { total, whole: total, behind: 0 };
  }
  const behind = -exponent;
  const total = Math.max(digits.length, behind);
  return { total, whole: total - behind, behind };
}

/** With so many digits behind the point; with as many as it has where `behind` is undefined. */
export function writeDecimal({ sign, digits, exponent }: Decimal, behind?: number): string {
  const has = Math.max(0, -exponent);
  const all = `${digits}${'0'.repeat(Math.max(0, exponent))}`.padStart(has + 1, '0');
  const whole = all.slice(0, all.length - has);
  const part = all.slice(all.length - has).padEnd(behind ?? 0, '0');
  return `${sign}${whole}${part === '' ? '' : `.${part}`}`;
}
