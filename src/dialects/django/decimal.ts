import { asciiDigits } from '../python/text.ts';

const DECIMAL = /^([-+]?)(\d[\d_]*)?(?:\.([\d_]*))?(?:e([-+]?\d{1,4}))?$/i;

/** A number as its digits and the power of ten of the last one. */
export interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: number;
}

/** A text as Python's `Decimal()` reads it, less NaN and infinity. */
export function readDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(asciiDigits(text.trim()));
  const [, sign = '', whole = '', part = '', power = '0'] = match ?? [];
  const [left, right] = [whole.replaceAll('_', ''), part.replaceAll('_', '')];
  if (!match || left + right === '') return undefined;
  const digits = `${left}${right}`.replace(/^0+(?=\d)/, '');
  return { sign: sign === '-' ? '-' : '', digits, exponent: Number(power) - right.length };
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
