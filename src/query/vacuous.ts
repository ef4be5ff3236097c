import type { OperatorName } from './operators.ts';
import type { Condition, Query, Where } from './query.ts';

/** What the form of a condition says by itself: every item meets it, or none does, or that depends on the item. */
type Verdict = 'every' | 'none' | 'some';

const opposite: Readonly<Record<Verdict, Verdict>> = { every: 'none', none: 'every', some: 'some' };

/** To be like no value at all is no condition, and every text holds an empty one. */
const EXCLUDING: readonly OperatorName[] = ['ne', 'nin', 'isNot'];
const CONTAINING: readonly OperatorName[] = ['contains', 'startsWith', 'endsWith', 'like'];

function judge({ op, values }: Condition): Verdict {
  if (op === 'exists' && values.includes(true) && values.includes(false)) return 'every';
  if (CONTAINING.includes(op) && values.includes('')) return 'every';
  if (values.length > 0) return 'some';
  return EXCLUDING.includes(op) ? 'every' : 'none';
}

function verdictOf(where: Where): Verdict {
  if ('not' in where) return opposite[verdictOf(where.not)];
  if (!('all' in where || 'any' in where)) return judge(where);
  const [parts, deciding, other] =
    'all' in where ? ([where.all, 'none', 'every'] as const) : ([where.any, 'every', 'none'] as const);
  const verdicts = parts.map(verdictOf);
  if (verdicts.includes(deciding)) return deciding;
  return verdicts.every((one) => one === other) ? other : 'some';
}

/** Whether conditions leave no item out, whatever the items are: `{}`, an empty `and`, a search for an empty text. */
export const isVacuous = ({ where, search }: Query): boolean =>
  (search === undefined || search.text === '') && (where === undefined || verdictOf(where) === 'every');
