import fc from 'fast-check';
import type { Item } from '../../src/json/json.ts';
import type { Draft, Store } from '../../src/store/store.ts';

/** A write to one collection: `item` is undefined for a delete. */
export interface Write {
  readonly key: number;
  readonly item: Item | undefined;
}

/** What happens to a store: drafts of several writes, kept or dropped, and forks. */
export type Step =
  | { readonly kind: 'draft'; readonly writes: readonly Write[]; readonly keep: boolean }
  | { readonly kind: 'fork'; readonly goOn: 'here' | 'there' };

export const steps = (item: fc.Arbitrary<Item>, maxKey: number, maxLength: number): fc.Arbitrary<Step[]> => {
  const key = fc.integer({ min: 1, max: maxKey });
  const write = fc.record({ key, item: fc.option(item, { nil: undefined, freq: 3 }) });
  const draft = fc.record({
    kind: fc.constant('draft' as const),
    writes: fc.array(write, { minLength: 1, maxLength: 5 }),
    keep: fc.boolean(),
  });
  const fork = fc.record({
    kind: fc.constant('fork' as const),
    goOn: fc.constantFrom('here' as const, 'there' as const),
  });
  return fc.array(fc.oneof({ weight: 3, arbitrary: draft }, { weight: 1, arbitrary: fork }), { maxLength });
};

export function apply(draft: Draft, resource: string, { key, item }: Write): void {
  if (item === undefined) draft.delete(resource, String(key));
  else draft.put(resource, String(key), { ...item, id: key });
}

/** Takes a step, and gives the store to go on with. */
export function take(store: Store, resource: string, step: Step): Store {
  if (step.kind === 'fork') {
    const fork = store.fork();
    return step.goOn === 'here' ? store : fork;
  }
  const draft = store.draft();
  for (const write of step.writes) apply(draft, resource, write);
  if (step.keep) store.commit(draft);
  return store;
}
