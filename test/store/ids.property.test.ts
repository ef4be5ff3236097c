import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Collection } from '../../src/model/model.ts';
import { type IdConventions, newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { growsLinearly } from '../growth.ts';
import { makeStore } from './make.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
/** Ids near the end of the safe numbers, where there is little room. */
const high = fc.integer({ min: LARGEST - 8, max: LARGEST });

function generate(store: Store, rules: IdConventions): number {
  const draft = store.draft();
  const shelf = draft.shelf('things');
  const id = newId(store.model.resources.get('things') as Collection, shelf, rules) as number;
  draft.put('things', String(id), { id });
  shelf.useId(id);
  store.commit(draft);
  return id;
}

test.each(['next', 'highest'] as const)(
  '%s: whatever is taken and deleted, a new id is free and safe',
  async (numbers) => {
    const rules: IdConventions = { client: 'keep', numbers, length: 12 };
    const steps = fc.array(fc.oneof(fc.constant('create' as const), high), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(high, { maxLength: 5 }), steps, async (fixtures, run) => {
        const store = await makeStore({ things: fixtures.map((id) => ({ id })) });
        const taken = new Set(fixtures);
        for (const step of run) {
          if (step === 'create') {
            const id = generate(store, rules);
            expect([id, taken.has(id), Number.isSafeInteger(id)]).toEqual([id, false, true]);
            if (taken.has(LARGEST)) {
              const above = Array.from({ length: LARGEST - id }, (_, i) => id + 1 + i);
              expect(above.every((one) => taken.has(one))).toBe(true);
            }
            taken.add(id);
          } else {
            const draft = store.draft();
            draft.delete('things', String(step));
            store.commit(draft);
            taken.delete(step);
          }
        }
      }),
      { numRuns: 200 },
    );
  },
);

test.each([
  ['next', 1],
  ['highest', 1],
  ['next', LARGEST],
  ['highest', LARGEST],
] as const)('%s, above %i: many creates in a row cost the same each', async (numbers, first) => {
  const rules: IdConventions = { client: 'keep', numbers, length: 12 };
  await growsLinearly(
    5000,
    async (size) => ({ size, store: await makeStore({ things: [{ id: first }] }) }),
    ({ size, store }) => {
      for (let i = 0; i < size; i++) generate(store, rules);
    },
  );
});
