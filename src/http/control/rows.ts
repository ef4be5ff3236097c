import type { Context } from 'koa';
import type { Method, Reply } from '../../dialect/dialect.ts';
import { Problem } from '../../problem.ts';
import { noSnapshot, type Session } from '../../store/session.ts';
import { wholeState } from '../../store/whole.ts';
import type { Live } from '../live.ts';
import { changes } from './changes.ts';

/** What a control route works on: the session that the request names, or everybody's. */
export interface Ask {
  readonly ctx: Context;
  readonly live: Live;
  readonly current: () => Live;
  readonly session: Session;
  /** What `:name` stands for in the path. */
  readonly name: string;
}

/** One control route; the path stands below `/_standin`. */
export interface ControlRow {
  readonly method: Method;
  readonly path: string;
  readonly name: string;
  /** What the query may hold besides `session`. */
  readonly parameters?: readonly string[];
  run(ask: Ask): Reply | Promise<Reply>;
}

const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value, null, 2),
});

const resourceOf = ({ ctx }: Ask): string | undefined => ctx.query.resource as string | undefined;

const done = json({ ok: true });

const describe = (session: Session) => ({
  name: session.name,
  lastUsed: new Date(session.lastUsed).toISOString(),
  written: [...session.store.opened()].filter(([, shelf]) => shelf.touched).map(([name]) => name),
});

const noSession = (name: string) => new Problem('no-session', `there is no session '${name}'`);

/** What is served beside the user's API. */
export const controlRows: readonly ControlRow[] = [
  { method: 'GET', path: '/db', name: 'readDatabase', run: ({ session }) => json(wholeState(session.store)) },
  {
    method: 'POST',
    path: '/reset',
    name: 'resetState',
    parameters: ['resource'],
    async run(ask) {
      await ask.live.state.reset(ask.session, resourceOf(ask));
      return done;
    },
  },
  { method: 'GET', path: '/snapshots', name: 'listSnapshots', run: ({ session }) => json(session.snapshots) },
  {
    method: 'GET',
    path: '/snapshots/:name',
    name: 'readSnapshot',
    run({ session, name }) {
      const snapshot = session.snapshot(name);
      if (!snapshot) throw noSnapshot(name, session);
      return json(wholeState(snapshot.store));
    },
  },
  {
    method: 'PUT',
    path: '/snapshots/:name',
    name: 'takeSnapshot',
    run({ live, session, name }) {
      live.state.takeSnapshot(session, name);
      return done;
    },
  },
  {
    method: 'POST',
    path: '/snapshots/:name',
    name: 'restoreSnapshot',
    async run({ live, session, name }) {
      await live.state.restore(session, name);
      return done;
    },
  },
  {
    method: 'DELETE',
    path: '/snapshots/:name',
    name: 'dropSnapshot',
    run({ session, name }) {
      if (!session.dropSnapshot(name)) throw noSnapshot(name, session);
      return done;
    },
  },
  {
    method: 'GET',
    path: '/sessions',
    name: 'listSessions',
    run: ({ live }) => json(live.state.sessions.list().map(describe)),
  },
  {
    method: 'GET',
    path: '/sessions/:name',
    name: 'readSession',
    run({ live, name }) {
      const session = live.state.sessions.find(name);
      if (!session) throw noSession(name);
      return json(describe(session));
    },
  },
  {
    method: 'DELETE',
    path: '/sessions/:name',
    name: 'dropSession',
    run({ live, name }) {
      if (!live.state.sessions.drop(name)) throw noSession(name);
      return done;
    },
  },
  {
    method: 'GET',
    path: '/changes',
    name: 'listenToChanges',
    parameters: ['resource'],
    run: (ask) => changes(ask.ctx, ask.current, resourceOf(ask), ask.session.name),
  },
];
