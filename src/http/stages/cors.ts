import type { Context } from 'koa';
import type { Reply } from '../../dialect/dialect.ts';
import type { Live } from '../live.ts';
import { isControlPath } from '../path.ts';
import { isAllowedOrigin, isLoopbackOrigin } from './foreign.ts';
import type { Stage } from './stage.ts';

const EXPOSED =
  'Content-Range, ETag, Last-Modified, Link, Location, Preference-Applied, Retry-After, X-Total-Count';
const METHODS = 'GET, HEAD, PUT, PATCH, POST, DELETE';
const ONE_DAY = '86400';

/**
 * Lets browser apps on other ports in (Fetch standard, CORS protocol). An origin that is on loopback or allowed gets
 * itself back, and may send credentials; every other gets `*`, and may not. Its headers are set before anything is
 * answered, so that refusals carry them, and the user's middleware may say otherwise.
 */
export function cors({ dialect, settings }: Live): Stage {
  const { corsMethods, corsAlways } = dialect.conventions.answers;
  return (call, next) => {
    const { ctx } = call;
    const origin = ctx.get('origin');
    const isOptions = ctx.method === 'OPTIONS';
    ctx.vary('Origin');
    if (isOptions && corsMethods) ctx.set('Access-Control-Allow-Methods', METHODS);
    if (origin === '' && !corsAlways) return next(call);
    const isAllowed = isAllowedOrigin(origin, settings);
    // The control routes are for no other page; the API in the path of a session is.
    if (isControlPath(ctx.path) && !isAllowed) return next(call);
    const isTrusted = isAllowed || isLoopbackOrigin(origin);
    ctx.set('Access-Control-Allow-Origin', isTrusted ? origin : '*');
    if (isTrusted) ctx.set('Access-Control-Allow-Credentials', 'true');
    if (isOptions && ctx.get('access-control-request-method') !== '')
      return { status: 204, headers: preflight(ctx, isTrusted) };
    ctx.set('Access-Control-Expose-Headers', EXPOSED);
    return next(call);
  };
}

/** What a browser wants to know before it sends a request of another origin. */
function preflight(ctx: Context, isTrusted: boolean): Reply['headers'] {
  const requested = ctx.get('access-control-request-headers');
  // A page of another network may ask to reach a private one (Private Network Access).
  const isPrivate = ctx.get('access-control-request-private-network') === 'true' && isTrusted;
  return {
    Vary: 'Access-Control-Request-Headers',
    'Access-Control-Allow-Methods': METHODS,
    ...(requested === '' ? {} : { 'Access-Control-Allow-Headers': requested }),
    'Access-Control-Max-Age': ONE_DAY,
    ...(isPrivate ? { 'Access-Control-Allow-Private-Network': 'true' } : {}),
  };
}
