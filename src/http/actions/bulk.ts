import type { Item } from '../../json/json.ts';
import type { Collection } from '../../model/model.ts';
import { Problem } from '../../problem.ts';
import { find } from '../../query/find.ts';
import { isVacuous } from '../../query/vacuous.ts';
import type { LiveEntry } from '../../store/entry.ts';
import { removeItem } from '../../store/remove.ts';
import type { Draft } from '../../store/store.ts';
import { create, update } from '../../store/writes.ts';
import { asItem, bodyOf } from '../body/input.ts';
import type { Call } from '../call.ts';
import type { Outcome } from '../outcome.ts';
import { each } from './each.ts';
import { onDeleteOf } from './on-delete.ts';
import { checkListPreconditions } from './preconditions.ts';
import { scoped } from './scope.ts';
import { write } from './write.ts';

/** Several items in one body: all are created, or none. */
export async function createAll(call: Call, values: readonly unknown[]): Promise<Outcome> {
  const collection = call.resource as Collection;
  const several = { collection, ended: 'none was created' };
  const bodies = each(values, several, (value) => asItem(call, value));
  return write(call, (inside, draft) => {
    const items = each(bodies, several, ({ item, writing }) =>
      create(draft, collection, item, call.fixed, writing),
    );
    return many(inside, items, 201);
  });
}

/** PATCH of what a filter finds. */
export async function updateAll(call: Call): Promise<Outcome> {
  const collection = call.resource as Collection;
  const { item: body, writing } = asItem(call, (await bodyOf(call)).value);
  const several = { collection, ended: 'none was changed', keyOf: ({ key }: LiveEntry) => key };
  return write(call, (inside, draft) => {
    const found = filtered(inside, draft);
    const items = each(found, several, ({ key }) =>
      update(draft, collection, key, body, call.fixed, writing),
    );
    return many(inside, items, 200);
  });
}

/** DELETE of what a filter finds, and of what their relations say goes with it. */
export async function removeAll(call: Call): Promise<Outcome> {
  const collection = call.resource as Collection;
  return write(call, (inside, draft) => {
    const found = filtered(inside, draft);
    for (const { key } of found) removeItem(draft, collection.name, key, onDeleteOf(inside));
    const items = found.map(({ item }) => item);
    if (call.prefers('return') === 'representation') return many(inside, items, 200);
    return { status: 204, headers: { 'X-Total-Count': String(items.length) } };
  });
}

function many(call: Call, items: readonly Item[], status: number): Outcome {
  const shown = items.map((item) => call.live.show(call.resource as Collection, item));
  const reply = call.live.dialect.list({ items: shown, total: items.length, offset: 0 }, call);
  return { ...reply, status };
}

/**
 * Whether the query of a request picks items out: without that, a whole collection is never written. A filter that every
 * item meets by its form is more likely an empty form field than a wish, so it is refused.
 */
export function isFiltered(call: Call): boolean {
  const { live, resource } = call;
  if (
    live.dialect.conventions.bodies.arrayBody !== 'bulk' ||
    call.query === '' ||
    resource?.kind !== 'collection'
  )
    return false;
  const query = live.dialect.listQuery(call, resource);
  if (query.where === undefined && query.search === undefined) return false;
  if (isVacuous(query))
    throw new Problem('bad-parameter', 'the filter says nothing: every item would be written to', {
      hint: `Say which items are meant. If it is all of them: ?${resource.idField}:exists=true`,
    });
  return true;
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
