import type { Live } from '../live.ts';
import type { Stage } from './stage.ts';

const OVERRIDES = ['PUT', 'PATCH', 'DELETE'];

/** A POST with X-HTTP-Method-Override is the first method that it names, where that is one a form cannot send. */
export function override({ dialect, note }: Live): Stage | undefined {
  if (!dialect.conventions.paths.methodOverride) return undefined;
  return (call, next) => {
    const { ctx } = call;
    if (ctx.method !== 'POST') return next(call);
    const [sent = ''] = ctx.get('x-http-method-override').split(',', 1);
    const method = sent.trim().toUpperCase();
    if (OVERRIDES.includes(method)) ctx.method = method;
    else if (method !== '') {
      const takes = `X-HTTP-Method-Override takes ${OVERRIDES.join(', ')}, not '${sent}'`;
      note(`${ctx.method} ${ctx.path}`, `ignored: ${takes}`);
    }
    return next(call);
  };
}
