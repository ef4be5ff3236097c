import type { Reply } from '../../dialect/dialect.ts';
import type { Call } from '../call.ts';

/** RFC 7240: an answer without its body, where the client asked for that, and what was done as it wished. */
export function withPreferences(call: Call, reply: Reply): Reply {
  if (call.header('prefer') === '' || reply.status >= 300) return reply;
  const applied: string[] = [];
  let { status, body, headers } = reply;
  const wanted = call.prefers('return');
  const isWrite = call.action !== 'list' && call.action !== 'read' && call.action !== 'root';
  if (isWrite && wanted === 'minimal') {
    status = status === 200 ? 204 : status;
    body = undefined;
    const { 'Content-Type': _, ...rest } = headers;
    headers = rest;
  }
  if (isWrite && (wanted === 'minimal' || wanted === 'representation')) applied.push(`return=${wanted}`);
  if (isWrite && call.prefers('tx') === 'rollback') applied.push('tx=rollback');
  if (call.prefers('handling') === 'strict') applied.push('handling=strict');
  const most = call.prefers('max-affected');
  if (isWrite && most !== undefined) applied.push(`max-affected=${most}`);
  if (applied.length > 0) headers = { ...headers, 'Preference-Applied': applied.join(', ') };
  return { status, headers, ...(body === undefined ? {} : { body }) };
}
