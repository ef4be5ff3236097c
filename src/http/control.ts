import type { Context, Middleware } from 'koa';
import { Problem } from '../problem.ts';
import { wholeState } from '../store/whole.ts';
import type { Live } from './live.ts';

export const CONTROL = '/_standin';

type Control = (ctx: Context, live: Live) => unknown;

/** What is not part of the user's API: one row a route. */
const routes: Readonly<Record<string, Readonly<Record<string, Control>>>> = {
  '/db': { GET: (_ctx, live) => wholeState(live.state.store) },
};

export function controlMiddleware(current: () => Live): Middleware {
  return async function control(ctx, next) {
    if (ctx.path !== CONTROL && !ctx.path.startsWith(`${CONTROL}/`)) return next();
    const path = ctx.path.slice(CONTROL.length);
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route)
      throw new Problem('unknown-resource', `there is nothing at ${ctx.path}`, {
        hint: `There is: ${Object.keys(routes)
          .map((one) => CONTROL + one)
          .join(', ')}.`,
      });
    const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
    const handle = Object.hasOwn(route, method) ? route[method] : undefined;
    if (!handle) {
      const allow = Object.keys(route).join(', ');
      throw new Problem('method-not-allowed', `${ctx.method} is not allowed on ${ctx.path}`, {
        method: ctx.method,
        headers: { Allow: allow },
      });
    }
    const body = await handle(ctx, current());
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(body, null, 2);
  };
}
