import { type Decimal, pythonDecimal, trimmed } from '../decimal.ts';
import { badText, Fault, fault } from './fault.ts';

/** Sign, digits and exponent of a text, or the rule that it breaks. */
function parse(text: string): Decimal | Fault {
  const found = pythonDecimal(text);
  return found === 'not finite' ? fault('finite') : (found ?? badText('decimal'));
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
  const { digits, exponent } = trimmed(parsed);
  if (digits === '') return { total: 0, places: 0 };
  if (exponent >= 0) return { total: digits.length + exponent, places: 0 };
  return { total: Math.max(digits.length, -exponent), places: -exponent };
}
