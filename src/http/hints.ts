import { Problem, type ProblemCode } from '../problem.ts';
import type { Call } from './call.ts';
import { pathOf } from './path.ts';

type Hint = (problem: Problem, call: Call) => string | undefined;

/** What to do, where that names a path: the layers below know no prefix, no session and no dialect. */
const hints: Partial<Record<ProblemCode, Hint>> = {
  'id-taken': ({ facts: { resource = '', key } }, call) => {
    const item = call.live.model.resources.get(resource);
    if (item?.kind !== 'collection') return undefined;
    return `Send no ${item.idField} to get a free one, or PUT ${pathOf(call, resource, key)} to replace it.`;
  },
};

/** A problem with its hint, where that is ours to give. */
export function withHint(problem: Problem, call: Call): Problem {
  const { code, message, facts } = problem;
  const hint = facts.hint ?? hints[code]?.(problem, call);
  return hint === facts.hint || hint === undefined ? problem : new Problem(code, message, { ...facts, hint });
}
