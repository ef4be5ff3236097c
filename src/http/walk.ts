import { didYouMean } from '../dialects/params.ts';
import { type Collection, nesting, type Relation } from '../model/model.ts';
import { singular } from '../model/names.ts';
import { Problem, type Violation } from '../problem.ts';
import type { LiveEntry } from '../store/entry.ts';
import { isScalar } from '../store/field.ts';
import type { Shelves } from '../store/store.ts';
import { NOTHING_FIXED } from '../store/writes.ts';
import type { Call, Step, Target } from './call.ts';
import type { Live } from './live.ts';
import { pathOf, splitPath } from './path.ts';

const FEW = 10;

export function unknownResource(live: Live, name: string): Problem {
  const names = [...live.model.resources.keys()];
  const message = name === '' ? 'the path names no resource' : `there is no resource '${name}'`;
  return new Problem('unknown-resource', message, {
    resource: name,
    hint: `${didYouMean(name, names) ?? ''} ${whatThereIs(live)}`.trim(),
  });
}

function whatThereIs({ model, dialect, settings }: Live): string {
  const names = [...model.resources.keys()];
  if (names.length === 0) return 'There is nothing to serve.';
  if (names.length <= FEW) return `There is: ${names.join(', ')}.`;
  if (dialect.root) return `GET ${settings.prefix}/ lists all ${names.length}.`;
  return `There is: ${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more.`;
}

/** A path that does not begin with the option `prefix`. */
export function outsidePrefix(call: Call): Problem {
  const { live, ctx, base, path } = call;
  const { prefix } = live.settings;
  const [name = ''] = splitPath(ctx.path, '') ?? [];
  return new Problem('unknown-resource', `there is nothing at ${path}: every path begins with ${prefix}`, {
    resource: name,
    hint: live.model.resources.has(name) ? `Did you mean '${base}${prefix}${ctx.path}'?` : whatThereIs(live),
  });
}

export function notFound(store: Shelves, collection: Collection, key: string): Problem {
  const shelf = store.shelf(collection.name);
  const keys = shelf.size <= FEW ? shelf.entries().map((entry) => entry.key) : undefined;
  return new Problem('not-found', `${collection.name} has no item with the ${collection.idField} '${key}'`, {
    resource: collection.name,
    key,
    ...(keys ? { hint: keys.length > 0 ? `It has: ${keys.join(', ')}.` : 'It is empty.' } : {}),
  });
}

/** Whether a child's key, or one of its list of keys, is the parent's. */
export function belongs(entry: LiveEntry, relation: Relation, parentKey: string): boolean {
  const value = Object.hasOwn(entry.item, relation.field) ? entry.item[relation.field] : undefined;
  const keys = Array.isArray(value) ? value : [value];
  return keys.some((key) => isScalar(key) && String(key) === parentKey);
}

/** Follows `/events/23/guests/4` by its names. Whether the items are there is for `checkPath` to say. */
export function walk(live: Live, segments: readonly string[]): Target {
  const { model, dialect } = live;
  const { nested } = dialect.rules;
  const [name = '', ...rest] = segments;
  const first = model.resources.get(name);
  if (!first) throw unknownResource(live, name);
  if (first.kind !== 'collection') {
    if (rest.length > 0)
      throw new Problem('unknown-resource', `'${name}' has nothing below it`, { resource: name });
    return { resource: first, fixed: NOTHING_FIXED, steps: [], faults: [] };
  }
  let collection: Collection = first;
  let relation: Relation | undefined;
  const steps: Step[] = [];
  const faults: Violation[] = [];
  for (let i = 0; i < rest.length; i += 2) {
    const text = rest[i] as string;
    const key = dialect.readKey ? dialect.readKey(text, collection) : text;
    if (key === undefined) faults.push(noKey(collection, text));
    const fixed = relation ? new Map([[relation, steps.at(-1)?.key as string]]) : NOTHING_FIXED;
    steps.push({ collection, key: key ?? text, relation });
    const childName = rest[i + 1];
    if (childName === undefined) return { resource: collection, key: key ?? text, fixed, steps, faults };
    relation = i / 2 < nested.depth ? nesting(model, collection.name, childName) : undefined;
    if (!relation || (rest[i + 2] !== undefined && !nested.items))
      throw noNested(live, collection, childName);
    collection = model.resources.get(relation.child) as Collection;
  }
  const fixed = relation ? new Map([[relation, steps.at(-1)?.key as string]]) : NOTHING_FIXED;
  return { resource: collection, fixed, steps, faults };
}

const noKey = ({ name }: Collection, text: string): Violation => ({
  in: 'path',
  path: '',
  keyword: 'id',
  params: { resource: name },
  value: text,
  schema: {},
  message: `'${text}' cannot be an id in ${name}`,
});

interface Walked {
  readonly live: Live;
  readonly prefix: string;
  readonly target: Target | undefined;
}

/** Refuses a path whose parameters cannot be ids, whose parents are missing, or whose item is another parent's. */
export function checkPath(call: Walked, store: Shelves): void {
  const { live, target } = call;
  const { steps = [], faults = [], key } = target ?? {};
  if (faults.length > 0)
    throw new Problem('invalid', faults.map(({ message }) => message).join('; '), { violations: faults });
  const { parent } = live.dialect.rules.nested;
  if (parent === 'unchecked') return;
  steps.forEach((step, i) => {
    const entry = store.shelf(step.collection.name).get(step.key);
    const above = steps[i - 1];
    if (entry && above && step.relation && !belongs(entry, step.relation, above.key))
      throw elsewhere(call, step.collection, step.key, step.relation, above.key);
    if (parent === 'checked' && !entry && (key === undefined || i < steps.length - 1))
      throw missingParent(store, step.collection, step.key);
  });
}

function missingParent(store: Shelves, collection: Collection, key: string): Problem {
  const { message, facts } = notFound(store, collection, key);
  return new Problem('no-parent', message, facts);
}

function elsewhere(
  call: Walked,
  collection: Collection,
  key: string,
  relation: Relation,
  parentKey: string,
): Problem {
  return new Problem('not-found', `${relation.parent}/${parentKey} has no ${collection.name}/${key}`, {
    resource: collection.name,
    key,
    hint: `It belongs to another of the ${relation.parent}: see ${relation.field} in ${pathOf(call, collection.name, key)}.`,
  });
}

function noNested(live: Live, collection: Collection, name: string): Problem {
  const children = live.model.childrenOf(collection.name).map(({ child }) => child);
  const known = children.length > 0 ? `Below it: ${children.join(', ')}.` : 'Nothing points at it.';
  return new Problem('unknown-resource', `there is no '${name}' below ${collection.name}`, {
    resource: name,
    hint: `${didYouMean(name, children) ?? ''} ${known} A key such as ${singular(collection.name)}Id makes a relation, or "relations" in the config.`.trim(),
  });
}
