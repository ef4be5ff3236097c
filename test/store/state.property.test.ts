import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultConventions } from '../../src/dialect/conventions.ts';
import type { Item } from '../../src/json/json.ts';
import type { Collection } from '../../src/model/model.ts';
import { makeBase } from '../../src/store/base.ts';
import { removeItem } from '../../src/store/remove.ts';
import { create, NOTHING_FIXED, replace, update } from '../../src/store/writes.ts';
import { built, Pair } from './pair.ts';
import { type Files, Reference, type Row } from './reference.ts';

const { writes } = defaultConventions;

type Step = (pair: Pair) => void | Promise<void>;

const NAMES = ['posts', 'tags'];
const value = fc.integer({ min: 0, max: 4 });
const row = fc.record({ v: value, w: value }, { requiredKeys: [] });
const file = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 6 }), row).map(([id, rest]): Row => ({ id, ...rest })),
  { selector: ({ id }) => id, maxLength: 5 },
);
const files: fc.Arbitrary<Files> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ posts: file, tags: file }) },
  { weight: 1, arbitrary: fc.record({ posts: file }) },
);
const name = fc.constantFrom(...NAMES);
const nth = fc.nat(9);

/** A step on a resource, left out while there is none of the name. */
const on =
  (resource: string, step: Step): Step =>
  (pair) => {
    if (resource in pair.files) return step(pair);
  };

const pick = (pair: Pair, resource: string, at: number): Row | undefined => {
  const rows = pair.reference.rows(resource);
  return rows[at % Math.max(1, rows.length)];
};

const steps: Record<string, fc.Arbitrary<Step>> = {
  create: fc.tuple(name, row, fc.option(fc.integer({ min: 1, max: 9 }))).map(([resource, body, id]) =>
    on(resource, ({ state, session, reference }) => {
      const target = session.store.model.resources.get(resource) as Collection;
      const isTaken = id !== null && reference.rows(resource).some((one) => one.id === id);
      const sent = (id === null ? body : { id, ...body }) as Item;
      const work = () => state.write(session, (draft) => create(draft, target, sent, NOTHING_FIXED, writes));
      if (isTaken) return void expect(work).toThrow(/already/);
      const made = { id: id ?? reference.next(resource), ...body };
      expect(work()).toEqual(made);
      reference.write(resource, made.id, made);
    }),
  ),
  replace: fc.tuple(name, nth, row).map(([resource, at, body]) =>
    on(resource, (pair) => {
      const old = pick(pair, resource, at);
      if (!old) return;
      const target = pair.collection(resource);
      const key = String(old.id);
      pair.state.write(pair.session, (draft) =>
        replace(draft, target, key, body as Item, NOTHING_FIXED, writes),
      );
      pair.reference.write(resource, old.id, { id: old.id, ...body });
    }),
  ),
  update: fc.tuple(name, nth, row).map(([resource, at, body]) =>
    on(resource, (pair) => {
      const old = pick(pair, resource, at);
      if (!old) return;
      const target = pair.collection(resource);
      const key = String(old.id);
      pair.state.write(pair.session, (draft) =>
        update(draft, target, key, body as Item, NOTHING_FIXED, writes),
      );
      pair.reference.write(resource, old.id, { ...old, ...body });
    }),
  ),
  remove: fc.tuple(name, nth).map(([resource, at]) =>
    on(resource, (pair) => {
      const old = pick(pair, resource, at);
      if (!old) return;
      pair.state.write(pair.session, (draft) => removeItem(draft, resource, String(old.id), () => 'keep'));
      pair.reference.write(resource, old.id, undefined);
    }),
  ),
  fail: fc.tuple(name, row).map(([resource, body]) =>
    on(resource, (pair) => {
      const target = pair.collection(resource);
      expect(() =>
        pair.state.write(pair.session, (draft) => {
          create(draft, target, body as Item, NOTHING_FIXED, writes);
          throw new Error('refused');
        }),
      ).toThrow('refused');
    }),
  ),
  rehearse: fc.tuple(name, row).map(([resource, body]) =>
    on(resource, (pair) => {
      const target = pair.collection(resource);
      const made = pair.state.write(
        pair.session,
        (draft) => create(draft, target, body as Item, NOTHING_FIXED, writes),
        false,
      );
      expect(made).toMatchObject({ id: pair.reference.next(resource) });
    }),
  ),
  reset: fc.option(name).map(
    (resource): Step =>
      (pair) => {
        if (resource !== null && !(resource in pair.files)) return;
        pair.state.reset(pair.session, resource ?? undefined);
        pair.reference.reset(resource ?? undefined);
      },
  ),
  take: fc.constantFrom('one', 'two').map(
    (snapshot): Step =>
      (pair) => {
        pair.session.takeSnapshot(snapshot);
        pair.reference.take(snapshot);
      },
  ),
  restore: fc.constantFrom('one', 'two').map(
    (snapshot): Step =>
      (pair) => {
        if (!pair.reference.snapshots.has(snapshot))
          return void expect(() => pair.state.restore(pair.session, snapshot)).toThrow(/no snapshot/);
        pair.state.restore(pair.session, snapshot);
        pair.reference.restore(snapshot);
      },
  ),
  drop: fc.constantFrom('one', 'two').map(
    (snapshot): Step =>
      (pair) => {
        expect(pair.session.dropSnapshot(snapshot)).toBe(pair.reference.snapshots.delete(snapshot));
      },
  ),
  session: fc.constantFrom('', 'a', 'b').map(
    (session): Step =>
      (pair) => {
        pair.current = session;
        if (!pair.references.has(session)) pair.references.set(session, new Reference(pair.files));
        pair.sessionOf(session);
      },
  ),
  leave: fc.constantFrom('a', 'b').map(
    (session): Step =>
      (pair) => {
        expect(pair.state.sessions.drop(session)).toBe(pair.references.delete(session));
        if (pair.current === session) pair.current = '';
      },
  ),
  reload: fc.tuple(files, fc.boolean()).map(
    ([next, keep]): Step =>
      async (pair) => {
        const made = await built(next);
        pair.base = makeBase(made, pair.base);
        pair.state.rebase(made.model, pair.base, keep);
        pair.files = next;
        for (const reference of pair.references.values()) reference.reload(next, keep);
      },
  ),
};

const weights: Record<string, number> = {
  create: 6,
  replace: 3,
  update: 3,
  remove: 4,
  reload: 3,
  session: 2,
};

const named = Object.entries(steps).map(([title, arbitrary]) => ({
  weight: weights[title] ?? 1,
  arbitrary: arbitrary.map((step) => Object.assign(step, { toString: () => title })),
}));

test('whatever clients do, in whatever order, a session holds what the plainest model says', async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.array(fc.oneof(...named), { minLength: 1, maxLength: 120, size: 'max' }),
      async (first, run) => {
        const pair = await Pair.make(first);
        pair.check();
        for (const step of run) {
          await step(pair);
          pair.check();
        }
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);
