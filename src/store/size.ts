/** About as many bytes as a JSON value takes in memory: enough to bound what clients may store. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 24 + Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 8;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + sizeOf(one), 32);
  let bytes = 48;
  for (const [name, one] of Object.entries(value)) bytes += 24 + name.length + sizeOf(one);
  return bytes;
}
