import { both, type Query } from '../../query/query.ts';
import { idsOf } from '../../store/remove.ts';
import type { Fixed } from '../../store/writes.ts';

/** The condition that a nested path adds: `/events/23/guests` are the guests whose eventId is 23. */
export function scoped(query: Query, fixed: Fixed): Query {
  let { where } = query;
  for (const [relation, key] of fixed)
    where = both({ path: relation.field, op: 'eq', values: idsOf(key) }, where);
  return where ? { ...query, where } : query;
}
