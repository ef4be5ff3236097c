import type { Item } from '../json/json.ts';
import type { Scalar } from '../store/field.ts';
import type { SortKey } from '../store/order.ts';
import type { OperatorName } from './operators.ts';
import type { WholeOperatorName } from './whole.ts';

/** Compares what stands at a path, which may begin with the name of a relation: `author.name`. */
export type Condition = {
  readonly path: string;
  /** What the text of a URL may stand for: `"7"` and `7`. A stored value is compared with the one of its own type. */
  readonly values: readonly Scalar[];
} & (
  | { readonly op: OperatorName; readonly as?: never }
  /** The value as a whole, as JavaScript compares; `text` takes a number that is stored for its text. */
  | { readonly op: WholeOperatorName; readonly as: 'value' | 'text' }
);

export type Where =
  | Condition
  | { readonly all: readonly Where[] }
  | { readonly any: readonly Where[] }
  | { readonly not: Where };

export interface Search {
  /** An empty one is in every item. */
  readonly text: string;
  /** Only these paths; every text of the item without them. */
  readonly paths?: readonly string[];
  /** 0 and false are never found. */
  readonly truthy?: boolean;
}

export type Sort = Omit<SortKey, 'field'> & { readonly path: string };

/** A stretch of the list: `limit` items from `offset`, or from behind the item that a cursor names. */
export type Window =
  /** As Array.slice counts: from the end where negative. */
  | { readonly slice: readonly [start: number, end?: number] }
  /** A page behind the last one is the last one. */
  | { readonly offset: number; readonly limit: number; readonly clamp: true }
  | { readonly offset: number; readonly limit: number }
  | { readonly cursor: string; readonly limit: number };

/** Items of a relation put into each item, under the relation's name or `as`. */
export interface Embed {
  readonly name: string;
  readonly as?: string;
  readonly query: Query;
  /** Where there is no such relation: refused; an empty list; or left out, as a parent that is gone is then too. */
  readonly absent?: 'refuse' | 'empty' | 'omit';
  /** Only where the relation leads to one item, or only where it leads to a list. */
  readonly single?: boolean;
}

/** What a client asks of a list, in no dialect's words. `{}` asks for everything. */
export interface Query {
  readonly where?: Where;
  readonly search?: Search;
  readonly sort?: readonly Sort[];
  readonly window?: Window;
  readonly embed?: readonly Embed[];
  /** The paths to keep in each item. */
  readonly fields?: readonly string[];
}

/** The answer to a query. */
export interface Page {
  readonly items: readonly Item[];
  /** How many items match, on all pages. */
  readonly total: number;
  readonly offset: number;
  /** The page size that was asked for; undefined for a whole list. */
  readonly limit?: number;
  /** Where the next page begins, for a walk by cursor that is not at its end. */
  readonly next?: string;
}

/** All of these at once, or nothing where there are none. */
export const allOf = (conditions: readonly Where[]): Where | undefined =>
  conditions.length > 1 ? { all: conditions } : conditions[0];

/** A path that was sorted by before orders nothing more. */
export const withoutRepeats = (sort: readonly Sort[]): Sort[] => {
  const seen = new Set<string>();
  return sort.filter(({ path }) => !seen.has(path) && seen.add(path));
};

/** Both conditions, or the one that there is. */
export const both = (a: Where | undefined, b: Where | undefined): Where | undefined =>
  a && b ? { all: [a, b] } : (a ?? b);

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WORDS: Readonly<Record<string, Scalar>> = { true: true, false: false, null: null };

/** Everything that a text in a URL may stand for. */
export function meanings(text: string): Scalar[] {
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined;
  if (word !== undefined) return [text, word];
  return NUMBER.test(text) && Number.isFinite(Number(text)) ? [text, Number(text)] : [text];
}
