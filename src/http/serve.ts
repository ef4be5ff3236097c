import { setTimeout } from 'node:timers/promises';
import type { Context } from 'koa';
import type { BodyConventions, Conventions } from '../dialect/conventions.ts';
import type { Reply } from '../dialect/dialect.ts';
import { Problem } from '../problem.ts';
import { isFiltered } from './actions/bulk.ts';
import { acceptPatch } from './body/accept-patch.ts';
import { Call, Stale } from './call.ts';
import type { Live } from './live.ts';
import { follow, targetOf } from './routes/chain.ts';
import { pathReader, type ReadPath } from './routes/paths.ts';
import type { Place } from './routes/places.ts';
import { makeRoutes, type Routes } from './routes/router.ts';
import { outsidePrefix, unknownResource } from './routes/unknown.ts';
import { send } from './send.ts';
import { rewriteUrl, sentOf } from './sent.ts';
import { otherForm } from './slash.ts';
import { withValidators } from './stages/conditions.ts';
import { overrideMethod } from './stages/override.ts';
import { checkParameters } from './stages/parameters.ts';
import { withPreferences } from './stages/prefer.ts';

type Handle = (ctx: Context) => Promise<void>;

/** Answers the requests of one model. `current` answers those that find it replaced. */
export interface Serve {
  (ctx: Context, current: () => Handle): Promise<void>;
  readonly routes: Routes;
}

export function makeServe(live: Live): Serve {
  const { paths } = live.dialect.conventions;
  const routes = makeRoutes(live);
  const { shapes } = routes;
  const read = pathReader(live);

  /** Finds what the path leads to, and does what its row says. */
  const answer = async (call: Call): Promise<Reply> => {
    const { path } = call.ctx;
    const found = read(path);
    const form = found?.format === undefined ? otherForm(sentOf(call.ctx).path, paths.slash) : undefined;
    if (form !== undefined && live.dialect.moved) return redirect(call, form, live.dialect.moved);
    if (!found) throw outsidePrefix(call);
    const place = routes.match(found.segments[0] ?? '', found.path);
    // What is wrong with a path that no row matches, its names say.
    if (!place) throw unknownBelow(found, live);
    call.format = found.format;
    const verbs = aim(call, place, found);
    call.allow = verbs.allow;
    live.dialect.admit?.(call);
    const method = call.method === 'HEAD' && paths.head ? 'GET' : call.method;
    const verb = verbs.all.find((one) => one.method === method);
    if (!verb || (verb.filtered && !isFiltered(call))) return missingVerb(call, live.dialect.conventions);
    call.action = verb.action;
    checkParameters(call);
    const delay = live.dialect.delay?.(call) ?? 0;
    const reply = withPreferences(call, withValidators(call, await verb.run(call)));
    if (delay > 0) await setTimeout(delay);
    return reply;
  };

  /** Gives a call its target, and finds the verbs that there are for it. */
  const aim = (call: Call, { chain, verbs }: Place, { segments }: ReadPath) => {
    const own = chain ?? (verbs ? undefined : follow(segments, live));
    if (own) call.target = targetOf(own, segments, live);
    return verbs ?? (call.key === undefined ? shapes.list : shapes.item);
  };

  /** Sends a client to the form of its path that is served, if that leads anywhere. */
  const redirect = (call: Call, form: string, moved: (path: string, call: Call) => Reply): Reply => {
    const { path } = call.ctx;
    const found = read(otherForm(path, paths.slash) ?? path);
    if (!found) throw outsidePrefix(call);
    const place = routes.match(found.segments[0] ?? '', found.path);
    if (!place) throw unknownBelow(found, live);
    aim(call, place, found);
    return moved(call.base + form, call);
  };

  const serve = async (ctx: Context, current: () => Handle): Promise<void> => {
    prepare(ctx, live);
    const call = new Call(ctx, live);
    ctx.state.call = call;
    try {
      send(ctx, await answer(call));
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      await current()(ctx);
    }
  };
  return Object.assign(serve, { routes });
}

/** Why a path that no row matches leads nowhere. */
function unknownBelow({ segments }: ReadPath, live: Live): Problem {
  try {
    follow(segments, live);
  } catch (problem) {
    if (problem instanceof Problem) return problem;
    throw problem;
  }
  return unknownResource(live, segments[0] ?? '');
}

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

function missingVerb(call: Call, { paths, bodies }: Conventions): Reply {
  const { allow, method } = call;
  const { dialect, settings } = call.live;
  if (method === 'OPTIONS' && paths.options === 'metadata' && dialect.options) return dialect.options(call);
  if (method === 'OPTIONS' && paths.options !== 'missing') return optionsReply(allow, bodies);
  const message = `${method} is not allowed on ${call.path}`;
  const facts = { method, ...(call.resource ? { resource: call.resource.name } : {}) };
  const isWrite = settings.writes === 'off' && WRITES.includes(method);
  if (isWrite && paths.writesOff === 403) throw new Problem('forbidden', 'writes are switched off', facts);
  if (isWrite)
    throw new Problem('writes-off', `${message}: writes are switched off`, {
      ...facts,
      headers: { Allow: allow },
    });
  if (paths.missingVerb === 404) throw new Problem('unknown-resource', message, facts);
  throw new Problem('method-not-allowed', message, {
    ...facts,
    hint: `Allowed: ${allow}.`,
    headers: { Allow: allow },
  });
}

function optionsReply(allow: string, bodies: BodyConventions): Reply {
  const takesPatch = allow.split(', ').includes('PATCH');
  const headers = { Allow: allow, ...(takesPatch ? { 'Accept-Patch': acceptPatch(bodies) } : {}) };
  return { status: 204, headers };
}

/** What changes a request before its path is looked at. */
function prepare(ctx: Context, live: Live): void {
  rewriteUrl(ctx, live);
  if (live.dialect.conventions.paths.methodOverride && ctx.method === 'POST') overrideMethod(ctx, live);
}
