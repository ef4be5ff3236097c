import { pythonStr } from './numbers.ts';

const words = new Map<unknown, string>([
  [null, 'None'],
  [true, 'True'],
  [false, 'False'],
]);

/** A value as Python prints it. */
export function repr(value: unknown): string {
  const word = words.get(value);
  if (word !== undefined) return word;
  if (typeof value === 'number') return pythonStr(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  const text = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

/** `'a', 'b' or 'c'` */
export function reprList(values: readonly unknown[], last = ', '): string {
  const all = values.map(repr);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')}${last}${all.at(-1)}`;
}
