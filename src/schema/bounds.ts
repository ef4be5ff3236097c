import type { Json, JsonObject } from '../json/json.ts';

/** What limits the values of a shape. */
export interface Bounds {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

type Choose = (all: readonly Json[]) => Json | undefined;

const highest: Choose = (all) => Math.max(...all.map(Number));
const lowest: Choose = (all) => Math.min(...all.map(Number));
const nearest: Choose = ([first]) => first;

/** Which of several bounds counts where all hold. */
const bounds: Readonly<Record<keyof Bounds, Choose>> = {
  minLength: highest,
  maxLength: lowest,
  pattern: nearest,
  minimum: highest,
  maximum: lowest,
  exclusiveMinimum: highest,
  exclusiveMaximum: lowest,
  multipleOf: nearest,
  minItems: highest,
  maxItems: lowest,
  uniqueItems: (all) => all.includes(true),
  minProperties: highest,
  maxProperties: lowest,
};

const isBound = (keyword: string): keyword is keyof Bounds => Object.hasOwn(bounds, keyword);

/** What schemas that hold together, the nearest first, say under a keyword: the tightest bound, else the nearest word. */
export function said(parts: readonly JsonObject[], keyword: string): Json | undefined {
  const first = parts.find((part) => Object.hasOwn(part, keyword));
  if (!first || !isBound(keyword) || parts.length === 1) return first?.[keyword];
  const all = parts.filter((part) => Object.hasOwn(part, keyword));
  return bounds[keyword](all.map((part) => part[keyword] as Json));
}

export function boundsOf(parts: readonly JsonObject[]): Bounds {
  const given = Object.keys(bounds).map((keyword) => [keyword, said(parts, keyword)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
