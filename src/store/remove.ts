import { type Item, setField } from '../json/json.ts';
import type { Collection, Relation } from '../model/model.ts';
import type { OnDelete } from '../options/options.ts';
import { Problem } from '../problem.ts';
import type { LiveEntry } from './entry.ts';
import { fieldOf, type Scalar } from './field.ts';
import type { Draft } from './store.ts';

/** What the delete of a parent does to its children: the same to all, or decided by what a child's field holds. */
export type DeleteRule = OnDelete | ((held: unknown) => OnDelete);

export type OnDeleteOf = (relation: Relation) => DeleteRule;

type Action = (draft: Draft, relation: Relation, child: LiveEntry, key: string, all: OnDeleteOf) => void;

const unlink: Action = (draft, relation, child, key) => {
  const now = draft.get(relation.child, child.key);
  if (!now) return;
  const value = now.item[relation.field];
  const without = Array.isArray(value) ? value.filter((one) => String(one) !== key) : null;
  draft.put(relation.child, child.key, setField({ ...now.item }, relation.field, without) as Item);
};

/** The rule for a child of a deleted item. All victims are found before anything is changed. */
const rules: Record<OnDelete, Action> = {
  keep: () => {},
  // An item that lists the id among others is nobody's child: it loses the link, and stays.
  cascade: (draft, relation, child, key, all) =>
    Array.isArray(child.item[relation.field])
      ? unlink(draft, relation, child, key, all)
      : removeItem(draft, relation.child, child.key, all),
  nullify: unlink,
  restrict: (_draft, relation, child, key) => {
    throw new Problem('restricted', `${relation.child}/${child.key} points at ${relation.parent}/${key}`, {
      resource: relation.parent,
      key,
      hint: `Delete or change the ${relation.child} whose ${relation.field} is ${key} first.`,
    });
  },
};

/** Deletes an item, and does to the items that point at it what their relation says. */
export function removeItem(draft: Draft, resource: string, key: string, onDelete: OnDeleteOf): void {
  const before = draft.get(resource, key);
  if (!before) return;
  const victims = draft.model.childrenOf(resource).flatMap((relation) => {
    const rule = onDelete(relation);
    if (rule === 'keep') return [];
    const actionOf = typeof rule === 'function' ? rule : () => rule;
    return children(draft, relation, key).map((child) => ({
      relation,
      child,
      action: actionOf(child.item[relation.field]),
    }));
  });
  draft.delete(resource, key);
  for (const { relation, action, child } of victims) rules[action](draft, relation, child, key, onDelete);
}

/** The items whose foreign key is an id: a number or a text alike. */
export function children(
  draft: Pick<Draft, 'model' | 'shelf'>,
  relation: Relation,
  key: string,
): LiveEntry[] {
  const child = draft.model.resources.get(relation.child) as Collection;
  return draft.shelf(relation.child).equal({ ...fieldOf(child, relation.field), isKey: true }, idsOf(key));
}

/** The ids that a key stands for: `1` and `"1"` are one. */
export const idsOf = (key: string): Scalar[] => (String(Number(key)) === key ? [key, Number(key)] : [key]);
