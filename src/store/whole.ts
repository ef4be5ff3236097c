import { SINGLE } from './base.ts';
import type { Shelves } from './store.ts';

/** Everything as it is now, in the form of a fixture file. */
export function wholeState(shelves: Shelves): Record<string, unknown> {
  const state = new Map<string, unknown>();
  for (const [name, { kind }] of shelves.model.resources) {
    const shelf = shelves.shelf(name);
    state.set(
      name,
      kind === 'collection' ? shelf.entries().map(({ item }) => item) : shelf.get(SINGLE)?.item,
    );
  }
  return Object.fromEntries(state);
}
