import type { Middleware } from './middleware.ts';

export type OnDelete = 'keep' | 'nullify' | 'cascade' | 'restrict';
export type WriteMode = 'memory' | 'fake' | 'file' | 'off';
export type Pagination = 'page' | 'limit-offset' | 'cursor' | 'skip-limit';
export type RelationOption = string | { to: string; onDelete?: OnDelete } | null;

/** Settings of one resource, under its name in `resources`. */
export interface ResourceOptions {
  /** The field that holds the id; else the option `id`. */
  id?: string;
  /** The fields a search looks at, where the dialect searches listed fields only. */
  search?: string[];
  /** The fields that may be filtered, or per field the lookups, where the dialect lists them. */
  filters?: string[] | Record<string, string[]>;
  /** The fields that may be sorted by, where the dialect lists them. */
  sort?: string[];
  /** The order of a list that asks for none: `["-date", "name"]`. */
  defaultSort?: string[];
  /** Items on a page when a client asks for none; without it a list is whole. */
  pageSize?: number;
  /** The largest page a client gets. */
  maxPageSize?: number;
  pagination?: Pagination;
}

/** A line of the log: what a request came to, or what a reload did. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  /** What a request was answered with, in the line of a request. */
  readonly status?: number;
  /** The stack of an unexpected error; never part of an answer. */
  readonly stack?: string;
}

/** What `createStandin` takes and a config file holds. Every key is optional. */
export interface Options {
  /** Files, folders, or plain data; several merge. */
  sources?: string | object | (string | object)[];
  schemas?: string;
  port?: number;
  host?: string;
  /** A name, or a dialect of your own. */
  dialect?: string | object;
  strict?: boolean;
  strictQuery?: boolean;
  writes?: WriteMode;
  onReload?: 'keep' | 'reset';
  sessions?: 'optional' | 'required';
  sessionIdle?: number;
  sessionCap?: number;
  requireMatch?: boolean;
  watch?: boolean;
  allowHost?: string[];
  /** Foreign origins whose pages may write where writes are saved, send credentials, and call `/_standin/`. */
  allowOrigin?: string[];
  id?: string;
  prefix?: string;
  pageSize?: number;
  bodyLimit?: string;
  routes?: string;
  config?: string;
  quiet?: boolean;
  relations?: Record<string, RelationOption>;
  unique?: Record<string, (string | string[])[]>;
  pagination?: Pagination;
  putCreates?: boolean;
  resources?: Record<string, ResourceOptions>;
  /** Koa middleware, run before the routes. */
  middleware?: Middleware[];
  /** Takes each line of the log; none is written without it. */
  log?: (line: LogLine) => void;
}
