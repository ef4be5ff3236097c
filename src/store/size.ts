/** Shorter texts are measured as if each character took a byte. */
const LONG_TEXT = 1000;

/** About as many bytes as a JSON value takes in memory: enough to bound what clients may store. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string')
    return 24 + (value.length < LONG_TEXT ? value.length : Buffer.byteLength(value));
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 48;
  if (Array.isArray(value)) for (const one of value) bytes += sizeOf(one);
  else for (const name of Object.keys(value)) bytes += 24 + name.length + sizeOf((value as Sized)[name]);
  return bytes;
}

type Sized = Readonly<Record<string, unknown>>;
