import { SINGLE } from './base.ts';
import type { Shelves } from './store.ts';

/** The items of a collection in their order, or the value of any other resource. */
export function contentsOf(shelves: Shelves, resource: string): unknown {
  const shelf = shelves.shelf(resource);
  const isCollection = shelves.model.resources.get(resource)?.kind === 'collection';
  return isCollection ? shelf.entries().map(({ item }) => item) : shelf.get(SINGLE)?.item;
}

/** Everything as it is now, in the form of a fixture file. */
export const wholeState = (shelves: Shelves): Record<string, unknown> =>
  Object.fromEntries([...shelves.model.resources.keys()].map((name) => [name, contentsOf(shelves, name)]));
