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
  /** The stack of an unexpected error; never part of an answer. */
  readonly stack?: string;
}

/** What `createStandin` takes and a config file holds. Every key is optional. */
export interface Options {
  /** Files, folders, or plain data; several merge. */
  sources?: string | Record<string, unknown> | (string | Record<string, unknown>)[];
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
  middleware?: ((ctx: never, next: () => Promise<unknown>) => unknown)[];
  /** Takes each line of the log; none is written without it. */
  log?: (line: LogLine) => void;
}

export type Kind = 'text' | 'number' | 'flag' | 'texts' | 'origins' | 'object' | 'list' | 'any';

export interface OptionRow {
  readonly kind: Kind;
  readonly words: string;
  readonly default?: unknown;
  readonly choices?: readonly string[];
  readonly alias?: string;
  /** A key of the config and of createStandin() only. */
  readonly configOnly?: true;
  readonly min?: number;
  readonly max?: number;
}

const pagination = ['page', 'limit-offset', 'cursor', 'skip-limit'] as const;

/** One row an option: parsed, checked, shown by `--help` and in the README from here. */
export const optionTable = {
  sources: { kind: 'any', configOnly: true, words: 'files, folders or data to serve' },
  schemas: { kind: 'text', words: 'folder of <resource>.schema.json files' },
  port: {
    kind: 'number',
    alias: 'p',
    default: 3000,
    min: 0,
    max: 65535,
    words: 'port; 0 takes any free one',
  },
  host: { kind: 'text', alias: 'H', default: 'localhost', words: 'address to listen on' },
  dialect: { kind: 'any', alias: 'd', default: 'rest', words: 'the backend to answer like' },
  strict: { kind: 'flag', default: false, words: 'without a schema, refuse unknown and missing fields' },
  strictQuery: { kind: 'flag', default: false, words: 'refuse query parameters that are no field' },
  writes: {
    kind: 'text',
    default: 'memory',
    choices: ['memory', 'fake', 'file', 'off'],
    words: 'what becomes of writes',
  },
  onReload: {
    kind: 'text',
    default: 'keep',
    choices: ['keep', 'reset'],
    words: "clients' writes when a file is saved",
  },
  sessions: {
    kind: 'text',
    default: 'optional',
    choices: ['optional', 'required'],
    words: 'requests without a session',
  },
  sessionIdle: { kind: 'number', default: 3600, min: 1, words: 'seconds until an idle session is dropped' },
  sessionCap: {
    kind: 'number',
    default: 1000,
    min: 1,
    words: 'sessions kept; beyond it the longest idle goes',
  },
  requireMatch: { kind: 'flag', default: false, words: 'refuse changes without If-Match (428)' },
  watch: { kind: 'flag', default: true, words: 'reload when a file is saved' },
  allowHost: { kind: 'texts', default: [], words: 'names allowed in the Host header' },
  allowOrigin: {
    kind: 'origins',
    default: [],
    words: 'origins whose pages may write to files and call /_standin/',
  },
  id: { kind: 'text', default: 'id', words: 'the field that holds the id' },
  prefix: { kind: 'text', default: '', words: 'path before every route, such as /api' },
  pageSize: { kind: 'number', min: 1, max: 10_000, words: 'items on a page that asks for no size' },
  bodyLimit: { kind: 'text', default: '1mb', words: 'largest body accepted' },
  routes: { kind: 'text', words: "JSON file of rewrite rules, as json-server's" },
  config: { kind: 'text', alias: 'c', words: 'config file (standin.config.json, .js or .mjs)' },
  quiet: { kind: 'flag', alias: 'q', default: false, words: 'no line per request' },
  relations: {
    kind: 'object',
    default: {},
    configOnly: true,
    words: 'foreign keys, and what a delete does to them',
  },
  unique: { kind: 'object', default: {}, configOnly: true, words: 'fields and tuples that must be unique' },
  pagination: { kind: 'text', choices: pagination, configOnly: true, words: 'how lists are paged' },
  putCreates: { kind: 'flag', default: false, configOnly: true, words: 'PUT of a missing id creates it' },
  resources: { kind: 'object', default: {}, configOnly: true, words: 'settings by resource' },
  middleware: { kind: 'list', default: [], configOnly: true, words: 'Koa middleware, run before the routes' },
  log: { kind: 'any', configOnly: true, words: 'takes each line of the log' },
} as const satisfies { readonly [K in keyof Required<Options>]: OptionRow };
