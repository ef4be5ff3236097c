import type { Middleware } from 'koa';
import { Problem } from '../../problem.ts';

/** Browsers ask for an icon by themselves: where nobody serves one, that is not worth an error. */
export const faviconMiddleware: Middleware = function favicon(ctx, next) {
  if (ctx.path !== '/favicon.ico' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
  return next().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    ctx.status = 204;
  });
};
