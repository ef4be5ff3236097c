import type { Middleware } from 'koa';
import { hostName, isLoopbackName } from './host.ts';
import type { Live } from './live.ts';
import { isControlPath } from './session.ts';

const EXPOSED =
  'Content-Range, ETag, Last-Modified, Link, Location, Preference-Applied, Retry-After, X-Total-Count';
const METHODS = 'GET, HEAD, PUT, PATCH, POST, DELETE';
const ONE_DAY = '86400';

/** Whether a page of this origin runs on this machine. */
function isLoopbackOrigin(origin: string): boolean {
  const match = /^https?:\/\/([^/]+)$/i.exec(origin);
  return match?.[1] !== undefined && isLoopbackName(hostName(match[1]));
}

/**
 * Lets browser apps on other ports in (Fetch standard, CORS protocol). A loopback origin gets itself back, and may send
 * credentials; every other gets `*`, and may not. Stands outside the problems, so that refusals carry the headers too.
 */
export function corsMiddleware(current: () => Live): Middleware {
  return function cors(ctx, next) {
    // The control routes are for no other page; the API in the path of a session is.
    if (isControlPath(ctx.path)) return next();
    const origin = ctx.get('origin');
    const { rules } = current().dialect;
    ctx.set('Vary', 'Origin');
    if (origin === '' && !rules.corsAlways) return next();
    if (isLoopbackOrigin(origin)) {
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
    if (ctx.get('access-control-request-private-network') === 'true' && isLoopbackOrigin(origin)) {
      ctx.set('Access-Control-Allow-Private-Network', 'true');
    }
    ctx.status = 204;
    return Promise.resolve();
  };
}
