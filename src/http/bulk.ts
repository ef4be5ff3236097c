import type { Reply } from '../dialects/dialect.ts';
import { type Item, toPointer } from '../model/json.ts';
import type { Collection } from '../model/model.ts';
import { Problem, type Violation } from '../problem.ts';
import { find } from '../query/find.ts';
import type { LiveEntry } from '../store/entry.ts';
import { removeItem } from '../store/remove.ts';
import type { Draft } from '../store/store.ts';
import { create, update } from '../store/writes.ts';
import type { Call } from './call.ts';
import { checkListPreconditions } from './conditions.ts';
import { asItem, itemBody } from './input.ts';
import { onDeleteOf } from './on-delete.ts';
import { scoped } from './scope.ts';
import { write } from './write.ts';

/** Several items in one body: all are created, or none. */
export async function createAll(call: Call, values: readonly unknown[]): Promise<Reply> {
  const collection = call.resource as Collection;
  const bodies = values.map((value) => asItem(call, value));
  const { rules } = call;
  const items = await write(call, (draft) => {
    const violations: Violation[] = [];
    const made = bodies.map((body, i) => {
      try {
        return create(draft, collection, body, call.fixed, rules);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        violations.push(
          ...faultsOf(error, collection, body).map((one) => ({ ...one, path: `/${i}${one.path}` })),
        );
        return body;
      }
    });
    if (violations.length === 0) return made;
    const taken = violations.every(({ keyword }) => keyword === 'unique');
    throw new Problem(
      taken ? 'not-unique' : 'invalid',
      `${violations.length} faults in ${bodies.length} items, none was created`,
      { violations, resource: collection.name },
    );
  });
  return many(call, items, 201);
}

/** What is wrong with one of several items. An id that is taken is a fault of that item like any other. */
function faultsOf(problem: Problem, { idField }: Collection, body: Item): readonly Violation[] {
  if (problem.facts.violations) return problem.facts.violations;
  if (problem.code !== 'id-taken') throw problem;
  const value = body[idField];
  return [
    { path: toPointer([idField]), keyword: 'unique', params: {}, value, schema: {}, message: 'is taken' },
  ];
}

/** PATCH of what a filter finds. */
export async function updateAll(call: Call): Promise<Reply> {
  const collection = call.resource as Collection;
  const body = await itemBody(call);
  const { rules } = call;
  const items = await write(call, (draft) =>
    filtered(call, draft).map(({ key }) => update(draft, collection, key, body, call.fixed, rules)),
  );
  return many(call, items, 200);
}

/** DELETE of what a filter finds, and of what their relations say goes with it. */
export async function removeAll(call: Call): Promise<Reply> {
  const collection = call.resource as Collection;
  const items = await write(call, (draft) => {
    const found = filtered(call, draft);
    for (const { key } of found) removeItem(draft, collection.name, key, onDeleteOf(call));
    return found.map(({ item }) => item);
  });
  if (call.prefers('return') === 'representation') return many(call, items, 200);
  return { status: 204, headers: { 'X-Total-Count': String(items.length) } };
}

function many(call: Call, items: readonly Item[], status: number): Reply {
  const shown = items.map((item) => call.live.show(call.resource as Collection, item));
  const reply = call.live.dialect.list({ items: shown, total: items.length, offset: 0 }, call);
  return { ...reply, status };
}

/** Whether the query of a request picks items out: without that, a whole collection is never written. */
export function isFiltered(call: Call): boolean {
  if (
    call.live.dialect.rules.arrayBody !== 'bulk' ||
    call.query === '' ||
    call.resource?.kind !== 'collection'
  )
    return false;
  const query = call.live.dialect.listQuery(call, call.resource);
  return query.where !== undefined || query.search !== undefined;
}

function filtered(call: Call, draft: Draft): readonly LiveEntry[] {
  const collection = call.resource as Collection;
  const { window, ...query } = call.live.dialect.listQuery(call, collection);
  // A page of a list is no thing to write to; the size that lists have by default does not count.
  const isDefault = window && 'limit' in window && window.limit === collection.settings.pageSize;
  if (window && !(isDefault && 'offset' in window && window.offset === 0))
    throw new Problem('bad-parameter', 'a write takes a filter, and no page', {
      hint: 'Leave out the parameters that page the list.',
    });
  checkListPreconditions(call);
  return find(draft, collection, scoped(query, call.fixed)).entries;
}
