import type { Context } from 'koa';
import type { Reply } from '../dialect/dialect.ts';

/** Writes an answer, beside the headers that stand on every one of them. */
export function send(ctx: Context, { status, headers, body }: Reply): void {
  ctx.status = status;
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string;
    // Others vary too: CORS by the origin.
    if (name === 'Vary') ctx.vary(value.split(/,\s*/));
    else ctx.set(name, value);
  }
  // With a validator alone, a browser guesses how long it may show what it has (RFC 9111, 4.2.2).
  const { res } = ctx;
  if ((res.hasHeader('ETag') || res.hasHeader('Last-Modified')) && !res.hasHeader('Cache-Control'))
    ctx.set('Cache-Control', 'no-cache');
  if (status === 204 || status === 304) return;
  ctx.body = body ?? '';
  // Koa gives every text a type; an answer without a body has none.
  if (body === undefined && headers['Content-Type'] === undefined) ctx.remove('Content-Type');
}
