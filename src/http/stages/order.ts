import { control } from '../control/control.ts';
import type { Live } from '../live.ts';
import { makeRoutes, type Routes } from '../routes/router.ts';
import { action } from './action.ts';
import { conditions } from './conditions.ts';
import { cors } from './cors.ts';
import { delay } from './delay.ts';
import { enter } from './enter.ts';
import { favicon } from './favicon.ts';
import { foreign } from './foreign.ts';
import { gzip } from './gzip.ts';
import { headers } from './headers.ts';
import { host } from './host.ts';
import { idempotency } from './idempotency.ts';
import { log } from './log.ts';
import { middleware } from './middleware.ts';
import { override } from './override.ts';
import { parameters } from './parameters.ts';
import { preferences } from './preferences.ts';
import { problems } from './problems.ts';
import { restart } from './restart.ts';
import { rewrite } from './rewrite.ts';
import { session } from './session.ts';
import { chain, type Next, type Stage } from './stage.ts';
import { target } from './target.ts';

/** What answers requests until a reload puts another in its place. */
export interface Answering {
  readonly live: Live;
  readonly routes: Routes;
  /** All stages. */
  readonly answer: Next;
  /** Those that run again for a request that finds its model replaced. */
  readonly again: Next;
}

/** What stages are made of, beside what is live. */
interface Making {
  readonly routes: Routes;
  /** The generation of the moment: some requests last longer than theirs. */
  readonly current: () => Answering;
}

/** One stage, as docs/architecture.md lists it. */
export interface StageRow {
  readonly name: string;
  readonly description: string;
  /** Undefined if this generation has nothing for the stage to do. */
  readonly make: (live: Live, making: Making) => Stage | undefined;
}

/** What happens once to a request, outermost first. */
const once: readonly StageRow[] = [
  { name: 'log', description: 'writes a line about what leaves', make: log },
  { name: 'headers', description: 'headers that the dialect puts on every answer', make: headers },
  {
    name: 'gzip',
    description: 'compresses texts, if the backend does and the client accepts it',
    make: gzip,
  },
  { name: 'cors', description: 'lets browser apps of other origins in, answers their preflight', make: cors },
  { name: 'problems', description: 'answers what was thrown, in the dialect’s form', make: problems },
  { name: 'host', description: 'refuses names that are not this server', make: host },
  {
    name: 'session',
    description: 'reads the name of a session, takes `/_standin/s/NAME` off',
    make: session,
  },
  { name: 'control', description: 'answers below `/_standin`', make: control },
  { name: 'foreign', description: 'refuses writes of foreign pages, if writes are saved', make: foreign },
  { name: 'middleware', description: 'the user’s middleware', make: middleware },
  { name: 'favicon', description: 'answers for an icon that nobody serves', make: favicon },
  { name: 'enter', description: 'enters the session, refuses to go on without one', make: enter },
  { name: 'restart', description: 'begins again from here if a reload replaced the model', make: restart },
];

/** What happens again when a reload replaced the model before a request changed anything. */
const again: readonly StageRow[] = [
  { name: 'rewrite', description: 'puts another URL in place, by the option `routes`', make: rewrite },
  {
    name: 'override',
    description: 'reads another method from a header, if the backend does',
    make: override,
  },
  { name: 'target', description: 'finds what the path leads to and the method does there', make: target },
  { name: 'parameters', description: 'names parameters that are not understood', make: parameters },
  { name: 'conditions', description: 'gives validators, answers 304', make: conditions },
  { name: 'idempotency', description: 'answers a repeated POST as the first one', make: idempotency },
  { name: 'preferences', description: 'leaves out what the client does not want', make: preferences },
  { name: 'delay', description: 'holds the answer back as long as the dialect says', make: delay },
  { name: 'action', description: 'reads or writes, and gives the answer', make: action },
];

/** Every stage in its order. */
export const order: readonly StageRow[] = [...once, ...again];

const unanswered = () => {
  throw new Error('no stage has answered');
};

/** Decides which stages there are for one state of files and options: no request asks again. */
export function makeAnswering(live: Live, current: () => Answering): Answering {
  const routes = makeRoutes(live);
  const make = (rows: readonly StageRow[], last: Next): Next =>
    chain(
      rows.map((row) => row.make(live, { routes, current })),
      last,
    );
  const inner = make(again, unanswered);
  return { live, routes, again: inner, answer: make(once, inner) };
}
