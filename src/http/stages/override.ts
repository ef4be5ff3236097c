import type { Context } from 'koa';
import type { Live } from '../live.ts';

const OVERRIDES = ['PUT', 'PATCH', 'DELETE'];

/** A POST with X-HTTP-Method-Override is the first method that it names, where that is one a form cannot send. */
export function overrideMethod(ctx: Context, live: Live): void {
  const [sent = ''] = ctx.get('x-http-method-override').split(',', 1);
  const method = sent.trim().toUpperCase();
  if (OVERRIDES.includes(method)) ctx.method = method;
  else if (method !== '') {
    const takes = `X-HTTP-Method-Override takes ${OVERRIDES.join(', ')}, not '${sent}'`;
    live.note(`${ctx.method} ${ctx.path}`, `ignored: ${takes}`);
  }
}
