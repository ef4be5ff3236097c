import type { Context } from 'koa';
import type { Live } from './live.ts';
import { noRewrite } from './stages/rewrite.ts';

/** What a client asked for: what links and messages name, and what a request that starts again is rewritten from. */
interface Sent {
  readonly path: string;
  readonly query: string;
}

const rewritten = new WeakMap<Context, Sent>();

/** The path and the query as the client sent them, without the name of a session. */
export const sentOf = (ctx: Context): Sent =>
  rewritten.get(ctx) ?? { path: ctx.path, query: ctx.querystring };

/** Applies the rules of the option `routes`, always to what was sent: a request that starts again after a reload too. */
export function rewriteUrl(ctx: Context, { rewrite }: Live): void {
  const before = rewritten.get(ctx);
  if (rewrite === noRewrite && !before) return;
  const { path, query } = sentOf(ctx);
  const url = query === '' ? path : `${path}?${query}`;
  const target = rewrite(url);
  if (target === undefined && !before) return;
  rewritten.set(ctx, { path, query });
  ctx.url = target ?? url;
}
