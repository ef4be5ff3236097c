import { fromPointer, type Item, toPointer } from '../json/json.ts';
import type { Collection } from '../model/model.ts';
import type { Violation } from '../problem.ts';
import { type Check, itemViolations } from '../schema/check.ts';
import type { Shape } from '../schema/shape.ts';
import { type Field, isScalar, type Scalar, valuesAt } from './field.ts';
import type { Draft } from './store.ts';

/** What a dialect says about checks. */
export interface CheckConventions {
  /** Which foreign keys must point at an item: those the config declares, or every one. */
  readonly foreignKeys: 'none' | 'declared' | 'all';
  /** Faults of a schema that the backend does not see, because it reads such values by rules of its own. */
  readonly overlooks?: (violation: Violation, shape: Shape) => boolean;
}

/** The conventions of checks, for one body. */
export interface Checking extends CheckConventions {
  /** What the dialect could not read in this body; nobody else is asked about those fields. */
  readonly faults?: readonly Violation[];
}

/**
 * Every rule that a write breaks. With `sent`, only faults in those fields count, and those that were not there
 * before: an old fault elsewhere in the item does not block a PATCH of another field.
 */
export function faultsOfWrite(
  draft: Draft,
  collection: Collection,
  item: Item,
  before: Item | undefined,
  sent: ReadonlySet<string> | undefined,
  checking: Checking,
): Violation[] {
  return withFaults(checking, [
    ...schemaFaults(collection, item, before, sent, checking),
    ...takenValues(draft, collection, item, before, sent),
    ...danglingKeys(draft, collection, item, sent, checking.foreignKeys),
  ]);
}

/** Every rule that a singleton breaks. */
export const faultsOfValue = (check: Check, value: unknown, checking: Checking): Violation[] =>
  withFaults(checking, answerable(check, check.violations(value), checking));

/** The dialect's faults, and what others found in fields where it had nothing to say. */
function withFaults({ faults = [] }: Checking, found: readonly Violation[]): Violation[] {
  const told = new Set(faults.map(({ path }) => path));
  return [...faults, ...found.filter(({ path }) => !isAtOrBelow(path, told))];
}

/** Whether a pointer, or one that leads to it, is among some. */
function isAtOrBelow(pointer: string, some: ReadonlySet<string>): boolean {
  if (some.size === 0) return false;
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (some.has(at)) return true;
  return some.has('');
}

function schemaFaults(
  { check, idField }: Collection,
  item: Item,
  before: Item | undefined,
  sent: ReadonlySet<string> | undefined,
  checking: Checking,
): Violation[] {
  if (!check) return [];
  const found = answerable(check, itemViolations(check, item, idField), checking);
  if (found.length === 0 || !sent || !before) return found;
  const old = new Set(
    itemViolations(check, before, idField).map(({ path, keyword }) => `${keyword} ${path}`),
  );
  return found.filter(({ path, keyword }) => {
    const [field = ''] = fromPointer(path);
    return sent.has(field) || !old.has(`${keyword} ${path}`);
  });
}

/** The faults that a client can do something about and that the backend sees. */
const answerable = (
  check: Check,
  found: readonly Violation[],
  { overlooks }: CheckConventions,
): Violation[] =>
  found.filter((violation) => !isReadOnlyGap(check, violation) && !overlooks?.(violation, check.shape));

/** A client cannot send what is readOnly, so it is not to blame for its absence. */
const isReadOnlyGap = ({ shape }: Check, { keyword, path }: Violation): boolean =>
  keyword === 'required' && shape.along(fromPointer(path))?.readOnly === true;

function takenValues(
  draft: Draft,
  collection: Collection,
  item: Item,
  before: Item | undefined,
  sent: ReadonlySet<string> | undefined,
): Violation[] {
  const own = before === undefined ? undefined : String(before[collection.idField]);
  const shelf = draft.shelf(collection.name);
  const fieldOf = (path: string): Field => ({ path, date: false, isKey: true });
  return collection.unique.flatMap((fields) => {
    if (sent && !fields.some((field) => sent.has(field))) return [];
    const values = fields.map((field) => item[field]);
    // As in SQL, an absent value equals no other.
    if (!values.every((value) => isScalar(value) && value !== null)) return [];
    const [first = ''] = fields;
    const same = shelf
      .equal(fieldOf(first), [values[0] as Scalar])
      .some(
        (entry) =>
          entry.key !== own &&
          fields.every((field, i) => valuesAt(entry.item, fieldOf(field)).includes(values[i])),
      );
    if (!same) return [];
    const params = { fields };
    const path = fields.length === 1 ? toPointer([first]) : '';
    const message = fields.length === 1 ? 'is taken' : `must be unique together: ${fields.join(', ')}`;
    return [
      {
        path,
        keyword: 'unique',
        params,
        value: fields.length === 1 ? values[0] : values,
        schema: {},
        message,
      },
    ];
  });
}

function danglingKeys(
  draft: Draft,
  collection: Collection,
  item: Item,
  sent: ReadonlySet<string> | undefined,
  which: CheckConventions['foreignKeys'],
): Violation[] {
  if (which === 'none') return [];
  return draft.model.parentsOf(collection.name).flatMap((relation) => {
    if ((which === 'declared' && !relation.declared) || (sent && !sent.has(relation.field))) return [];
    const value = Object.hasOwn(item, relation.field) ? item[relation.field] : undefined;
    const keys = Array.isArray(value) ? value : [value];
    const parents = draft.shelf(relation.parent);
    return keys.flatMap((key, i) => {
      if (key === undefined || key === null || !isScalar(key) || parents.get(String(key))) return [];
      const path = toPointer(Array.isArray(value) ? [relation.field, i] : [relation.field]);
      const message = `must be the id of an item in ${relation.parent}, got ${JSON.stringify(key)}`;
      return [
        { path, keyword: 'exists', params: { parent: relation.parent }, value: key, schema: {}, message },
      ];
    });
  });
}
