import type { Context, Middleware } from 'koa';
import type { Live } from '../live.ts';

/** What is shorter gains nothing. */
const LEAST_BYTES = 1024;

/** Compresses texts for clients that accept it, where the dialect's backend does; piece by piece, as the client reads. */
export function gzipMiddleware(current: () => Live): Middleware {
  return function gzip(ctx, next) {
    return current().dialect.conventions.answers.gzip ? next().then(() => compress(ctx)) : next();
  };
}

async function compress(ctx: Context): Promise<void> {
  const { body } = ctx;
  if (typeof body !== 'string') return;
  ctx.vary('Accept-Encoding');
  const isSmall = (ctx.length ?? 0) < LEAST_BYTES;
  if (isSmall || ctx.method === 'HEAD' || ctx.res.hasHeader('Content-Encoding')) return;
  if (ctx.acceptsEncodings('gzip', 'identity') !== 'gzip') return;
  // Most servers never need it.
  const { createGzip } = await import('node:zlib');
  ctx.set('Content-Encoding', 'gzip');
  const zipped = createGzip();
  zipped.end(body);
  ctx.body = zipped;
}
