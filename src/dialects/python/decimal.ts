import { asciiDigits } from './numbers.ts';

/** A number as its digits and the power of ten of the last one. */
export interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
const NOT_FINITE = /^[+-]?(s?nan\d*|inf(inity)?)$/i;

/** A text as Python's `Decimal()` reads it; undefined where it refuses. Underscores are dropped wherever they stand. */
export function pythonDecimal(text: string): Decimal | 'not finite' | undefined {
  const plain = asciiDigits(text.trim().replaceAll('_', ''));
  if (NOT_FINITE.test(plain)) return 'not finite';
  const match = DECIMAL.exec(plain);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (!match || whole + fraction === '') return undefined;
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  return { sign: sign === '-' ? '-' : '', digits, exponent: Number(power) - fraction.length };
}

/** Without the zeros at its end. */
export function trimmed({ sign, digits, exponent }: Decimal): Decimal {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return { sign, digits: digits.slice(0, end), exponent: exponent + digits.length - end };
}
