import type { Middleware } from 'koa';
import type { Live } from './live.ts';

/** One line a request: method, path, status, time. */
export function logMiddleware(current: () => Live): Middleware {
  return async function log(ctx, next) {
    const start = performance.now();
    try {
      await next();
    } finally {
      const ms = (performance.now() - start).toFixed(1);
      current().log({ level: 'info', text: `${ctx.method} ${ctx.originalUrl} ${ctx.status} ${ms} ms` });
    }
  };
}
