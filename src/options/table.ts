import type { Options, ResourceOptions } from './options.ts';
import type { OptionRow, ValueRow } from './row.ts';

const pagination = ['page', 'limit-offset', 'cursor', 'skip-limit'] as const;

const text = { kind: 'text' } as const;
const texts = { kind: 'texts' } as const;

export const onDeleteRow = { kind: 'text', choices: ['keep', 'nullify', 'cascade', 'restrict'] } as const;

const resourceTable = {
  id: text,
  search: texts,
  filters: { kind: 'any', either: [texts, { kind: 'object', values: texts }] },
  sort: texts,
  defaultSort: texts,
  pageSize: { kind: 'number', min: 1, max: 10_000 },
  maxPageSize: { kind: 'number', min: 1 },
  pagination: { kind: 'text', choices: pagination },
} as const satisfies { readonly [K in keyof Required<ResourceOptions>]: ValueRow };

const relationRow: ValueRow = {
  kind: 'any',
  either: [
    text,
    { kind: 'object', keys: { to: { ...text, required: true }, onDelete: onDeleteRow } },
    { kind: 'null' },
  ],
};

const source: ValueRow = { kind: 'any', either: [text, { kind: 'object' }] };

/** One row an option: parsed, checked, shown by `--help` and in the README from here. */
export const optionTable = {
  sources: {
    kind: 'any',
    either: [text, { kind: 'object' }, { kind: 'list', items: source }],
    configOnly: true,
    description: 'files, folders or data to serve',
  },
  schemas: { kind: 'text', description: 'folder of <resource>.schema.json files' },
  port: {
    kind: 'number',
    alias: 'p',
    default: 3000,
    min: 0,
    max: 65535,
    description: 'port; 0 takes any free one',
  },
  host: { kind: 'text', alias: 'H', default: 'localhost', description: 'address to listen on' },
  dialect: {
    kind: 'any',
    either: [text, { kind: 'object' }],
    alias: 'd',
    default: 'rest',
    description: 'the backend to answer like',
  },
  strict: {
    kind: 'flag',
    default: false,
    description: 'without a schema, refuse unknown and missing fields',
  },
  strictQuery: { kind: 'flag', default: false, description: 'refuse query parameters that are no field' },
  writes: {
    kind: 'text',
    default: 'memory',
    choices: ['memory', 'fake', 'file', 'off'],
    description: 'what becomes of writes',
  },
  onReload: {
    kind: 'text',
    default: 'keep',
    choices: ['keep', 'reset'],
    description: "clients' writes when a file is saved",
  },
  sessions: {
    kind: 'text',
    default: 'optional',
    choices: ['optional', 'required'],
    description: 'requests without a session',
  },
  sessionIdle: {
    kind: 'number',
    default: 3600,
    min: 1,
    description: 'seconds until an idle session is dropped',
  },
  sessionCap: {
    kind: 'number',
    default: 1000,
    min: 1,
    description: 'sessions kept; beyond it the longest idle goes',
  },
  requireMatch: { kind: 'flag', default: false, description: 'refuse changes without If-Match (428)' },
  watch: { kind: 'flag', default: true, description: 'reload when a file is saved' },
  allowHost: { kind: 'texts', default: [], description: 'names allowed in the Host header' },
  allowOrigin: {
    kind: 'origins',
    default: [],
    description: 'origins whose pages may write to files and call /_standin/',
  },
  id: { kind: 'text', default: 'id', description: 'the field that holds the id' },
  prefix: {
    kind: 'text',
    form: {
      pattern: /^(?!\/_standin(\/|$))(\/[^/?#]+)*$/,
      wanted: 'a path such as /api that is not /_standin',
    },
    default: '',
    description: 'path before every route, such as /api',
  },
  pageSize: { kind: 'number', min: 1, max: 10_000, description: 'items on a page that asks for no size' },
  bodyLimit: {
    kind: 'text',
    form: {
      pattern: /^(?=.*[1-9])(\d{1,12} *b?|\d{1,6}(\.\d{1,3})? *[kmg]b)$/i,
      wanted: 'a size such as 500kb or 10mb',
    },
    default: '1mb',
    description: 'largest body accepted',
  },
  routes: { kind: 'text', description: "JSON file of rewrite rules, as json-server's" },
  config: { kind: 'text', alias: 'c', description: 'config file (standin.config.json, .js, .ts)' },
  quiet: { kind: 'flag', alias: 'q', default: false, description: 'no line per request' },
  relations: {
    kind: 'object',
    values: relationRow,
    default: {},
    configOnly: true,
    description: 'foreign keys, and what a delete does to them',
  },
  unique: {
    kind: 'object',
    values: { kind: 'list', items: { kind: 'any', either: [text, { ...texts, min: 1 }] } },
    default: {},
    configOnly: true,
    description: 'fields and tuples that must be unique',
  },
  pagination: { kind: 'text', choices: pagination, configOnly: true, description: 'how lists are paged' },
  putCreates: {
    kind: 'flag',
    default: false,
    configOnly: true,
    description: 'PUT of a missing id creates it',
  },
  resources: {
    kind: 'object',
    values: { kind: 'object', keys: resourceTable },
    default: {},
    configOnly: true,
    description: 'settings by resource',
  },
  middleware: {
    kind: 'list',
    items: { kind: 'middleware' },
    default: [],
    configOnly: true,
    description: 'Koa middleware, run before the routes',
  },
  log: { kind: 'function', configOnly: true, description: 'takes each line of the log' },
} as const satisfies { readonly [K in keyof Required<Options>]: OptionRow };
