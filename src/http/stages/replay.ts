import { createHash } from 'node:crypto';
import type { Cache, Sized } from '../../cache.ts';
import type { Reply } from '../../dialect/dialect.ts';
import type { Item } from '../../json/json.ts';
import { Problem } from '../../problem.ts';
import type { Call } from '../call.ts';

const MAX_KEY = 255;
/** A key and what is known of its request. */
const KEY_BYTES = 500;

/** An answer, and what its validators are about. */
interface Answered {
  readonly reply: Reply;
  readonly item: Item | undefined;
}

interface Kept extends Sized {
  readonly request: string;
  readonly answer: Promise<Answered>;
}

/**
 * Answers a POST that was sent before under the same Idempotency-Key as it was answered then (IETF draft
 * httpapi-idempotency-key-header). `body` is what was sent; refusals are not kept, so that they may be tried again.
 */
export async function replayed(call: Call, body: unknown, run: () => Promise<Reply>): Promise<Reply> {
  const key = call.header('idempotency-key');
  // A rehearsal is no answer to the write itself.
  if (key === '' || call.prefers('tx') === 'rollback') return run();
  if (key.length > MAX_KEY)
    throw new Problem('bad-parameter', `an Idempotency-Key has at most ${MAX_KEY} characters`);
  const replays = call.session.replays as Cache<string, Kept>;
  const request = createHash('sha1')
    .update(JSON.stringify([call.path, call.query, body]))
    .digest('base64url');
  const known = replays.get(key);
  if (known && known.request !== request) {
    throw new Problem('key-reused', 'this Idempotency-Key was used for another request', {
      hint: 'Use a new key for a new request.',
    });
  }
  if (known) {
    const { reply, item } = await known.answer;
    if (item !== undefined) call.item = item;
    return reply;
  }
  const answer = run().then((reply) => ({ reply, item: call.item }));
  const kept = { request, answer, bytes: KEY_BYTES };
  replays.set(key, kept);
  try {
    const { reply } = await answer;
    kept.bytes += 2 * (reply.body?.length ?? 0);
    replays.measure(key);
    // Where no write is kept, the answer is what there is to keep.
    if (call.session !== call.live.state.main) call.live.state.sessions.keep(call.session);
    return reply;
  } catch (error) {
    // A reset meanwhile may have made room for another request of that key.
    if (replays.get(key) === kept) replays.delete(key);
    throw error;
  }
}
