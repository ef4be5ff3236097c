import type { Middleware } from 'koa';
import type { Live } from '../live.ts';

/** The headers that a dialect puts on every answer: what comes later may say otherwise. */
export function headersMiddleware(current: () => Live): Middleware {
  return function headers(ctx, next) {
    const { headers = {} } = current().dialect;
    for (const name of Object.keys(headers)) ctx.set(name, headers[name] as string);
    return next();
  };
}
