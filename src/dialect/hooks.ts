import { checkOptions, checkValue } from '../options/checks.ts';
import type { ValueRow } from '../options/row.ts';
import { onDeleteRow } from '../options/table.ts';
import type { BodyTypes, Dialect, Rules } from './dialect.ts';

type Rows<T> = { readonly [K in keyof Required<T>]: ValueRow };

const flag = { kind: 'flag', required: true } as const;
const hook = { kind: 'function' } as const;
const needed = { ...hook, required: true } as const;

const oneOf = (...choices: readonly string[]): ValueRow => ({ kind: 'text', choices, required: true });
const oneStatus = (...choices: readonly number[]): ValueRow => ({ kind: 'number', choices, required: true });

const bodyFate = oneOf('refuse', 'json', 'ignore', 'text');

const bodyTypes = {
  json: { kind: 'texts', required: true },
  forms: flag,
  markRefused: { kind: 'flag' },
  other: bodyFate,
  untyped: bodyFate,
  constants: { kind: 'flag' },
} satisfies Rows<BodyTypes>;

const rules = {
  ids: {
    kind: 'object',
    required: true,
    keys: {
      client: oneOf('keep', 'ignore'),
      truthy: { kind: 'flag' },
      numbers: oneOf('next', 'highest', 'random', 'by-schema'),
      length: { kind: 'number', min: 1, max: 100, required: true },
    } satisfies Rows<Rules['ids']>,
  },
  idPosition: oneOf('first', 'last'),
  foreignKeys: oneOf('none', 'declared', 'all'),
  overlooks: hook,
  faults: { kind: 'list' },
  pathKeys: oneOf('typed', 'text'),
  put: oneOf('replace', 'merge'),
  patch: oneOf('shallow', 'deep'),
  onDelete: { ...onDeleteRow, required: true },
  slash: oneOf('either', 'always', 'never'),
  caseSensitive: flag,
  nested: {
    kind: 'object',
    required: true,
    keys: {
      depth: { kind: 'any', either: [{ kind: 'number', min: 0 }, { kind: 'endless' }], required: true },
      items: flag,
      parent: oneOf('checked', 'unchecked', 'late'),
    } satisfies Rows<Rules['nested']>,
  },
  itemFilters: flag,
  missingVerb: oneStatus(405, 404),
  allow: oneOf('all', 'first'),
  writesOff: oneStatus(405, 403),
  head: flag,
  options: oneOf('allow', 'metadata', 'missing'),
  postSingleton: flag,
  bodyTypes: { kind: 'object', keys: bodyTypes, required: true },
  emptyBody: oneOf('refuse', 'object'),
  arrayBody: oneOf('refuse', 'bulk'),
  first: oneOf('item', 'body'),
  corsAlways: flag,
  corsMethods: flag,
  methodOverride: flag,
  etags: flag,
  gzip: flag,
  missingItem: oneOf('refuse', 'pretend'),
} satisfies Rows<Rules>;

/** What a dialect may hold, row by row. */
const hooks = {
  name: { kind: 'text', required: true },
  rules: {
    kind: 'object',
    keys: rules,
    lack: 'Begin with { ...rest.rules }, which has every rule.',
    required: true,
  },
  defaults: { kind: 'object' },
  understands: hook,
  lookups: { kind: 'texts' },
  listQuery: needed,
  itemQuery: needed,
  segments: hook,
  readKey: hook,
  admit: hook,
  options: hook,
  wrap: hook,
  coerce: hook,
  list: needed,
  item: needed,
  removed: needed,
  root: hook,
  moved: hook,
  problem: needed,
  show: hook,
  onDelete: hook,
  pages: { kind: 'map' },
  delay: hook,
  headers: { kind: 'object', values: { kind: 'text' } },
} satisfies Rows<Dialect>;

const dialect: ValueRow = {
  kind: 'object',
  keys: hooks,
  lack: 'Begin with { ...rest }, which has everything: import { rest } from "standin".',
};

/** The names of an object, and of the class that made it. */
function namesOf(given: object): string[] {
  const names: string[] = [];
  for (let one = given; one !== Object.prototype && one !== null; one = Object.getPrototypeOf(one))
    names.push(...Object.getOwnPropertyNames(one).filter((name) => name !== 'constructor'));
  return names;
}

/** Refuses a dialect that lacks what every dialect needs, or holds what none has: a hook that is misspelt is never called. */
export function checkDialect(given: object): Dialect {
  const held = given as Readonly<Record<string, unknown>>;
  const value = Object.fromEntries(namesOf(given).map((name) => [name, held[name]]));
  checkValue(dialect, { path: 'dialect', value, where: '' });
  const { defaults } = given as Dialect;
  if (defaults !== undefined) checkOptions(defaults, " in the dialect's defaults");
  return given as Dialect;
}
