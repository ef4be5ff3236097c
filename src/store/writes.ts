import { type Item, isObject, setField, toPointer } from '../json/json.ts';
import type { Collection, Relation, Singleton, Value } from '../model/model.ts';
import type { OnDelete } from '../options/options.ts';
import { Problem, type Violation } from '../problem.ts';
import { withDefaults, withReadOnly, writable } from '../schema/access.ts';
import type { Shape } from '../schema/shape.ts';
import { SINGLE } from './base.ts';
import { type CheckConventions, type Checking, faultsOfValue, faultsOfWrite } from './check.ts';
import { clientId, type IdConventions, newId, typedLike } from './ids.ts';
import type { Draft } from './store.ts';

/** What a dialect says about writes; everything else is the same for all. */
export interface WriteConventions extends CheckConventions {
  readonly ids: IdConventions;
  /** Where a generated id stands in the item; `last` unless the client gave it a place. */
  readonly idPosition: 'first' | 'last';
  /** A key taken from the path: typed like the parent's id, or the text it is. */
  readonly pathKeys: 'typed' | 'text';
  /** What PUT does to fields that are not sent: gone (readOnly ones stay), or as they were. */
  readonly put: 'replace' | 'merge';
  /** How far a PATCH reaches: objects inside are replaced, or merged where the schema describes them. */
  readonly patch: 'shallow' | 'deep';
  /** What a delete does where the config does not say. */
  readonly onDelete: OnDelete;
}

/** The conventions of writes, for one body. */
export type Writing = WriteConventions & Checking;

/** Fields that the path decides, such as the parent's key on a nested route. */
export type Fixed = ReadonlyMap<Relation, string>;

export const NOTHING_FIXED: Fixed = new Map();

function fixFields(draft: Draft, item: Item, fixed: Fixed, writing: Writing): Item {
  const whole = { ...item };
  for (const [relation, key] of fixed) {
    const parent = draft.model.resources.get(relation.parent) as Collection;
    const child = draft.model.resources.get(relation.child) as Collection;
    // A schema is about typed keys: a text would break it, and the client did not choose that.
    const isText = writing.pathKeys === 'text' && !child.check;
    const id = isText ? key : typedLike(parent, draft.shelf(relation.parent), key);
    const old = whole[relation.field];
    const many = Array.isArray(old) ? old : [];
    setField(
      whole,
      relation.field,
      relation.many ? (many.some((one) => String(one) === key) ? many : [...many, id]) : id,
    );
  }
  return whole;
}

/** Foreign keys in a body get the type of the ids they point at. */
function typeKeys(draft: Draft, collection: Collection, body: Item, writing: Writing): Item {
  if (writing.pathKeys === 'text') return body;
  const typed = { ...body };
  for (const relation of draft.model.parentsOf(collection.name)) {
    if (!Object.hasOwn(body, relation.field)) continue;
    const parent = draft.model.resources.get(relation.parent) as Collection;
    const shelf = draft.shelf(relation.parent);
    const value = body[relation.field];
    const one = (key: unknown) => typedLike(parent, shelf, key);
    setField(typed, relation.field, Array.isArray(value) ? value.map(one) : one(value));
  }
  return typed;
}

/** An id that the client did not choose is not its fault, whatever the schema says of ids. */
const withoutId = (faults: readonly Violation[], { idField }: Collection): readonly Violation[] =>
  faults.filter(({ path }) => path !== toPointer([idField]));

/** Adds an item and returns it as stored. `key` is an id that the path decides, for a PUT that creates. */
export function create(
  draft: Draft,
  collection: Collection,
  body: Item,
  fixed: Fixed,
  writing: Writing,
  key?: string,
): Item {
  const { idField, name } = collection;
  const shelf = draft.shelf(name);
  const shape = collection.check?.shape;
  const input = withReadOnly(body, undefined, shape);
  const id =
    key === undefined
      ? (clientId(collection, shelf, input, writing.ids) ?? newId(collection, shelf, writing.ids))
      : (typedLike(collection, shelf, key) as string | number);
  const { [idField]: _, ...rest } = fixFields(
    draft,
    typeKeys(draft, collection, input, writing),
    fixed,
    writing,
  );
  const sentOwn = Object.hasOwn(input, idField) && input[idField] === id;
  const ordered = sentOwn ? { ...input, ...rest } : withId(idField, id, input, rest, writing);
  const item = withDefaults(ordered, shape);
  const found = faultsOfWrite(draft, collection, item, undefined, undefined, writing);
  const faults = sentOwn || key !== undefined ? found : withoutId(found, collection);
  const [orphaned, broken] = partition(faults, (fault) => isFixed(fault, fixed));
  refuse(broken, collection);
  // The client did not send that key: the path names a parent that is not there.
  if (orphaned[0]) throw noParent(orphaned[0]);
  draft.put(name, String(id), item);
  if (typeof id === 'number') shelf.useId(id);
  return item;
}

/** Puts the id first, or last; one that is not kept leaves it the place that the client gave it. */
const withId = (
  idField: string,
  id: string | number,
  input: Item,
  rest: Item,
  { idPosition }: WriteConventions,
): Item => (idPosition === 'first' ? { [idField]: id, ...rest } : { ...input, ...rest, [idField]: id });

/** Replaces an item; its id, and what the schema says is not the client's to write, stay. */
export function replace(
  draft: Draft,
  collection: Collection,
  key: string,
  body: Item,
  fixed: Fixed,
  writing: Writing,
): Item {
  if (writing.put === 'merge') return update(draft, collection, key, body, fixed, writing);
  const before = draft.get(collection.name, key)?.item as Item;
  const { idField } = collection;
  const shape = collection.check?.shape;
  const input = withReadOnly(body, before, shape);
  const { [idField]: _, ...rest } = fixFields(
    draft,
    typeKeys(draft, collection, input, writing),
    fixed,
    writing,
  );
  const id = before[idField] as string | number;
  const ordered = withId(idField, id, input, rest, writing);
  const item = withDefaults(ordered, shape);
  const faults = faultsOfWrite(draft, collection, item, before, undefined, writing);
  refuse(withoutId(faults, collection), collection);
  draft.put(collection.name, key, item);
  return item;
}

/** Merges fields into an item. Only what is sent is checked. */
export function update(
  draft: Draft,
  collection: Collection,
  key: string,
  body: Item,
  fixed: Fixed,
  writing: Writing,
): Item {
  const before = draft.get(collection.name, key)?.item as Item;
  const shape = collection.check?.shape;
  const { [collection.idField]: _, ...input } = writable(body, shape);
  const typed = fixFields(draft, typeKeys(draft, collection, input, writing), fixed, writing);
  const item = withReadOnly(
    merge(before, typed, writing.patch === 'deep' ? shape : undefined),
    before,
    shape,
  );
  refuse(faultsOfWrite(draft, collection, item, before, new Set(Object.keys(typed)), writing), collection);
  draft.put(collection.name, key, item);
  return item;
}

/** Stores an item that a client computed whole from the one before, as a patch document does. */
export function put(
  draft: Draft,
  collection: Collection,
  key: string,
  computed: Item,
  fixed: Fixed,
  writing: Writing,
): Item {
  const { idField, check } = collection;
  const before = draft.get(collection.name, key)?.item as Item;
  const kept = withReadOnly({ ...computed, [idField]: before[idField] as string }, before, check?.shape);
  const item = fixFields(draft, typeKeys(draft, collection, kept, writing), fixed, writing);
  const changed = Object.keys({ ...before, ...item }).filter((field) => before[field] !== item[field]);
  refuse(faultsOfWrite(draft, collection, item, before, new Set(changed), writing), collection);
  draft.put(collection.name, key, item);
  return item;
}

/** Writes a singleton or a plain value. A replacement gets its defaults; a change is as it was computed. */
export function putSingle(
  draft: Draft,
  resource: Singleton | Value,
  value: unknown,
  writing: Checking,
  how: 'replaced' | 'changed',
): Item {
  let item = value as Item;
  if (resource.kind === 'singleton' && resource.check) {
    const { check, name } = resource;
    item = withReadOnly(item, draft.shelf(name).get(SINGLE)?.item, check.shape);
    if (how === 'replaced') item = withDefaults(item, check.shape);
    refuse(faultsOfValue(check, item, writing), resource);
  }
  draft.put(resource.name, SINGLE, item);
  return item;
}

/** Fields over fields; with a shape, the objects that it describes are merged in turn. */
export function merge(before: Item, sent: Item, shape: Shape | undefined): Item {
  const merged = { ...before };
  for (const [field, value] of Object.entries(sent)) {
    const old = Object.hasOwn(before, field) ? before[field] : undefined;
    const inner = shape?.field(field);
    const deep = inner !== undefined && inner.names.size > 0 && isObject(value) && isObject(old);
    setField(merged, field, deep ? merge(old, value, inner) : value);
  }
  return merged;
}

const isFixed = ({ path, keyword }: Violation, fixed: Fixed): boolean =>
  keyword === 'exists' && [...fixed.keys()].some(({ field }) => path === toPointer([field]));

function noParent({ params, value }: Violation): Problem {
  const [resource, key] = [String(params.parent), String(value)];
  return new Problem('no-parent', `${resource} has no item with the id '${key}'`, { resource, key });
}

function partition<T>(all: readonly T[], goesFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(goesFirst), all.filter((one) => !goesFirst(one))];
}

function refuse(violations: readonly Violation[], resource: { readonly name: string }): void {
  if (violations.length === 0) return;
  const taken = violations.every(({ keyword }) => keyword === 'unique');
  const sentences = violations.map(
    ({ path, message }) => `${path.slice(1).replaceAll('/', '.') || 'the body'} ${message}`,
  );
  throw new Problem(taken ? 'not-unique' : 'invalid', sentences.join('; '), {
    violations,
    resource: resource.name,
  });
}
