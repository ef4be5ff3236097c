import Koa, { type Middleware } from 'koa';
import { Call } from './call.ts';
import { drain } from './connection/drain.ts';
import { turn } from './connection/turn.ts';
import { faultLine } from './log.ts';
import { send } from './send.ts';
import type { Answering } from './stages/order.ts';

/** A Koa app around whatever is current: a reload swaps that, never the app. */
export function makeApp(current: () => Answering): Koa {
  const stages: Middleware = (ctx) => {
    const { live, answer } = current();
    const ready = answer(new Call(ctx, live));
    // An answer that is there is sent at once: waiting would cost time on every request.
    return ready instanceof Promise ? ready.then((late) => send(ctx, late)) : send(ctx, ready);
  };
  const app = new Koa();
  // Both are about the connection, and not about the request: they stand around all stages.
  for (const middleware of [turn, drain, stages]) app.use(middleware);
  // What gets here was thrown outside the problems: a line, not a crash. A client that hangs up, or does not
  // speak HTTP, is not worth one.
  app.on('error', (error: Error & { code?: string }) => {
    if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/.test(error.code ?? '')) return;
    current().live.log(faultLine('', error));
  });
  return app;
}
