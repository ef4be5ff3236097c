import type { ActionName, DialectParameter } from '../../dialect/dialect.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a body is: everything in a list, an item, a singleton or value, a page of text; nothing; or what is wrong. */
export type Answer = 'list' | 'item' | 'value' | 'page' | 'nothing' | 'problem';

/** One route that is served, as data. HEAD goes with GET and is none. */
export interface Route {
  /** `*` for what is more than three collections deep, where the path decides. */
  readonly method: Method | '*';
  /** With the prefix; `:id` stands for one segment, `*` for one or more. */
  readonly path: string;
  /** Unique, and the same as long as the resources are: `createEventGuest`. */
  readonly name: string;
  readonly kind: 'api' | 'page' | 'control';
  readonly resource?: string;
  readonly action?: ActionName;
  /** Only for a request whose query picks items out: PATCH and DELETE of a list. */
  readonly filtered?: true;
  /** What it takes: an item, some fields of one, or the value of a singleton; undefined for none. */
  readonly body?: 'item' | 'part' | 'value';
  /** What it answers, by status, apart from what any request may be answered: 400, 405, 415 and their like. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What the query may hold. */
  readonly parameters: readonly DialectParameter[];
}
