import type { Context, Middleware } from 'koa';
import { Problem } from '../../problem.ts';
import { acceptPatch } from '../body/accept-patch.ts';
import { Call } from '../call.ts';
import { withHint } from '../hints.ts';
import type { Live } from '../live.ts';
import { faultLine } from '../log.ts';
import { send } from '../send.ts';
import { isExposed, refusalOf } from '../thrown.ts';

/** Turns what was thrown into an answer in the dialect's words. Our own faults are logged with their stack, and told without. */
export function problemsMiddleware(current: () => Live): Middleware {
  return async function problems(ctx, next) {
    try {
      await next();
    } catch (error) {
      answer(ctx, current(), error);
    }
  };
}

function answer(ctx: Context, live: Live, error: unknown): void {
  // A request that was refused before it had a session is answered in everybody's.
  const call: Call = ctx.state.call ?? new Call(ctx, live, { session: live.state.main, base: '' });
  const problem = error instanceof Problem ? withHint(error, call) : thrown(error, live, ctx);
  ctx.state.problem = problem;
  // RFC 5789, 2.2: a PATCH in a format that is not taken is told which are.
  if (problem.status === 415 && ctx.method === 'PATCH')
    ctx.set('Accept-Patch', acceptPatch(call.live.dialect.conventions.bodies));
  try {
    const reply = call.live.dialect.problem(problem, call);
    // Not every dialect looks for headers such as the WWW-Authenticate of a 401: they are the middleware's to say.
    const own = problem.code === 'refused' ? problem.facts.headers : undefined;
    send(ctx, own ? { ...reply, headers: { ...own, ...reply.headers } } : reply);
  } catch (fault) {
    // A dialect of the user's own that has no words for it.
    const { message, status } = unexpected(fault, live, ctx);
    send(ctx, {
      status,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ error: message, message }),
    });
  }
}

/** Middleware may refuse a request by a status, as in any Koa app; everything else is a fault. */
function thrown(error: unknown, live: Live, ctx: Context): Problem {
  const refusal = refusalOf(error);
  if (!refusal) return unexpected(error, live, ctx);
  if (!isExposed(error)) logFault(error, live, ctx);
  return refusal;
}

function unexpected(error: unknown, live: Live, ctx: Context): Problem {
  logFault(error, live, ctx);
  return new Problem('internal', 'something went wrong in standin; its log says more');
}

function logFault(error: unknown, live: Live, { method, path }: Context): void {
  live.log(faultLine(`${method} ${path}: `, error));
}
