import { Problem } from '../../problem.ts';
import type { Draft } from '../../store/store.ts';
import { type Call, Stale } from '../call.ts';
import type { Outcome } from '../outcome.ts';
import { checkPath } from './parents.ts';

/**
 * Runs a write in its turn, and the making of its answer with it: what throws there leaves nothing behind, and what is
 * committed is answered. The path is checked again then, for writes before it may have changed where that leads; a
 * write that finds another model starts again as a request.
 */
export async function write(call: Call, work: (inside: Call, draft: Draft) => Outcome): Promise<Outcome> {
  const { state, settings, model } = call.live;
  const keep = settings.writes !== 'fake' && call.prefers('tx') !== 'rollback';
  const run = (draft: Draft): Outcome => {
    if (draft.model !== model) throw new Stale();
    checkPath(call, draft);
    const answer = work(call.with({ draft }), draft);
    checkAffected(call, draft);
    return answer;
  };
  return state.write(call.session, run, keep);
}

/** `Prefer: max-affected=N`: a write that reaches further, what goes with a delete included, is refused. */
function checkAffected(call: Call, { changes }: Draft): void {
  const text = call.prefers('max-affected');
  if (text === undefined) return;
  if (!/^\d+$/.test(text))
    throw new Problem('bad-parameter', `max-affected takes a whole number, got '${text}'`, {
      parameter: 'max-affected',
    });
  const count = new Set(changes.map(({ resource, key }) => JSON.stringify([resource, key]))).size;
  if (count > Number(text))
    throw new Problem('max-affected', `${count} items would change, more than max-affected=${text} allows`);
}
