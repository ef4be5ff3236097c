import Koa, { type Context, type Middleware } from 'koa';
import { controlMiddleware } from './control/control.ts';
import type { Live } from './live.ts';
import { faultLine, logMiddleware } from './log.ts';
import { makeServe, type Serve } from './serve.ts';
import { corsMiddleware } from './stages/cors.ts';
import { drainMiddleware } from './stages/drain.ts';
import { faviconMiddleware } from './stages/favicon.ts';
import { foreignMiddleware } from './stages/foreign.ts';
import { gzipMiddleware } from './stages/gzip.ts';
import { headersMiddleware } from './stages/headers.ts';
import { hostMiddleware } from './stages/host.ts';
import { problemsMiddleware } from './stages/problems.ts';
import { sessionMiddleware } from './stages/session.ts';
import { turnMiddleware } from './stages/turn.ts';

export interface Current {
  readonly live: Live;
  readonly serve: Serve;
  readonly middleware: Middleware;
}

/** A Koa app around whatever is current: a reload swaps that, never the app. Middleware stands outermost first. */
export function makeApp(current: () => Current): Koa {
  const live = () => current().live;
  const { settings } = live();
  const handle = (ctx: Context): Promise<void> => current().serve(ctx, () => handle);
  const app = new Koa();
  const order: readonly Middleware[] = [
    // A request is begun when it is its turn.
    turnMiddleware,
    // Outside of all that answers, so that it sees the status that leaves.
    ...(settings.quiet || !settings.log ? [] : [logMiddleware(live)]),
    // Outside all that may answer before the body has come.
    drainMiddleware,
    // Around every answer, refusals too.
    headersMiddleware(live),
    gzipMiddleware(live),
    // Outside the problems, so that a browser app may read a refusal.
    corsMiddleware(live),
    problemsMiddleware(live),
    // Before anything that answers with data.
    hostMiddleware(live),
    controlMiddleware(live),
    // Behind the control routes, whose path it shares.
    sessionMiddleware,
    // Before the user's middleware, which may write too.
    foreignMiddleware(live),
    (ctx, next) => current().middleware(ctx, next),
    // Innermost: an icon of the user's comes first.
    faviconMiddleware,
    handle,
  ];
  for (const middleware of order) app.use(middleware);
  // What gets here was thrown outside the problems: a line, not a crash. A client that hangs up, or does not
  // speak HTTP, is not worth one.
  app.on('error', (error: Error & { code?: string }) => {
    if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/.test(error.code ?? '')) return;
    live().log(faultLine('', error));
  });
  return app;
}

export { makeServe };
