import { pythonFloat } from '../numbers.ts';

const SMALL = /^[+-]?[0-9]+(_[0-9]+)*(\.0+)?$/;

/** The narrower syntax of pydantic 2: ASCII digits, and a fraction of nothing but zeros. */
export function plainInt(text: string): number | undefined {
  const plain = text.trim();
  return SMALL.test(plain) ? Number(plain.replaceAll('_', '')) : undefined;
}

export function plainFloat(text: string): number | undefined {
  return /^[\0-\x7f]*$/.test(text) ? pythonFloat(text) : undefined;
}
