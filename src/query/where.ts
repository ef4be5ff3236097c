import type { Collection } from '../model/model.ts';
import type { LiveEntry } from '../store/entry.ts';
import { comparable, type Field, fieldOf, type Scalar, valuesAt } from '../store/field.ts';
import type { SortKey } from '../store/order.ts';
import { idsOf } from '../store/remove.ts';
import type { Shelf } from '../store/shelf.ts';
import type { Shelves } from '../store/store.ts';
import type { OrderView } from '../store/view.ts';
import { findLink, MAX_LINKS } from './link.ts';
import { operators } from './operators.ts';
import type { Condition, Where } from './query.ts';
import { wholeOperators } from './whole.ts';

type WholeCondition = Extract<Condition, { readonly as: string }>;

export type Predicate = (entry: LiveEntry) => boolean;

/** A test of one entry, and where an index knows them, the only entries that can pass it. */
export interface Plan {
  readonly test: Predicate;
  /** In list order, or undefined where every entry must be looked at. */
  readonly candidates?: () => readonly LiveEntry[];
  /** How many candidates there are at most. */
  readonly cost?: number;
  /** Where one index knows exactly what passes: that, in an order. */
  readonly ordered?: (sort: readonly SortKey[]) => OrderView;
}

/** Plans a condition, once per query. */
export function plan(shelves: Shelves, collection: Collection, where: Where): Plan {
  if ('all' in where) return planAll(where.all.map((one) => plan(shelves, collection, one)));
  if ('any' in where) return planAny(where.any.map((one) => plan(shelves, collection, one)));
  if ('not' in where) {
    const { test } = plan(shelves, collection, where.not);
    return { test: (entry) => !test(entry) };
  }
  return planCondition(shelves, collection, where);
}

/** The dearest index is not asked: the shortest list of candidates is tested by all conditions. */
function planAll(plans: readonly Plan[]): Plan {
  const test: Predicate = (entry) => plans.every((one) => one.test(entry));
  const indexed = plans.filter((one) => one.candidates).sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0))[0];
  return indexed?.candidates ? { test, candidates: indexed.candidates, cost: indexed.cost ?? 0 } : { test };
}

function planAny(plans: readonly Plan[]): Plan {
  const test: Predicate = (entry) => plans.some((one) => one.test(entry));
  if (!plans.every((one) => one.candidates)) return { test };
  const candidates = () =>
    [...new Set(plans.flatMap((one) => one.candidates?.() ?? []))].sort((a, b) => a.place - b.place);
  return { test, candidates, cost: plans.reduce((sum, one) => sum + (one.cost ?? 0), 0) };
}

/** `levels` says how many relations the path may still follow. */
function planCondition(
  shelves: Shelves,
  collection: Collection,
  condition: Condition,
  levels: number = MAX_LINKS,
): Plan {
  const { path, op } = condition;
  const shelf = shelves.shelf(collection.name);
  const [first = '', ...rest] = path.split('.');
  if (rest.length > 0 && levels > 0 && leadsOn(shelves, collection, first)) {
    const below = { ...condition, path: rest.join('.') };
    const related = planRelated(shelves, collection, first, below, levels - 1);
    if (related) return related;
  }
  const field: Field = fieldOf(collection, path);
  const values =
    field.date || field.decimal
      ? [...condition.values, ...condition.values.map((value) => comparable(value, field))]
      : condition.values;
  if (condition.as) return planWhole(shelf, field, values, condition);
  const holds = operators[condition.op](values);
  const test: Predicate = (entry) => holds(valuesAt(entry.item, field));
  if (op !== 'eq' && op !== 'in') return { test };
  return {
    test,
    candidates: () => shelf.equal(field, values),
    cost: shelf.countEqual(field, values),
    ordered: (sort) => shelf.equalOrder(field, values, sort),
  };
}

/** The index knows elements of arrays too, so that what it finds is still looked at. */
function planWhole(shelf: Shelf, field: Field, values: readonly Scalar[], { op, as }: WholeCondition): Plan {
  const holds = wholeOperators[op](values);
  const test: Predicate = ({ item }) => {
    const [value] = valuesAt(item, field);
    return value !== undefined && holds(as === 'text' && typeof value === 'number' ? String(value) : value);
  };
  if (op !== 'eq' && op !== 'in') return { test };
  const stored = as === 'text' ? values.flatMap((value) => idsOf(String(value))) : values;
  return { test, candidates: () => shelf.equal(field, stored), cost: shelf.countEqual(field, stored) };
}

/** `author.name=Ada`: the authors that match, then the items that point at them. */
function planRelated(
  shelves: Shelves,
  collection: Collection,
  name: string,
  condition: Condition,
  levels: number,
): Plan | undefined {
  const link = findLink(shelves, collection, name);
  if (!link) return undefined;
  const target = planCondition(shelves, link.to, condition, levels);
  const targets = (target.candidates?.() ?? shelves.shelf(link.to.name).entries()).filter(target.test);
  const found = link.back(targets).sort((a, b) => a.place - b.place);
  const set = new Set(found);
  return { test: (entry) => set.has(entry), candidates: () => found, cost: found.length };
}

/** Whether more of a path follows a relation: a key holds nothing inside, so `author.name` leads on from it too. */
export const leadsOn = (shelves: Shelves, collection: Collection, name: string): boolean =>
  !isField(shelves, collection, name) ||
  shelves.model.parentsOf(collection.name).some(({ field }) => field === name);

/** A name that is a field is a field first. */
export const isField = (shelves: Shelves, collection: Collection, name: string): boolean =>
  collection.fields.has(name) || shelves.shelf(collection.name).hasField(name);
