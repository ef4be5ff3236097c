import { isObject } from '../../model/json.ts';

/** What Python calls the type of a JSON value. */
export function pythonType(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? 'str';
}

/** What `str()` makes of a JSON value. */
export const pythonText = (value: unknown): string => (typeof value === 'string' ? value : repr(value));

function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${repr(key)}: ${repr(inner)}`)
      .join(', ')}}`;
  const text = String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** Python writes at least two digits of an exponent: `1e-07`. */
const pythonNumber = (value: number): string => String(value).replace(/e([-+])(\d)$/, 'e$10$2');

/** Where each row of decimal digits begins in Unicode, such as the Arabic ones: Python reads them all as digits. */
const DIGIT = /\p{Nd}/gu;

export const asciiDigits = (text: string): string =>
  text.replace(DIGIT, (digit) => {
    if (digit <= '9') return digit;
    let zero = digit.codePointAt(0) as number;
    // The ten digits of a script stand in a row; its zero is the first of them.
    for (let i = 0; i < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1)); i++) zero--;
    return String(((digit.codePointAt(0) as number) - zero) % 10);
  });

const INTEGER = /^[-+]?\d+(?:_\d+)*$/;
const FLOAT = /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+)?$/i;

/** A text as `int()` reads it; undefined where it does not. */
export function pythonInt(text: string): number | undefined {
  const digits = asciiDigits(text.trim());
  return INTEGER.test(digits) ? Number(digits.replaceAll('_', '')) : undefined;
}

/** A text as `float()` reads it, less `inf` and `nan`, which JSON cannot hold. */
export function pythonFloat(text: string): number | undefined {
  const digits = asciiDigits(text.trim());
  const value = FLOAT.test(digits) ? Number(digits.replaceAll('_', '')) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** A UUID as Python's `UUID(hex)` reads it, in its usual form. */
export function pythonUuid(text: string): string | undefined {
  const hex = text
    .replace('urn:', '')
    .replace('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '')
    .toLowerCase();
  return /^[\da-f]{32}$/.test(hex) ? hyphenate(hex) : undefined;
}

/** The UUID that a number is. */
export const uuidOf = (number: number): string => hyphenate(BigInt(number).toString(16).padStart(32, '0'));

const hyphenate = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** What Python says of the first bytes that are not UTF-8. */
export function pythonDecodeError(bytes: Uint8Array): string {
  const [from, to, reason] = firstBad(bytes);
  const where =
    to - from === 1
      ? `byte 0x${(bytes[from] ?? 0).toString(16).padStart(2, '0')} in position ${from}`
      : `bytes in position ${from}-${to - 1}`;
  return `'utf-8' codec can't decode ${where}: ${reason}`;
}

/** Per lead byte: how many bytes follow it, and what the first of them may be (Unicode, table 3-7). */
function lead(byte: number): readonly [count: number, low: number, high: number] | undefined {
  if (byte < 0x80) return [0, 0, 0];
  if (byte < 0xc2 || byte > 0xf4) return undefined;
  if (byte < 0xe0) return [1, 0x80, 0xbf];
  if (byte < 0xf0) return [2, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf];
  return [3, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf];
}

function firstBad(bytes: Uint8Array): readonly [from: number, to: number, reason: string] {
  let at = 0;
  while (at < bytes.length) {
    const row = lead(bytes[at] as number);
    if (!row) return [at, at + 1, 'invalid start byte'];
    const [count, low, high] = row;
    for (let i = 1; i <= count; i++) {
      const byte = bytes[at + i];
      if (byte === undefined) return [at, bytes.length, 'unexpected end of data'];
      const [from, to] = i === 1 ? [low, high] : [0x80, 0xbf];
      if (byte < from || byte > to) return [at, at + i, 'invalid continuation byte'];
    }
    at += count + 1;
  }
  return [0, 1, 'invalid start byte'];
}
