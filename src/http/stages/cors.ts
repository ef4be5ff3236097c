import type { Middleware } from 'koa';
import type { Live } from '../live.ts';
import { isAllowedOrigin, isLoopbackOrigin } from './foreign.ts';
import { isControlPath } from './session.ts';

const EXPOSED =
  'Content-Range, ETag, Last-Modified, Link, Location, Preference-Applied, Retry-After, X-Total-Count';
const METHODS = 'GET, HEAD, PUT, PATCH, POST, DELETE';
const ONE_DAY = '86400';

/**
 * Lets browser apps on other ports in (Fetch standard, CORS protocol). An origin that is on loopback or allowed gets
 * itself back, and may send credentials; every other gets `*`, and may not. Stands outside the problems, so that
 * refusals carry the headers too.
 */
export function corsMiddleware(current: () => Live): Middleware {
  return function cors(ctx, next) {
    const origin = ctx.get('origin');
    const { dialect, settings } = current();
    ctx.set('Vary', 'Origin');
    if (ctx.method === 'OPTIONS' && dialect.conventions.answers.corsMethods)
      ctx.set('Access-Control-Allow-Methods', METHODS);
    if (origin === '' && !dialect.conventions.answers.corsAlways) return next();
    const isAllowed = isAllowedOrigin(origin, settings);
    // The control routes are for no other page; the API in the path of a session is.
    if (isControlPath(ctx.path) && !isAllowed) return next();
    const isTrusted = isAllowed || isLoopbackOrigin(origin);
    if (isTrusted) {
      ctx.set('Access-Control-Allow-Origin', origin);
      ctx.set('Access-Control-Allow-Credentials', 'true');
    } else {
      ctx.set('Access-Control-Allow-Origin', '*');
    }
    if (ctx.method !== 'OPTIONS' || ctx.get('access-control-request-method') === '') {
      ctx.set('Access-Control-Expose-Headers', EXPOSED);
      return next();
    }
    ctx.vary('Access-Control-Request-Headers');
    ctx.set('Access-Control-Allow-Methods', METHODS);
    const requested = ctx.get('access-control-request-headers');
    if (requested !== '') ctx.set('Access-Control-Allow-Headers', requested);
    ctx.set('Access-Control-Max-Age', ONE_DAY);
    // A page of another network may ask to reach a private one (Private Network Access).
    if (ctx.get('access-control-request-private-network') === 'true' && isTrusted) {
      ctx.set('Access-Control-Allow-Private-Network', 'true');
    }
    ctx.status = 204;
    return Promise.resolve();
  };
}
