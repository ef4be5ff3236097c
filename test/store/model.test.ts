import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../src/json/json.ts';
import { newId } from '../../src/store/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { makeStore } from './make.ts';
import { apply, type Step, steps, type Write } from './writes.ts';

const rows: Item[] = Array.from({ length: 6 }, (_, i) => ({
  id: i + 1,
  color: i % 2 === 0 ? 'red' : 'blue',
  n: 6 - i,
}));
const item = fc.record({ color: fc.constantFrom('red', 'blue', 'green'), n: fc.integer({ min: 0, max: 4 }) });

/** The store in its plainest form: a list of items in their order. */
type Plain = readonly Item[];

function write(plain: Plain, { key, item }: Write): Plain {
  const at = plain.findIndex(({ id }) => id === key);
  if (item === undefined) return plain.filter((_, i) => i !== at);
  const whole = { ...item, id: key };
  return at === -1 ? [...plain, whole] : plain.map((old, i) => (i === at ? whole : old));
}

/** Everything a shelf can be asked, beside the plain list. */
function compare(store: Store, plain: Plain): void {
  const shelf = store.shelf('things');
  expect(shelf.entries().map(({ item }) => item)).toEqual(plain);
  expect(shelf.size).toBe(plain.length);
  for (let key = 0; key < 12; key++) {
    expect(shelf.get(String(key))?.item).toEqual(plain.find(({ id }) => id === key));
  }
  for (const color of ['red', 'blue', 'green']) {
    const found = shelf.equal({ path: 'color', date: false }, [color]).map(({ item }) => item);
    expect(found).toEqual(plain.filter((one) => one.color === color));
  }
  const view = shelf.order([{ field: { path: 'n', date: false }, descending: true, missing: 'last' }]);
  const sorted = [...plain].sort((a, b) => (b.n as number) - (a.n as number));
  expect(view.total).toBe(plain.length);
  expect(view.slice(0, view.total).map(({ item }) => item)).toEqual(sorted);
  const middle = Math.floor(plain.length / 2);
  expect(view.slice(middle, 3).map(({ item }) => item)).toEqual(sorted.slice(middle, middle + 3));
}

/** Goes through the steps with every fork in hand, so that none may see what another wrote. */
function play(store: Store, all: readonly Step[]): void {
  const forks = [{ store, plain: rows as Plain }];
  let at = 0;
  for (const step of all) {
    const now = forks[at] as (typeof forks)[number];
    if (step.kind === 'fork') {
      forks.push({ store: now.store.fork(), plain: now.plain });
      if (step.goOn === 'there') at = forks.length - 1;
    } else {
      const draft = now.store.draft();
      let { plain } = now;
      for (const one of step.writes) {
        apply(draft, 'things', one);
        plain = write(plain, one);
        // A draft sees its own writes at once.
        expect(draft.get('things', String(one.key))?.item).toEqual(plain.find(({ id }) => id === one.key));
      }
      if (step.keep) {
        now.store.commit(draft);
        now.plain = plain;
      }
    }
    compare(now.store, now.plain);
  }
  for (const { store, plain } of forks) compare(store, plain);
}

test('fixture order, then new items; an update keeps its place, a key that comes back goes to the end', async () => {
  const store = await makeStore({ things: rows });
  fc.assert(
    fc.property(steps(item, 10, 40), (all) => {
      play(store.fork(), all);
    }),
    { numRuns: 300 },
  );
});

test('more than 8 layers are one, and say the same', async () => {
  let store = await makeStore({ things: rows });
  let plain: Plain = rows;
  for (let i = 0; i < 30; i++) {
    const one = { key: (i * 7) % 11, item: i % 3 === 0 ? undefined : { color: 'green', n: i } };
    const draft = store.draft();
    apply(draft, 'things', one);
    store.commit(draft);
    plain = write(plain, one);
    store = store.fork();
    compare(store, plain);
  }
});

const idRules = { client: 'keep', numbers: 'next', length: 12 } as const;

test('ids are never used twice, and a draft that is dropped burns none', async () => {
  const store = await makeStore({ things: rows });
  const collection = store.model.resources.get('things');
  if (collection?.kind !== 'collection') throw new Error('things is a collection');
  fc.assert(
    fc.property(
      fc.array(fc.record({ keep: fc.boolean(), deleteIt: fc.boolean(), fork: fc.boolean() }), {
        maxLength: 30,
      }),
      (all) => {
        let own = store.fork();
        let next = 7;
        for (const { keep, deleteIt, fork } of all) {
          const draft = own.draft();
          const shelf = draft.shelf('things');
          const id = newId(collection, shelf, idRules);
          expect(id).toBe(next);
          draft.put('things', String(id), { id });
          shelf.useId(id as number);
          if (deleteIt) draft.delete('things', String(id));
          if (!keep) continue;
          own.commit(draft);
          next++;
          if (fork) own = own.fork();
        }
      },
    ),
  );
});

test('what a draft wrote is told as changes: before and after, by key', async () => {
  const store = await makeStore({ things: rows });
  const draft = store.draft();
  draft.put('things', '1', { id: 1, color: 'green' });
  draft.put('things', '9', { id: 9 });
  draft.delete('things', '2');
  draft.delete('things', 'nobody');
  expect(draft.changes).toEqual([
    { resource: 'things', key: '1', before: rows[0], after: { id: 1, color: 'green' } },
    { resource: 'things', key: '9', before: undefined, after: { id: 9 } },
    { resource: 'things', key: '2', before: rows[1], after: undefined },
  ]);
});
