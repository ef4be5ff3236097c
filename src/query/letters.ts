/** UTF-16 code units, as ranges: patterns are about those, as JavaScript's are without the flag `u`. */
export type Letters = readonly (readonly [from: number, to: number])[];

const LAST = 0xffff;

const others = (letters: Letters): Letters => {
  const edges = [...letters].sort(([a], [b]) => a - b);
  const found: [number, number][] = [];
  let from = 0;
  for (const [first, last] of edges) {
    if (first > from) found.push([from, first - 1]);
    from = last + 1;
  }
  return from <= LAST ? [...found, [from, LAST]] : found;
};

const one = (code: number): Letters => [[code, code]];
const between = (from: string, to: string): readonly [number, number] => [
  from.charCodeAt(0),
  to.charCodeAt(0),
];

const DIGITS: Letters = [between('0', '9')];
const WORD: Letters = [between('0', '9'), between('A', 'Z'), between('_', '_'), between('a', 'z')];
const SPACES: Letters = [...' \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff']
  .map((space) => between(space, space))
  .concat([between('\u2000', '\u200a')]);

/** Every letter that does not end a line. */
export const DOT = others([...'\n\r\u2028\u2029'].flatMap((end) => one(end.charCodeAt(0))));

const CLASSES: Readonly<Record<string, Letters>> = {
  d: DIGITS,
  D: others(DIGITS),
  w: WORD,
  W: others(WORD),
  s: SPACES,
  S: others(SPACES),
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v', f: '\f', 0: '\0' };

/** A letter as it is written, or the escape of one or of several: `a`, `\.`, `\n`, `\x41`, `\u0041`, `\d`. */
export const LETTER = /\\(?:x[\da-f]{2}|u[\da-f]{4}|c[a-z]|.)|./isy;

export function readLetters(token: string): Letters {
  const [, sign = '', rest = ''] = /^\\(.)(.*)$/s.exec(token) ?? [];
  if (sign === '') return one(token.charCodeAt(0));
  if (rest !== '') return one(sign === 'c' ? rest.charCodeAt(0) % 32 : Number.parseInt(rest, 16));
  return CLASSES[sign] ?? one((CONTROLS[sign] ?? sign).charCodeAt(0));
}

/** The letter in the case that it is compared in (ECMA-262, Canonicalize). */
function folded(code: number): number {
  const upper = String.fromCharCode(code).toUpperCase();
  const other = upper.charCodeAt(0);
  return upper.length > 1 || (code >= 128 && other < 128) ? code : other;
}

/** Whether letters hold one, in either case; or with `except`, whether they do not. */
export function holds(letters: Letters, except = false): (code: number) => boolean {
  return (code) => {
    const lower = String.fromCharCode(code).toLowerCase().charCodeAt(0);
    const same = [code, folded(code), lower].filter((other) => folded(other) === folded(code));
    return same.some((other) => letters.some(([from, to]) => other >= from && other <= to)) !== except;
  };
}
