import type { Context } from 'koa';
import type { Reply } from '../dialect/dialect.ts';

/** Writes an answer: everything that leaves the server is written here. */
export function send(ctx: Context, { status, headers, body }: Reply): void {
  // Middleware of the user's answers by itself.
  if (ctx.respond === false) return;
  ctx.status = status;
  setHeaders(ctx, headers);
  // With a validator alone, a browser guesses how long it may show what it has (RFC 9111, 4.2.2).
  const { res } = ctx;
  if ((res.hasHeader('ETag') || res.hasHeader('Last-Modified')) && !res.hasHeader('Cache-Control'))
    ctx.set('Cache-Control', 'no-cache');
  if (status === 204 || status === 304) return;
  if (body === undefined) {
    ctx.body = '';
    // Koa gives every text a type; an answer without a body has none.
    if (headers['Content-Type'] === undefined) ctx.remove('Content-Type');
  } else {
    // Koa takes bytes as a Buffer only.
    const isBytes = body instanceof Uint8Array;
    ctx.body = isBytes ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : body;
  }
}

/** Headers that an answer has, beside those that stand there already. */
export function setHeaders(ctx: Context, headers: Reply['headers']): void {
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string | string[];
    const key = name.toLowerCase();
    // Others vary too: CORS by the origin.
    if (key === 'vary') ctx.vary([value].flat().flatMap((one) => one.split(/,\s*/)));
    else if (key === 'set-cookie') addCookies(ctx, value);
    else ctx.set(name, value);
  }
}

/** Middleware may have set cookies of its own. */
function addCookies(ctx: Context, cookies: string | string[]): void {
  const known = ctx.res.getHeader('Set-Cookie') ?? [];
  ctx.set('Set-Cookie', [...new Set([known, cookies].flat().map(String))]);
}
