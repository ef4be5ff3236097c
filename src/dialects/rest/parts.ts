import { countUpTo, type Embed, type QueryParts, type Where } from '../../dialect/index.ts';
import type { Paging } from './window.ts';

/** What the parameters of one query of `rest` add up to. */
export interface RestParts extends QueryParts, Paging {
  /** The conditions of `_where`. */
  where?: Where[];
  searchIn?: readonly string[];
  embed?: readonly Embed[];
  fields?: readonly string[];
  /** Counts the conditions. */
  count?: (more: number) => void;
}

export function countConditions(parts: RestParts, more: number): void {
  parts.count ??= countUpTo('conditions');
  parts.count(more);
}
