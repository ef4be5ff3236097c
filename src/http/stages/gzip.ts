import type { Context } from 'koa';
import type { Live } from '../live.ts';
import { after, type Outcome } from '../outcome.ts';
import type { Stage } from './stage.ts';

/** What is shorter gains nothing. */
const LEAST_BYTES = 1024;

/** Compresses texts for clients that accept it, where the dialect's backend does; piece by piece, as the client reads. */
export function gzip({ dialect }: Live): Stage | undefined {
  if (!dialect.conventions.answers.gzip) return undefined;
  return (call, next) => after(next(call), (answer) => packed(call.ctx, answer));
}

function packed(ctx: Context, answer: Outcome): Outcome | Promise<Outcome> {
  const { body, headers } = answer;
  if (typeof body !== 'string') return answer;
  const varied = { ...answer, headers: { ...headers, Vary: [headers.Vary ?? [], 'Accept-Encoding'].flat() } };
  const isSmall = Buffer.byteLength(body) < LEAST_BYTES;
  if (isSmall || ctx.method === 'HEAD' || ctx.res.hasHeader('Content-Encoding')) return varied;
  return ctx.acceptsEncodings('gzip', 'identity') === 'gzip' ? zipped(varied, body) : varied;
}

async function zipped(answer: Outcome, body: string): Promise<Outcome> {
  // Most servers never need it.
  const { createGzip } = await import('node:zlib');
  const stream = createGzip();
  stream.end(body);
  return { ...answer, headers: { ...answer.headers, 'Content-Encoding': 'gzip' }, body: stream };
}
