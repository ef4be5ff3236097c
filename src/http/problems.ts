import type { Middleware } from 'koa';
import { Problem } from '../problem.ts';
import type { Call } from './call.ts';
import { Call as NewCall } from './call.ts';
import type { Live } from './live.ts';
import { send } from './send.ts';

/** Turns what was thrown into an answer in the dialect's words. Our own faults are logged with their stack, and told without. */
export function problemsMiddleware(current: () => Live): Middleware {
  return async function problems(ctx, next) {
    try {
      await next();
    } catch (error) {
      const live = current();
      const call: Call = ctx.state.call ?? new NewCall(ctx, live);
      const problem = error instanceof Problem ? error : unexpected(error, live, `${ctx.method} ${ctx.path}`);
      send(ctx, call.live.dialect.problem(problem, call));
    }
  };
}

function unexpected(error: unknown, live: Live, request: string): Problem {
  const text = `${request}: ${error instanceof Error ? error.message : String(error)}`;
  live.log({
    level: 'error',
    text,
    ...(error instanceof Error && error.stack ? { stack: error.stack } : {}),
  });
  return new Problem('internal', 'something went wrong in standin; its log says more');
}
