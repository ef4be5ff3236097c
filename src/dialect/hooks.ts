import { checkOptions, checkValue } from '../options/checks.ts';
import type { ValueRow } from '../options/row.ts';
import { onDeleteRow } from '../options/table.ts';
import { Problem } from '../problem.ts';
import { alter, type BodyTypes, type Conventions, defaultConventions } from './conventions.ts';
import type { CompleteDialect, Dialect } from './dialect.ts';

type Rows<T> = { readonly [K in keyof Required<T>]: ValueRow };

const flag = { kind: 'flag' } as const;
const hook = { kind: 'function' } as const;
const needed = { ...hook, required: true } as const;

const oneOf = (...choices: readonly string[]): ValueRow => ({ kind: 'text', choices });
const oneStatus = (...choices: readonly number[]): ValueRow => ({ kind: 'number', choices });

const status: ValueRow = { kind: 'number', min: 200, max: 599 };
const bodyFate = oneOf('refuse', 'json', 'ignore', 'text');

/** A group of conventions, each as far as it is given. */
const group = <T>(keys: Rows<T>): ValueRow => ({ kind: 'object', keys });

const conventions: Rows<Conventions> = {
  paths: group<Conventions['paths']>({
    slash: oneOf('either', 'always', 'never'),
    caseSensitive: flag,
    nested: group<Conventions['paths']['nested']>({
      depth: { kind: 'any', either: [{ kind: 'number', min: 0 }, { kind: 'endless' }] },
      items: flag,
      parent: oneOf('checked', 'unchecked', 'late'),
    }),
    itemFilters: flag,
    missingVerb: oneStatus(405, 404),
    allow: oneOf('all', 'first'),
    writesOff: oneStatus(405, 403),
    head: flag,
    options: oneOf('allow', 'metadata', 'missing'),
    postSingleton: flag,
    methodOverride: flag,
  }),
  bodies: group<Conventions['bodies']>({
    bodyTypes: group<BodyTypes>({
      json: { kind: 'texts' },
      forms: flag,
      markRefused: flag,
      other: bodyFate,
      untyped: bodyFate,
      constants: flag,
    }),
    emptyBody: oneOf('refuse', 'object'),
    arrayBody: oneOf('refuse', 'bulk'),
    first: oneOf('item', 'body'),
  }),
  writes: group<Conventions['writes']>({
    ids: group<Conventions['writes']['ids']>({
      client: oneOf('keep', 'ignore'),
      truthy: flag,
      numbers: oneOf('next', 'highest', 'random', 'by-schema'),
      length: { kind: 'number', min: 1, max: 100 },
    }),
    idPosition: oneOf('first', 'last'),
    foreignKeys: oneOf('none', 'declared', 'all'),
    overlooks: hook,
    pathKeys: oneOf('typed', 'text'),
    put: oneOf('replace', 'merge'),
    patch: oneOf('shallow', 'deep'),
    onDelete: onDeleteRow,
  }),
  answers: group<Conventions['answers']>({
    corsAlways: flag,
    corsMethods: flag,
    etags: flag,
    gzip: flag,
    missingItem: oneOf('refuse', 'pretend'),
    statuses: group<Conventions['answers']['statuses']>({ create: status, remove: status, invalid: status }),
  }),
};

/** What a dialect may hold, row by row. */
const hooks = {
  name: { kind: 'text', required: true },
  conventions: { kind: 'object', keys: conventions },
  defaults: { kind: 'object' },
  parameters: hook,
  params: hook,
  understands: hook,
  lookups: { kind: 'texts' },
  listQuery: needed,
  itemQuery: needed,
  segments: hook,
  readKey: hook,
  admit: hook,
  options: hook,
  readBody: hook,
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

export const hookNames: readonly string[] = Object.keys(hooks);

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
export function checkDialect(given: object): CompleteDialect {
  const held = given as Readonly<Record<string, unknown>>;
  const value = Object.fromEntries(namesOf(given).map((name) => [name, held[name]]));
  if (Object.hasOwn(value, 'rules'))
    throw new Problem('bad-option', "'dialect.rules' has the name 'conventions', and four groups", {
      hint: 'conventions: { paths, bodies, writes, answers }, each as far as it differs from rest: docs/write-a-dialect.md.',
    });
  checkValue(dialect, { path: 'dialect', value, where: '' });
  const { defaults } = given as Dialect;
  if (defaults !== undefined) checkOptions(defaults, " in the dialect's defaults");
  return complete(given as Dialect);
}

/** A dialect with the conventions of `rest`, but for those of its own. Hooks of a class stay where they are. */
export const complete = (dialect: Dialect): CompleteDialect =>
  Object.create(dialect, {
    conventions: { value: alter(defaultConventions, dialect.conventions), enumerable: true },
  });
