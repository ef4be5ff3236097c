import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../src/json/json.ts';
import type { Collection } from '../../src/model/model.ts';
import { find } from '../../src/query/find.ts';
import type { Condition, Query, Where } from '../../src/query/query.ts';
import type { Store } from '../../src/store/store.ts';
import { makeStore } from '../store/make.ts';
import { apply, steps, take } from '../store/writes.ts';
import { type Data, mentions, operatorNames, passes, sorted } from './naive.ts';

const word = fc.constantFrom('ada', 'Ada', 'bo', 'Boats', 'a', '', '7', 'x.y');
const mixed = fc.oneof(word, fc.integer({ min: -2, max: 8 }), fc.boolean(), fc.constant(null));
const person = fc.record(
  {
    name: word,
    n: fc.oneof(fc.integer({ min: 0, max: 5 }), mixed),
    tags: fc.array(mixed, { maxLength: 3 }),
    at: fc.record({ city: word, zip: mixed }, { requiredKeys: [] }),
    jobs: fc.array(fc.record({ title: word }), { maxLength: 2 }),
    teamId: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom('1', '2', null)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Item>;
const team = fc.record({ name: word, rank: mixed }, { requiredKeys: [] }) as fc.Arbitrary<Item>;

const path = fc.constantFrom(
  'id',
  'name',
  'n',
  'tags',
  'at.city',
  'at.zip',
  'jobs.title',
  'teamId',
  'team.name',
  'team.rank',
  'nothing',
);
const condition = fc
  .record({
    path,
    op: fc.constantFrom(...(operatorNames as Condition['op'][])),
    values: fc.array(fc.oneof(mixed, fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 3 }),
  })
  .map((one) => (one.op === 'exists' ? { ...one, values: [one.values.length > 1] } : one));

const where = fc.letrec<{ where: Where }>((tie) => ({
  where: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.record({ all: fc.array(tie('where'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('where'), { maxLength: 3 }) }),
    fc.record({ not: tie('where') }),
  ),
})).where;

const sort = fc.array(fc.record({ path, descending: fc.boolean(), missing: fc.constant('last' as const) }), {
  maxLength: 2,
});

const question = fc.record(
  {
    where,
    search: fc.record({ text: fc.constantFrom('a', 'BO', '7', 'true', 'zz') }),
    sort,
    window: fc.record({ offset: fc.nat(12), limit: fc.nat(6) }),
  },
  { requiredKeys: [] },
);

const fixtures = fc.record({
  people: fc.array(person, { maxLength: 12 }),
  teams: fc.array(team, { maxLength: 4 }),
  writes: steps(person, 16, 14),
  teamWrites: steps(team, 5, 3),
});

const numbered = (items: readonly Item[]) => items.map((item, i): Item => ({ ...item, id: i + 1 }));
const itemsOf = (store: Pick<Store, 'shelf'>, name: string) =>
  store
    .shelf(name)
    .entries()
    .map(({ item }) => item);

/** A store with a history: fixtures, drafts kept and dropped, forks. */
async function storeOf({
  people,
  teams,
  writes,
  teamWrites,
}: typeof fixtures extends fc.Arbitrary<infer T> ? T : never) {
  // Every field is there at load, so that the model knows the relation.
  const whole = { id: 100, name: 'all', n: 1, tags: [], at: {}, jobs: [], teamId: 1 };
  let store = await makeStore({
    people: [...numbered(people), whole],
    teams: [...numbered(teams), { id: 100, name: 'all', rank: 0 }],
  });
  const collection = store.model.resources.get('people') as Collection;
  for (const step of writes) {
    // Asked between writes, so that indexes are there to be kept up.
    find(store, collection, { sort: [{ path: 'n', descending: false, missing: 'last' }] });
    find(store, collection, { where: { path: 'name', op: 'eq', values: ['ada'] } });
    store = take(store, 'people', step);
  }
  for (const step of teamWrites) store = take(store, 'teams', step);
  return { store, collection };
}

function naive(data: Data, query: Query): Item[] {
  const found = data.people
    .filter((one) => !query.where || passes(data, one, query.where))
    .filter((one) => !query.search || mentions(one, query.search.text));
  return sorted(data, found, query.sort ?? []);
}

test('an answer from the indexes is the answer of a plain scan', async () => {
  await fc.assert(
    fc.asyncProperty(
      fixtures,
      fc.array(question, { minLength: 1, maxLength: 12 }),
      async (given, questions) => {
        const { store, collection } = await storeOf(given);
        const draft = store.draft();
        apply(draft, 'people', { key: 3, item: { name: 'ada', teamId: 2 } });
        for (const shelves of [store, draft]) {
          const data = { people: itemsOf(shelves, 'people'), teams: itemsOf(shelves, 'teams') };
          for (const query of questions as Query[]) {
            const whole = naive(data, query);
            const { window } = query;
            const page =
              window && 'limit' in window && 'offset' in window
                ? whole.slice(window.offset, window.offset + window.limit)
                : whole;
            const { entries, total } = find(shelves, collection, query);
            expect(total).toBe(whole.length);
            expect(entries.map(({ item }) => item)).toEqual(page);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
}, 60_000);

test('a walk by cursor sees what stays once, whatever is added and removed meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fixtures,
      question,
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.record({ key: fc.integer({ min: 1, max: 24 }), item: fc.option(person, { nil: undefined }) }),
        {
          maxLength: 6,
        },
      ),
      async (given, asked, limit, meanwhile) => {
        const { store, collection } = await storeOf(given);
        const { window: _, ...query } = asked as Query;
        const before = find(store, collection, query).entries.map(({ key }) => key);
        const touched = new Set(meanwhile.map(({ key }) => String(key)));
        const seen: string[] = [];
        let cursor: string | undefined = '';
        for (let page = 0; cursor !== undefined && page < 100; page++) {
          const { entries, next } = find(store, collection, { ...query, window: { cursor, limit } });
          seen.push(...entries.map(({ key }) => key));
          cursor = next;
          const write = meanwhile[page];
          if (!write) continue;
          const draft = store.draft();
          apply(draft, 'people', write);
          store.commit(draft);
        }
        const steady = before.filter((key) => !touched.has(key));
        expect(seen.filter((key) => steady.includes(key))).toEqual(steady);
      },
    ),
    { numRuns: 400 },
  );
}, 60_000);
