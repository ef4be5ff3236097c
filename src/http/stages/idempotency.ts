import { createHash } from 'node:crypto';
import type { Cache, Sized } from '../../cache.ts';
import { Problem } from '../../problem.ts';
import { checkPath } from '../actions/parents.ts';
import { sentBody } from '../body/input.ts';
import type { Call } from '../call.ts';
import { isWhole, type Outcome } from '../outcome.ts';
import type { Next, Stage } from './stage.ts';

const MAX_KEY = 255;
/** A key and what is known of its request. */
const KEY_BYTES = 500;

interface Kept extends Sized {
  readonly request: string;
  readonly answer: Promise<Outcome>;
}

/**
 * Answers a POST that was sent before under the same Idempotency-Key as it was answered then (IETF draft
 * httpapi-idempotency-key-header). Refusals are not kept, so that they may be tried again.
 */
export const idempotency = (): Stage => (call, next) => {
  const key =
    call.action === 'create' && call.resource?.kind === 'collection' && call.header('idempotency-key');
  // A rehearsal is no answer to the write itself.
  return !key || call.prefers('tx') === 'rollback' ? next(call) : once(call, key, next);
};

async function once(call: Call, key: string, next: Next): Promise<Outcome> {
  if (call.live.dialect.conventions.bodies.first === 'item') checkPath(call, call.shelves);
  const { value } = await sentBody(call);
  if (key.length > MAX_KEY)
    throw new Problem('bad-parameter', `an Idempotency-Key has at most ${MAX_KEY} characters`);
  const replays = call.session.replays as Cache<string, Kept>;
  const request = createHash('sha1')
    .update(JSON.stringify([call.path, call.query, value]))
    .digest('base64url');
  const known = replays.get(key);
  if (known && known.request !== request) {
    throw new Problem('key-reused', 'this Idempotency-Key was used for another request', {
      hint: 'Use a new key for a new request.',
    });
  }
  if (known) return known.answer;
  const answer = Promise.resolve(next(call));
  const kept = { request, answer, bytes: KEY_BYTES };
  replays.set(key, kept);
  const forget = () => {
    // A reset meanwhile may have made room for another request of that key.
    if (replays.get(key) === kept) replays.delete(key);
  };
  try {
    const { body = '' } = await answer;
    if (isWhole(body)) {
      kept.bytes += 2 * body.length;
      replays.measure(key);
    } else forget();
    // Where no write is kept, the answer is what there is to keep.
    if (call.session !== call.live.state.main) call.live.state.sessions.keep(call.session);
    return await answer;
  } catch (error) {
    forget();
    throw error;
  }
}
