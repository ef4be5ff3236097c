import type { Context, Middleware } from 'koa';
import { Problem } from '../../problem.ts';
import type { Session } from '../../store/session.ts';
import type { Sessions } from '../../store/sessions.ts';
import type { Live } from '../live.ts';
import { decodeSegment } from '../path.ts';

const IN_PATH = '/_standin/s/';
const HEADER = 'x-standin-session';
const COOKIE = 'standin_session';

export const CONTROL = '/_standin';

const isSessionPath = (path: string): boolean => path.startsWith(IN_PATH);

/** Whether a path is ours, and not the API, nor the API below the name of a session. */
export const isControlPath = (path: string): boolean =>
  (path === CONTROL || path.startsWith(`${CONTROL}/`)) && !isSessionPath(path);

/**
 * Takes `/_standin/s/{name}` off a path, so that what follows it is the API; and ends with the request the use of the
 * session that it names.
 */
export const sessionMiddleware: Middleware = async function session(ctx, next) {
  if (isSessionPath(ctx.path)) {
    const [name = '', ...rest] = ctx.path.slice(IN_PATH.length).split('/');
    ctx.state.session = decodeSegment(name);
    ctx.state.base = IN_PATH + name;
    ctx.path = `/${rest.join('/')}`;
  }
  try {
    await next();
  } finally {
    ctx.state.leave?.();
  }
};

/** The name of the session a request is about: in its path, in a header, or in a cookie. */
export function sessionName(ctx: Context): string | undefined {
  const named = ctx.state.session ?? (ctx.get(HEADER) || undefined);
  if (named !== undefined) return named;
  return ctx.get('cookie').includes(COOKIE) ? ctx.cookies.get(COOKIE) || undefined : undefined;
}

/** A request that starts again on a newer model is in its session already. */
function enter(ctx: Context, sessions: Sessions, name: string): Session {
  if (ctx.state.entered) return ctx.state.entered;
  const session = sessions.enter(name);
  ctx.state.entered = session;
  ctx.state.leave = () => sessions.leave(session);
  return session;
}

export function sessionOf(ctx: Context, { settings, state }: Live): { session: Session; base: string } {
  const name = sessionName(ctx);
  if (name !== undefined) return { session: enter(ctx, state.sessions, name), base: ctx.state.base ?? '' };
  if (settings.sessions === 'required' && ctx.method !== 'OPTIONS') {
    throw new Problem('session-required', 'a session is required, and this request names none', {
      hint: 'Send the header X-Standin-Session, the cookie standin_session, or put /_standin/s/NAME before the path.',
    });
  }
  return { session: state.main, base: '' };
}
