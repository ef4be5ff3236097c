import type { Context } from 'koa';
import type { Settings } from '../../options/settings.ts';
import { Problem } from '../../problem.ts';
import { CONTROL } from '../path.ts';
import { howToAllow, isAllowedOrigin, isOwnOrigin } from '../stages/foreign.ts';

/** Other pages must not drive the server: what a browser sends for one is refused, unless its origin is allowed. */
export function refuseOtherPages(ctx: Context, settings: Settings): void {
  const site = ctx.get('sec-fetch-site');
  const origin = ctx.get('origin');
  const isOther =
    (site !== '' && site !== 'same-origin' && site !== 'none') ||
    (origin !== '' && !isOwnOrigin(origin, ctx.get('host')));
  if (!isOther || isAllowedOrigin(origin, settings)) return;
  const hint = 'Call it from a test, a terminal, or a page of this very origin.';
  throw new Problem('forbidden', `${CONTROL} is not for other web pages`, {
    hint: origin === '' ? hint : `${hint} ${howToAllow(origin)}`,
  });
}

/** A body is not needed; one that is sent is JSON, which a form of another page cannot send. */
export function refuseOtherBodies(ctx: Context): void {
  const hasBody = ctx.get('transfer-encoding') !== '' || Number(ctx.get('content-length')) > 0;
  const type = ctx.get('content-type');
  if (hasBody && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new Problem(
      'unsupported-media-type',
      `expected no body, or one of application/json; got ${type || 'no Content-Type'}`,
      { mediaType: type },
    );
  }
}

/** A misspelt parameter must not reset everything. */
export function checkParameters(ctx: Context, path: string, known: readonly string[]): void {
  for (const [name, value] of Object.entries(ctx.query)) {
    const wrong = !known.includes(name)
      ? 'is not known here'
      : typeof value !== 'string'
        ? 'is given twice'
        : '';
    if (wrong !== '')
      throw new Problem('unknown-parameter', `the parameter '${name}' ${wrong}`, {
        parameter: name,
        hint: `${path} takes: ${known.join(', ')}.`,
      });
  }
}
