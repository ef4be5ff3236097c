import type { ActionName } from '../../dialect/dialect.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

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
}
