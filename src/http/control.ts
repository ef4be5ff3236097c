import type { Context, Middleware } from 'koa';
import { Problem } from '../problem.ts';
import type { Session } from '../store/session.ts';
import { wholeState } from '../store/whole.ts';
import { streamChanges } from './changes.ts';
import type { Live } from './live.ts';
import { decodeSegment } from './path.ts';
import { CONTROL, isControlPath, sessionName } from './session.ts';

/** What a control route works on: the session that the request names, or everybody's. */
interface Ask {
  readonly ctx: Context;
  readonly live: Live;
  readonly session: Session;
  readonly name: string;
}

type Control = (ask: Ask) => unknown;

const SNAPSHOT_NAME = /^[\w.-]{1,100}$/;

function resourceOf({ ctx, live }: Ask): string | undefined {
  const { resource } = ctx.query;
  if (resource === undefined) return undefined;
  if (typeof resource === 'string' && live.model.resources.has(resource)) return resource;
  throw new Problem('unknown-resource', `there is no resource '${resource}' to reset`, {
    resource: String(resource),
  });
}

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
      const store = session.snapshot(name);
      if (!store) throw new Problem('no-snapshot', `there is no snapshot '${name}'`);
      return wholeState(store);
    },
    PUT({ session, name }) {
      if (!SNAPSHOT_NAME.test(name))
        throw new Problem(
          'bad-path',
          'a snapshot name is 1 to 100 letters, digits, dots, dashes and underscores',
        );
      session.takeSnapshot(name);
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
  '/sessions': { GET: ({ live }) => live.state.sessions.map(describe) },
  '/sessions/:name': {
    GET({ live, name }) {
      const session = live.state.findSession(name);
      if (!session) throw new Problem('no-session', `there is no session '${name}'`);
      return describe(session);
    },
    DELETE({ live, name }) {
      if (!live.state.dropSession(name)) throw new Problem('no-session', `there is no session '${name}'`);
      return done;
    },
  },
  '/changes': { GET: ({ ctx, live }) => streamChanges(ctx, live) },
};

/** `/snapshots/empty` is the row `/snapshots/:name`. */
function findRoute(path: string): { row: string; name: string } {
  const [, first = '', second] = path.split('/');
  return second === undefined
    ? { row: `/${first}`, name: '' }
    : { row: `/${first}/:name`, name: decodeSegment(second) };
}

/** Other pages must not drive the server: no CORS, and a request that a browser sends for one is refused. */
function refuseOtherPages(ctx: Context): void {
  const site = ctx.get('sec-fetch-site');
  const origin = ctx.get('origin');
  const isOther =
    (site !== '' && site !== 'same-origin' && site !== 'none') ||
    (origin !== '' && origin !== `${ctx.protocol}://${ctx.get('host')}`);
  if (!isOther) return;
  throw new Problem('forbidden', `${CONTROL} is not for other web pages`, {
    hint: 'Call it from a test, a terminal, or a page of this very origin.',
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

export function controlMiddleware(current: () => Live): Middleware {
  return async function control(ctx, next) {
    if (!isControlPath(ctx.path)) return next();
    refuseOtherPages(ctx);
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
    const live = current();
    const asked = typeof ctx.query.session === 'string' ? ctx.query.session : sessionName(ctx);
    const session = asked === undefined ? live.state.main : live.state.session(asked);
    const body = await handle({ ctx, live, session, name });
    if (body === undefined) return;
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(body, null, 2);
  };
}
