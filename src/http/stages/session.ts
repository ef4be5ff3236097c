import type { Context } from 'koa';
import { decodeSegment, IN_SESSION } from '../path.ts';
import type { Stage } from './stage.ts';

const HEADER = 'x-standin-session';
const COOKIE = 'standin_session';

/** The name of a session in a header, or in a cookie. */
function nameIn(ctx: Context): string | undefined {
  const header = ctx.get(HEADER);
  if (header !== '') return header;
  return ctx.get('cookie').includes(COOKIE) ? ctx.cookies.get(COOKIE) || undefined : undefined;
}

/** Reads which session a request is about, and takes `/_standin/s/NAME` off its path: what follows is the API. */
export const session = (): Stage => (call, next) => {
  const { ctx } = call;
  if (ctx.path.startsWith(IN_SESSION)) {
    const [name = '', ...rest] = ctx.path.slice(IN_SESSION.length).split('/');
    call.sessionName = decodeSegment(name);
    call.base = IN_SESSION + name;
    ctx.path = `/${rest.join('/')}`;
  } else {
    call.sessionName = nameIn(ctx);
  }
  return next(call);
};
