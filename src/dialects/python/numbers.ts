/** Digits of every script, as ASCII: Unicode keeps the ten of each together, and Python reads them all. */
export const asciiDigits = (text: string): string =>
  text.replace(/[^\P{Nd}\d]/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });

/** Digits with single underscores between them. Nothing in these patterns can match one text in two ways. */
const DIGITS = String.raw`\d+(?:_\d+)*`;
const INT = new RegExp(`^[+-]?${DIGITS}$`);
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`, 'i');
const SPECIAL = /^([+-]?)(inf(?:inity)?|nan)$/i;

const numberOf = (digits: string): number => Number(digits.replaceAll('_', ''));

/** What Python's `int` makes of a text; undefined where it refuses. */
export function pythonInt(text: string): number | undefined {
  const plain = asciiDigits(text.trim());
  return INT.test(plain) ? numberOf(plain) : undefined;
}

/** What Python's `float` makes of a text; undefined where it refuses. */
export function pythonFloat(text: string): number | undefined {
  const plain = asciiDigits(text.trim());
  const [, sign, word] = SPECIAL.exec(plain) ?? [];
  if (word !== undefined) {
    if (/^n/i.test(word)) return Number.NaN;
    return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return FLOAT.test(plain) ? numberOf(plain) : undefined;
}

/** What Python's `str` makes of a number: an exponent has a sign and two digits. */
export function pythonNumber(number: number): string {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number < 0 ? '-inf' : 'inf';
  return String(number).replace(/e([+-])(\d)$/, 'e$10$2');
}
