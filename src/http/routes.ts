import { setTimeout } from 'node:timers/promises';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { ActionName, Reply, Rules } from '../dialects/dialect.ts';
import type { Resource } from '../model/model.ts';
import type { Settings } from '../options/settings.ts';
import { Problem } from '../problem.ts';
import { type Action, itemActions, listActions } from './actions.ts';
import { isFiltered } from './bulk.ts';
import { Call, Stale, type Target } from './call.ts';
import { withValidators } from './conditions.ts';
import type { Live } from './live.ts';
import { overrideMethod } from './override.ts';
import { splitPath } from './path.ts';
import { withPreferences } from './prefer.ts';
import { send } from './send.ts';
import { rewriteUrl, sentOf } from './sent.ts';
import { singletonActions, valueActions } from './single-actions.ts';
import { otherForm } from './slash.ts';
import { outsidePrefix, unknownResource, walk } from './walk.ts';

/** A verb of a shape: the action it names, and what does it. */
interface Verb {
  readonly name: ActionName;
  readonly run: Action;
  /** Only for a request whose query picks items out; for any other the verb is not there. */
  readonly filtered?: true;
}

type Verbs = ReadonlyMap<string, Verb>;

const NAMES: Readonly<Record<string, ActionName>> = {
  GET: 'list',
  POST: 'create',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'remove',
};

/** The verbs of a shape, in the order of its Allow header. Without writes, only GET is left. */
function verbs(
  actions: Partial<Record<ActionName, Action>>,
  wanted: readonly string[],
  { writes }: Settings,
  bulk: readonly string[] = [],
): Verbs {
  const found = wanted.flatMap((verb): [string, Verb][] => {
    const name =
      verb === 'GET' && !actions.list ? (actions.root ? 'root' : 'read') : (NAMES[verb] as ActionName);
    if (writes === 'off' && verb !== 'GET') return [];
    return [
      [
        verb,
        { name, run: actions[name] as Action, ...(bulk.includes(verb) ? { filtered: true as const } : {}) },
      ],
    ];
  });
  return new Map(found);
}

const readRoot: Action = (call) => {
  const { dialect, model } = call.live;
  if (!dialect.root) throw unknownResource(call.live, '');
  return dialect.root(model, call);
};

/** What each shape of path can do. 405, Allow and OPTIONS are read off here. */
export function shapesOf(rules: Rules, settings: Settings) {
  return {
    root: verbs({ root: readRoot }, ['GET'], settings),
    list: verbs(listActions, ['GET', 'POST', 'PATCH', 'DELETE'], settings, ['PATCH', 'DELETE']),
    item: verbs(itemActions, ['GET', 'PUT', 'PATCH', 'DELETE'], settings),
    singleton: verbs(
      singletonActions,
      rules.postSingleton ? ['GET', 'POST', 'PUT', 'PATCH'] : ['GET', 'PUT', 'PATCH'],
      settings,
    ),
    value: verbs(valueActions, ['GET', 'PUT'], settings),
  } as const;
}

type Shapes = ReturnType<typeof shapesOf>;

const shapeOf = ({ resource, key }: Target): keyof Shapes =>
  resource.kind === 'collection' ? (key === undefined ? 'list' : 'item') : resource.kind;

/** `GET, HEAD, PUT, OPTIONS`: what may be asked of a shape. */
export function allowOf(shape: Verbs, rules: Rules): string {
  if (rules.allow === 'first') return [...shape.keys()][0] ?? '';
  const always = [...shape].filter(([, { filtered }]) => !filtered).map(([verb]) => verb);
  const names = always.flatMap((verb) => (verb === 'GET' && rules.head ? ['GET', 'HEAD'] : [verb]));
  return rules.options === 'missing' ? names.join(', ') : [...names, 'OPTIONS'].join(', ');
}

type Handle = (ctx: Context) => Promise<void>;

/**
 * The routes of one model: a router per kind of resource, found by the first segment of the path, so that matching
 * does not grow with the number of resources. `next` is what a path outside the prefix falls through to.
 */
export function makeRoutes(live: Live): (ctx: Context, current: () => Handle) => Promise<void> {
  const { rules } = live.dialect;
  const { prefix } = live.settings;
  const shapes = shapesOf(rules, live.settings);
  const allows = new Map<Verbs, string>(Object.values(shapes).map((shape) => [shape, allowOf(shape, rules)]));

  const callOf = (ctx: Context): Call => {
    const call = new Call(ctx, live);
    ctx.state.call = call;
    return call;
  };

  const act = async (ctx: Context, locate: () => Target | undefined): Promise<void> => {
    const call = callOf(ctx);
    call.format = ctx.state.format;
    call.target = locate();
    const shape = call.target ? shapes[shapeOf(call.target)] : shapes.root;
    call.allow = allows.get(shape) as string;
    live.dialect.admit?.(call);
    const method = ctx.method === 'HEAD' && rules.head ? 'GET' : ctx.method;
    const verb = shape.get(method);
    if (!verb || (verb.filtered && !isFiltered(call))) return send(ctx, missingVerb(call, rules));
    call.action = verb.name;
    const delay = live.dialect.delay?.(call) ?? 0;
    const reply = withPreferences(call, withValidators(call, await verb.run(call)));
    if (delay > 0) await setTimeout(delay);
    send(ctx, reply);
  };

  /** The segments of a path as the dialect reads them; undefined outside the prefix. */
  const read = (path: string): { readonly segments?: readonly string[]; readonly format?: string } => {
    const segments = splitPath(path, prefix);
    return segments ? (live.dialect.segments?.(segments, live.model) ?? { segments }) : {};
  };
  const locate = (all: readonly string[]) =>
    walk(
      live,
      all.map((segment, i) => (i % 2 === 0 ? nameOf(segment) : segment)),
    );
  const down = (ctx: Context) => act(ctx, () => locate(ctx.state.segments));

  /** Sends a client to the form of its path that is served, if that leads anywhere. */
  const redirect = (ctx: Context, form: string): void => {
    const call = callOf(ctx);
    const { segments = [] } = read(otherForm(ctx.path, rules.slash) ?? ctx.path);
    if (segments.length > 0) call.target = locate(segments);
    else if (!live.dialect.root) throw unknownResource(live, '');
    if (live.dialect.moved) send(ctx, live.dialect.moved(call.base + form, call));
  };

  const options = { sensitive: true, ...(prefix === '' ? {} : { prefix }) };
  // Lists, items and what is nested in them are one pattern: a path is matched once, and walked.
  const collection = new Router(options).all('/:resource{/:id}{/*path}', down);
  const single = new Router(options).all('/:resource{/*path}', down);
  const routers: Record<Resource['kind'], ReturnType<Router['routes']>> = {
    collection: collection.routes(),
    singleton: single.routes(),
    value: single.routes(),
  };
  const nameOf = nameReader(live, rules);
  const table = new Map([...live.model.resources].map(([name, { kind }]) => [name, routers[kind]]));

  return async (ctx, current) => {
    prepare(ctx, live);
    const { segments: all, format } = read(ctx.path);
    if (!all) throw outsidePrefix(callOf(ctx));
    const form = format === undefined ? otherForm(sentOf(ctx).path, rules.slash) : undefined;
    if (form !== undefined && live.dialect.moved) return redirect(ctx, form);
    ctx.state.segments = all;
    ctx.state.format = format;
    const [first] = all;
    if (first === undefined && live.dialect.root) return act(ctx, () => undefined);
    const route = table.get(nameOf(first ?? ''));
    const missing = async () => {
      // A path that no route matches, of a resource that is there: what is wrong is further down.
      if (route) return down(ctx);
      const call = callOf(ctx);
      const isRead = ctx.method === 'GET' || (ctx.method === 'HEAD' && rules.head);
      const path = `/${all.join('/')}`;
      const page = isRead
        ? live.dialect.pages?.get(rules.caseSensitive ? path : path.toLowerCase())
        : undefined;
      if (!page) throw unknownResource(live, first ?? '');
      send(ctx, withValidators(call, page(call)));
    };
    try {
      await (route ? route(ctx as never, missing) : missing());
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      await current()(ctx);
    }
  };
}

function missingVerb(call: Call, rules: Rules): Reply {
  const { allow } = call;
  const { dialect } = call.live;
  if (call.method === 'OPTIONS' && rules.options === 'metadata' && dialect.options)
    return dialect.options(call);
  if (call.method === 'OPTIONS' && rules.options !== 'missing')
    return { status: 204, headers: { Allow: allow } };
  const message = `${call.method} is not allowed on ${call.path}`;
  const facts = { method: call.method, ...(call.resource ? { resource: call.resource.name } : {}) };
  const isWrite = call.live.settings.writes === 'off' && call.method in NAMES;
  if (isWrite && rules.writesOff === 403) throw new Problem('forbidden', 'writes are switched off', facts);
  if (isWrite)
    throw new Problem('writes-off', `${message}: writes are switched off`, {
      ...facts,
      headers: { Allow: allow },
    });
  if (rules.missingVerb === 404) throw new Problem('unknown-resource', message, facts);
  throw new Problem('method-not-allowed', message, {
    ...facts,
    hint: `Allowed: ${allow}.`,
    headers: { Allow: allow },
  });
}

/** What changes a request before its path is looked at. */
function prepare(ctx: Context, live: Live): void {
  const { headers = {} } = live.dialect;
  for (const name of Object.keys(headers)) ctx.set(name, headers[name] as string);
  rewriteUrl(ctx, live);
  if (live.dialect.rules.methodOverride && ctx.method === 'POST') overrideMethod(ctx, live);
}

/** The name of a resource in a path: as it is, or as it is written where letters do not matter. */
function nameReader({ model }: Live, { caseSensitive }: Rules): (segment: string) => string {
  if (caseSensitive) return (segment) => segment;
  const names = new Map([...model.resources.keys()].map((name) => [name.toLowerCase(), name]));
  return (segment) =>
    model.resources.has(segment) ? segment : (names.get(segment.toLowerCase()) ?? segment);
}
