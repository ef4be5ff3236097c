import type { Draft } from '../store/store.ts';
import { type Call, Stale } from './call.ts';
import { checkPath } from './walk.ts';

/**
 * Runs a write in its turn. Its path is checked again then, for writes before it may have changed where that leads; a write that finds another model starts again as a request.
 */
export async function write<T>(call: Call, work: (draft: Draft) => T): Promise<T> {
  const { state, settings, model } = call.live;
  const keep = settings.writes !== 'fake' && call.prefers('tx') !== 'rollback';
  const run = (draft: Draft): T => {
    if (draft.model !== model) throw new Stale();
    checkPath(call, draft);
    return work(draft);
  };
  return state.write(call.session, run, keep);
}
