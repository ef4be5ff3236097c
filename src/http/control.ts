import type { Context, Middleware } from 'koa';
import type { Settings } from '../options/settings.ts';
import { Problem } from '../problem.ts';
import type { Session } from '../store/session.ts';
import { wholeState } from '../store/whole.ts';
import { streamChanges } from './changes.ts';
import { howToAllow, isAllowedOrigin, isOwnOrigin } from './foreign.ts';
import type { Live } from './live.ts';
import { decodeSegment } from './path.ts';
import { CONTROL, isControlPath, sessionName } from './session.ts';

/** What a control route works on: the session that the request names, or everybody's. */
interface Ask {
  readonly ctx: Context;
  readonly live: Live;
  readonly current: () => Live;
  readonly session: Session;
  readonly name: string;
}

type Control = (ask: Ask) => unknown;

/** What routes take, besides the session: a misspelt parameter must not reset everything. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  '/reset': ['resource', 'session'],
  '/changes': ['resource', 'session'],
};

function checkParameters(ctx: Context, row: string): void {
  const known = PARAMETERS[row] ?? ['session'];
  for (const [name, value] of Object.entries(ctx.query)) {
    const wrong = !known.includes(name)
      ? 'is not known here'
      : typeof value !== 'string'
        ? 'is given twice'
        : '';
    if (wrong !== '')
      throw new Problem('unknown-parameter', `the parameter '${name}' ${wrong}`, {
        parameter: name,
        hint: `${CONTROL}${row} takes: ${known.join(', ')}.`,
      });
  }
}

const resourceOf = ({ ctx }: Ask): string | undefined => ctx.query.resource as string | undefined;

const done = { ok: true };

const describe = (session: Session) => ({
  name: session.name,
  lastUsed: new Date(session.lastUsed).toISOString(),
  written: [...session.store.opened()].filter(([, shelf]) => shelf.touched).map(([name]) => name),
});

/** What is not part of the user's API: a row a path, and in it a function a verb. `:name` is in `ask.name`. */
const routes: Readonly<Record<string, Readonly<Record<string, Control>>>> = {
  '/db': { GET: ({ session }) => wholeState(session.store) },
  '/reset': {
    async POST(ask) {
      await ask.live.state.reset(ask.session, resourceOf(ask));
      return done;
    },
  },
  '/snapshots': { GET: ({ session }) => session.snapshots },
  '/snapshots/:name': {
    GET({ session, name }) {
      const snapshot = session.snapshot(name);
      if (!snapshot) throw new Problem('no-snapshot', `there is no snapshot '${name}'`);
      return wholeState(snapshot.store);
    },
    PUT({ live, session, name }) {
      live.state.takeSnapshot(session, name);
      return done;
    },
    async POST({ live, session, name }) {
      await live.state.restore(session, name);
      return done;
    },
    DELETE({ session, name }) {
      if (!session.dropSnapshot(name)) throw new Problem('no-snapshot', `there is no snapshot '${name}'`);
      return done;
    },
  },
  '/sessions': { GET: ({ live }) => live.state.sessions.list().map(describe) },
  '/sessions/:name': {
    GET({ live, name }) {
      const session = live.state.sessions.find(name);
      if (!session) throw new Problem('no-session', `there is no session '${name}'`);
      return describe(session);
    },
    DELETE({ live, name }) {
      if (!live.state.sessions.drop(name)) throw new Problem('no-session', `there is no session '${name}'`);
      return done;
    },
  },
  '/changes': {
    GET: (ask) => streamChanges(ask.ctx, ask.current, resourceOf(ask), ask.session.name),
  },
};

/** `/snapshots/empty` is the row `/snapshots/:name`. */
function findRoute(path: string): { row: string; name: string } {
  const [, first = '', second, third] = path.split('/');
  if (third !== undefined) return { row: path, name: '' };
  return second === undefined
    ? { row: `/${first}`, name: '' }
    : { row: `/${first}/:name`, name: decodeSegment(second) };
}

/** Other pages must not drive the server: what a browser sends for one is refused, unless its origin is allowed. */
function refuseOtherPages(ctx: Context, settings: Settings): void {
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
function refuseOtherBodies(ctx: Context): void {
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

async function answer(ctx: Context, current: () => Live): Promise<void> {
  refuseOtherPages(ctx, current().settings);
  const { row, name } = findRoute(ctx.path.slice(CONTROL.length));
  const route = Object.hasOwn(routes, row) ? routes[row] : undefined;
  if (!route) {
    const known = Object.keys(routes).map((one) => CONTROL + one);
    throw new Problem('unknown-resource', `there is nothing at ${ctx.path}`, {
      hint: `There is: ${known.join(', ')}, and ${CONTROL}/s/NAME/.`,
    });
  }
  const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
  const handle = Object.hasOwn(route, method) ? route[method] : undefined;
  if (!handle) {
    const allow = Object.keys(route).join(', ');
    throw new Problem('method-not-allowed', `${ctx.method} is not allowed on ${ctx.path}`, {
      method: ctx.method,
      hint: `Allowed: ${allow}.`,
      headers: { Allow: allow },
    });
  }
  refuseOtherBodies(ctx);
  checkParameters(ctx, row);
  const live = current();
  const asked = typeof ctx.query.session === 'string' ? ctx.query.session : sessionName(ctx);
  const { main, sessions } = live.state;
  const session = asked === undefined ? main : sessions.enter(asked);
  try {
    const body = await handle({ ctx, live, current, session, name });
    if (body === undefined) return;
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(body, null, 2);
  } finally {
    if (session !== main) sessions.leave(session);
  }
}

export function controlMiddleware(current: () => Live): Middleware {
  return function control(ctx, next) {
    return isControlPath(ctx.path) ? answer(ctx, current) : next();
  };
}
