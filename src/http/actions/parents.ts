import type { Collection, Relation } from '../../model/model.ts';
import { Problem } from '../../problem.ts';
import type { LiveEntry } from '../../store/entry.ts';
import { isScalar } from '../../store/field.ts';
import type { Shelves } from '../../store/store.ts';
import type { Found } from '../call.ts';
import type { Live } from '../live.ts';
import { pathOf } from '../path.ts';

const FEW = 10;

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

interface Walked {
  readonly live: Live;
  readonly prefix: string;
  readonly target: Found;
}

/** Refuses a path whose parameters cannot be ids, whose parents are missing, or whose item is another parent's. */
export function checkPath(call: Walked, store: Shelves): void {
  const { live, target } = call;
  const { steps, faults, key } = target;
  if (faults.length > 0)
    throw new Problem('invalid', faults.map(({ message }) => message).join('; '), { violations: faults });
  const { parent } = live.dialect.conventions.paths.nested;
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
