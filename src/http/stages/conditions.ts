import { Problem } from '../../problem.ts';
import { lastModified } from '../../store/session.ts';
import type { Call } from '../call.ts';
import type { Live } from '../live.ts';
import { after, isWhole, type Outcome } from '../outcome.ts';
import { hash, itemTag, listTag, names, seconds } from '../tags.ts';
import type { Stage } from './stage.ts';

/** Gives an answer its validators, and answers 304 where the client has it already. A write has looked at its own before. */
export function conditions({ dialect }: Live): Stage {
  const { etags } = dialect.conventions.answers;
  return (call, next) => {
    if (call.action === 'list') checkRange(call);
    return after(next(call), (answer) => {
      const { ETag: own } = answer.headers;
      if (own !== undefined) return own304(call, answer, [own].flat().join(', '));
      return etags ? withValidators(call, answer) : answer;
    });
  };
}

/** RFC 9110, 13.1.5: of another state than the one that If-Range names, a range is no use, and all is sent. */
function checkRange(call: Call): void {
  const condition = call.header('if-range');
  if (condition !== '' && condition !== listTag(call)) delete call.ctx.req.headers.range;
}

/** The dialect has a validator of its own. */
const own304 = (call: Call, answer: Outcome, tag: string): Outcome =>
  call.isRead && answer.status === 200 && isFresh(call, tag, undefined)
    ? { status: 304, headers: answer.headers }
    : answer;

function withValidators(call: Call, answer: Outcome): Outcome {
  const tag = answer.status < 300 ? tagOf(call, answer) : undefined;
  if (tag === undefined) return answer;
  const { item, status } = answer;
  const { isRead } = call;
  const match = isRead ? call.header('if-match') : '';
  if (match !== '' && !names(match, tag, false))
    throw new Problem('precondition-failed', 'this is not what If-Match names', { headers: { ETag: tag } });
  const modified = item === undefined ? undefined : lastModified(item);
  const headers: Record<string, string | string[]> = { ...answer.headers, ETag: tag };
  if (modified) headers['Last-Modified'] = modified.toUTCString();
  return isRead && status === 200 && isFresh(call, tag, modified)
    ? { status: 304, headers }
    : { ...answer, headers };
}

/** The validator of an answer: of its item, of its list, or of its bytes where they are not the only ones of that. */
function tagOf(call: Call, { item, body, headers }: Outcome): string | undefined {
  const type = headers['Content-Type'];
  // Another representation has a validator of its own (RFC 9110, 8.8.3).
  const isJson = typeof type !== 'string' || type.startsWith('application/json');
  // What a write to a list answers is not the list.
  if (item === undefined && (!call.isRead || body === undefined)) return undefined;
  if (item === undefined && isJson) return listTag(call);
  if (item !== undefined && (body === undefined || (isJson && call.query === ''))) return itemTag(item);
  return isWhole(body) ? hash(body) : undefined;
}

function isFresh(call: Call, tag: string, modified: Date | undefined): boolean {
  const noneMatch = call.header('if-none-match');
  if (noneMatch !== '') return names(noneMatch, tag, true);
  const since = seconds(call.header('if-modified-since'));
  return since !== undefined && modified !== undefined && Math.floor(modified.getTime() / 1000) <= since;
}
