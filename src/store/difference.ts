import type { Change } from '../model/change.ts';
import type { Store } from './store.ts';

/** The changes that lead from one store to another above the same base. Costs what was written in both. */
export function changesBetween(from: Store, to: Store): Change[] {
  const names = new Set([...from.opened(), ...to.opened()].map(([name]) => name));
  return [...names].flatMap((resource) => {
    const [left, right] = [from.shelf(resource), to.shelf(resource)];
    const keys = new Set([...left.written(), ...right.written()].map(({ key }) => key));
    return [...keys].flatMap((key) => {
      const [before, after] = [left.get(key)?.item, right.get(key)?.item];
      return before === after ? [] : [{ resource, key, before, after }];
    });
  });
}
