import type { JsonObject } from '../json/json.ts';
import type { Param } from './params.ts';

/** What a parameter is for, in no dialect's words: a control for it can be shown, and a document can say it. */
export type Purpose =
  /** Without a field, the name holds it; without an operator, the value says what is compared, and how. */
  | { readonly kind: 'filter'; readonly field?: string; readonly operator?: string }
  | {
      readonly kind: 'search' | 'sort' | 'page' | 'size' | 'embed' | 'fields' | 'other';
    };

/** One filter of a query: any of the values, as texts, in the spelling of the parameter. */
export interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface SortTerm {
  readonly field: string;
  readonly descending: boolean;
}

/** A query in terms that controls show and every dialect can write, as far as its parameters go. */
export interface Terms {
  readonly where: readonly Filter[];
  readonly search?: string;
  readonly sort?: readonly SortTerm[];
  /** From 1. */
  readonly page?: number;
  readonly size?: number;
  /** All other parameters, as they are sent. */
  readonly other: readonly Param[];
}

/** A filter, and the name that it was sent under. */
export interface SentFilter extends Filter {
  readonly name: string;
}

/** What the parameters of one query add up to, before it is a `Query`. A dialect adds what it has besides. */
export interface QueryParts {
  readonly filters: SentFilter[];
  search?: string;
  sort?: SortTerm[];
  page?: number;
  size?: number;
}

/** A parameter as it was sent. */
export interface SentParameter {
  readonly name: string;
  /** In the order they were sent, decoded. */
  readonly values: readonly string[];
  /** What stands for `{field}` in the name. */
  readonly field?: string;
}

/** One parameter that a dialect understands, or a family of them, as data. */
export interface Parameter<D extends QueryParts = QueryParts, About = unknown> {
  /** `{field}` in it makes it a family: a path may stand there. */
  readonly name: string;
  /** Other spellings, which mean the same. */
  readonly aliases?: readonly string[];
  readonly where: 'query';
  readonly schema: JsonObject;
  readonly description: string;
  readonly example: string;
  readonly for: Purpose;
  /** A field of this name is meant first. */
  readonly yields?: boolean;
  /** The field that a name of this family holds; undefined for any other name. */
  match?(name: string, about: About): string | undefined;
  /** Reads what was sent. Rows are read in their order. */
  read(parts: D, sent: SentParameter, about: About): void;
  /** The inverse of `read`: what to send for these terms. */
  write(terms: Terms): readonly Param[];
}
