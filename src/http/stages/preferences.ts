import type { Call } from '../call.ts';
import { after, type Outcome } from '../outcome.ts';
import type { Stage } from './stage.ts';

/** RFC 7240: an answer without its body, where the client asked for that, and what was done as it wished. */
export const preferences = (): Stage => (call, next) =>
  call.header('prefer') === '' ? next(call) : after(next(call), (answer) => preferred(call, answer));

function preferred(call: Call, answer: Outcome): Outcome {
  if (answer.status >= 300) return answer;
  const applied: string[] = [];
  let { status, body, headers, ...rest } = answer;
  const wanted = call.prefers('return');
  const isWrite = call.action !== 'list' && call.action !== 'read' && call.action !== 'root';
  if (isWrite && wanted === 'minimal') {
    status = status === 200 ? 204 : status;
    body = undefined;
    const { 'Content-Type': _, ...others } = headers;
    headers = others;
  }
  if (isWrite && (wanted === 'minimal' || wanted === 'representation')) applied.push(`return=${wanted}`);
  if (isWrite && call.prefers('tx') === 'rollback') applied.push('tx=rollback');
  if (call.prefers('handling') === 'strict') applied.push('handling=strict');
  const most = call.prefers('max-affected');
  if (isWrite && most !== undefined) applied.push(`max-affected=${most}`);
  if (applied.length > 0) headers = { ...headers, 'Preference-Applied': applied.join(', ') };
  return { ...rest, status, headers, ...(body === undefined ? {} : { body }) };
}
