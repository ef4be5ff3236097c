import { isObject } from '../../dialect/index.ts';
import { pythonNumber } from './numbers.ts';

/** What Python calls the type of a JSON value. */
export function pythonType(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? 'str';
}

/** What `str()` makes of a JSON value. */
export const pythonText = (value: unknown): string => (typeof value === 'string' ? value : repr(value));

/** What `repr()` makes of a JSON value. */
export function repr(value: unknown): string {
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

/** `'a', 'b' or 'c'` */
export function reprList(values: readonly unknown[], last = ', '): string {
  const all = values.map(repr);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')}${last}${all.at(-1)}`;
}

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
