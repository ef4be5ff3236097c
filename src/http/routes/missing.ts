import type { BodyConventions } from '../../dialect/conventions.ts';
import type { Reply } from '../../dialect/dialect.ts';
import { Problem } from '../../problem.ts';
import { acceptPatch } from '../body/accept-patch.ts';
import type { Call } from '../call.ts';

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** What answers a method that a path does not have, or has only with a filter. */
export function missingVerb(call: Call, needsFilter: boolean): Reply {
  const { allow, method } = call;
  const { dialect, settings } = call.live;
  const { paths, bodies } = dialect.conventions;
  if (method === 'OPTIONS' && paths.options === 'metadata' && dialect.options) return dialect.options(call);
  if (method === 'OPTIONS' && paths.options !== 'missing') return optionsReply(allow, bodies);
  const message = `${method} is not allowed on ${call.path}`;
  const facts = { method, ...(call.resource ? { resource: call.resource.name } : {}) };
  const isWrite = settings.writes === 'off' && WRITES.includes(method);
  if (isWrite && paths.writesOff === 403) throw new Problem('forbidden', 'writes are switched off', facts);
  if (isWrite)
    throw new Problem('writes-off', `${message}: writes are switched off`, {
      ...facts,
      headers: { Allow: allow },
    });
  if (paths.missingVerb === 404) throw new Problem('unknown-resource', message, facts);
  throw new Problem('method-not-allowed', message, {
    ...facts,
    hint: needsFilter
      ? `With a filter it is; ?id:exists=true means all items. Else: ${allow}.`
      : `Allowed: ${allow}.`,
    headers: { Allow: allow },
  });
}

function optionsReply(allow: string, bodies: BodyConventions): Reply {
  const takesPatch = allow.split(', ').includes('PATCH');
  const headers = { Allow: allow, ...(takesPatch ? { 'Accept-Patch': acceptPatch(bodies) } : {}) };
  return { status: 204, headers };
}
