import { badText, Fault, fault } from './fault.ts';
import { ascii } from './numbers.ts';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
const NOT_FINITE = /^[+-]?(s?nan\d*|inf(inity)?)$/i;

/** A text as Python's Decimal reads it: sign, digits and exponent, or the rule that it breaks. */
function parse(
  text: string,
): { readonly sign: string; readonly digits: string; readonly exponent: number } | Fault {
  const plain = ascii(text.trim().replaceAll('_', ''));
  if (NOT_FINITE.test(plain)) return fault('finite');
  const match = DECIMAL.exec(plain);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (!match || whole + fraction === '') return badText('decimal');
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  return { sign: sign === '-' ? '-' : '', digits, exponent: Number(power) - fraction.length };
}

/** The text that Python prints for a decimal: `1E+2` stays in its scientific form, `.5` is `0.5`. */
export function readDecimal(text: string): string | Fault {
  const parsed = parse(text);
  if (parsed instanceof Fault) return parsed;
  const { sign, digits, exponent } = parsed;
  const point = digits.length + exponent;
  const adjusted = point - 1;
  if (exponent <= 0 && adjusted >= -6) {
    if (exponent === 0) return sign + digits;
    const padded = point > 0 ? digits : digits.padStart(digits.length - point + 1, '0');
    const at = Math.max(point, 1);
    return `${sign}${padded.slice(0, at)}.${padded.slice(at)}`;
  }
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits[0]}${fraction}E${adjusted >= 0 ? '+' : ''}${adjusted}`;
}

/** How many digits a decimal has in all and behind the point; zeros at its end do not count. */
export function readDigits(text: string): { readonly total: number; readonly places: number } {
  const parsed = parse(text);
  if (parsed instanceof Fault) return { total: 0, places: 0 };
  const digits = parsed.digits.replace(/0+$/, '');
  if (digits === '') return { total: 0, places: 0 };
  const exponent = parsed.exponent + parsed.digits.length - digits.length;
  if (exponent >= 0) return { total: digits.length + exponent, places: 0 };
  return { total: Math.max(digits.length, -exponent), places: -exponent };
}
