const FLOAT = /^[+-]?(\p{Nd}+(_\p{Nd}+)*\.?(\p{Nd}+(_\p{Nd}+)*)?|\.\p{Nd}+(_\p{Nd}+)*)(e[+-]?\p{Nd}+)?$/iu;
const SPECIAL = /^([+-]?)(inf(?:inity)?|nan)$/i;
const INT = /^[+-]?\p{Nd}+(_\p{Nd}+)*$/u;

/** Digits of every script, as ASCII: Unicode keeps each ten of them together. */
export function ascii(text: string): string {
  return text.replace(/[^\P{Nd}\d]/gu, (digit) => {
    let zero = digit.codePointAt(0) as number;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) as number) - zero < 9)
      zero--;
    return String((digit.codePointAt(0) as number) - zero);
  });
}

/** What Python's `float` makes of a text; undefined where it refuses. */
export function pythonFloat(text: string): number | undefined {
  const plain = text.trim();
  const [, sign, word] = SPECIAL.exec(plain) ?? [];
  if (word !== undefined) {
    if (/^n/i.test(word)) return Number.NaN;
    return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return FLOAT.test(plain) ? Number(ascii(plain).replaceAll('_', '')) : undefined;
}

/** What Python's `int` makes of a text; undefined where it refuses. */
export function pythonInt(text: string): number | undefined {
  const plain = text.trim();
  return INT.test(plain) ? Number(ascii(plain).replaceAll('_', '')) : undefined;
}

/** What Python's `str` makes of a number: an exponent has a sign and two digits. */
export function pythonStr(number: number): string {
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number < 0 ? '-inf' : 'inf';
  return String(number).replace(/e([+-])(\d)$/, 'e$10$2');
}

const SMALL = /^[+-]?[0-9]+(_[0-9]+)*(\.0+)?$/;

/** The narrower syntax of pydantic 2: ASCII digits, and a fraction of nothing but zeros. */
export function plainInt(text: string): number | undefined {
  const plain = text.trim();
  return SMALL.test(plain) ? Number(plain.replaceAll('_', '')) : undefined;
}

export function plainFloat(text: string): number | undefined {
  return /^[\0-\x7f]*$/.test(text) ? pythonFloat(text) : undefined;
}
