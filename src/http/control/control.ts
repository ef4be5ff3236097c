import type { Context } from 'koa';
import type { Reply } from '../../dialect/dialect.ts';
import { Problem } from '../../problem.ts';
import type { Call } from '../call.ts';
import type { Live } from '../live.ts';
import { CONTROL, decodeSegment, isControlPath } from '../path.ts';
import { makeGroup } from '../routes/group.ts';
import type { Stage } from '../stages/stage.ts';
import { checkParameters, refuseOtherBodies, refuseOtherPages } from './guard.ts';
import { type ControlRow, controlRows } from './rows.ts';

/** The rows of one path. */
interface ControlPlace {
  readonly path: string;
  readonly pattern: string;
  readonly rows: readonly ControlRow[];
}

const places: readonly ControlPlace[] = [...new Set(controlRows.map(({ path }) => path))].map((path) => ({
  path,
  // An empty name is refused as a name, not as a path.
  pattern: CONTROL + path.replace('/:name', '/{:name}'),
  rows: controlRows.filter((row) => row.path === path),
}));

const group = makeGroup(places);

function rowOf({ method, path }: Context): ControlRow {
  const place = group.match(path);
  if (!place) {
    const known = places.map((one) => CONTROL + one.path);
    throw new Problem('unknown-resource', `there is nothing at ${path}`, {
      hint: `There is: ${known.join(', ')}, and ${CONTROL}/s/NAME/.`,
    });
  }
  const row = place.rows.find((one) => one.method === (method === 'HEAD' ? 'GET' : method));
  if (row) return row;
  const allow = place.rows.map((one) => one.method).join(', ');
  throw new Problem('method-not-allowed', `${method} is not allowed on ${path}`, {
    method,
    hint: `Allowed: ${allow}.`,
    headers: { Allow: allow },
  });
}

async function answer(call: Call, current: () => Live): Promise<Reply> {
  const { ctx, live } = call;
  refuseOtherPages(ctx, live.settings);
  const row = rowOf(ctx);
  refuseOtherBodies(ctx);
  checkParameters(ctx, CONTROL + row.path, [...(row.parameters ?? []), 'session']);
  const name = row.path.endsWith('/:name') ? decodeSegment(ctx.path.split('/').at(-1) ?? '') : '';
  const asked = typeof ctx.query.session === 'string' ? ctx.query.session : call.sessionName;
  const { main, sessions } = live.state;
  const session = asked === undefined ? main : sessions.enter(asked);
  try {
    return await row.run({ ctx, live, current, session, name });
  } finally {
    if (session !== main) sessions.leave(session);
  }
}

interface Making {
  readonly current: () => { readonly live: Live };
}

/** What is below the path of a session is the API, and no control route. */
export function control(_live: Live, { current }: Making): Stage {
  const live = () => current().live;
  return (call, next) => (call.base === '' && isControlPath(call.ctx.path) ? answer(call, live) : next(call));
}
