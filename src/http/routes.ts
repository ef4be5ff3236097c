import Router from '@koa/router';
import type { Context } from 'koa';
import type { ActionName, Reply, Rules } from '../dialects/dialect.ts';
import type { Resource } from '../model/model.ts';
import { Problem } from '../problem.ts';
import { type Action, collectionActions, singletonActions, valueActions } from './actions.ts';
import { Call, Stale, type Target } from './call.ts';
import type { Live } from './live.ts';
import { splitPath } from './path.ts';
import { send } from './send.ts';
import { unknownResource, walk } from './walk.ts';

/** A verb of a shape: the action it names, and what does it. */
interface Verb {
  readonly name: ActionName;
  readonly run: Action;
}

type Verbs = ReadonlyMap<string, Verb>;

const verbs = <A extends Partial<Record<ActionName, Action>>>(
  actions: A,
  table: Record<string, keyof A & ActionName>,
): Verbs =>
  new Map(Object.entries(table).map(([verb, name]) => [verb, { name, run: actions[name] as Action }]));

const readRoot: Action = (call) => call.live.dialect.root(call.live.model, call);

/** What each shape of path can do. 405, Allow and OPTIONS are read off here. */
export function shapesOf(rules: Rules) {
  return {
    root: verbs({ root: readRoot }, { GET: 'root' }),
    list: verbs(collectionActions, { GET: 'list', POST: 'create' }),
    item: verbs(collectionActions, { GET: 'read', PUT: 'replace', PATCH: 'update', DELETE: 'remove' }),
    singleton: verbs(singletonActions, {
      GET: 'read',
      ...(rules.postSingleton ? { POST: 'create' } : {}),
      PUT: 'replace',
      PATCH: 'update',
    }),
    value: verbs(valueActions, { GET: 'read', PUT: 'replace' }),
  } as const;
}

type Shapes = ReturnType<typeof shapesOf>;

const shapeOf = ({ resource, key }: Target): keyof Shapes =>
  resource.kind === 'collection' ? (key === undefined ? 'list' : 'item') : resource.kind;

/** `GET, HEAD, PUT, OPTIONS`: what may be asked of a shape. */
export function allowOf(shape: Verbs, rules: Rules): string {
  const names = [...shape.keys()].flatMap((verb) =>
    verb === 'GET' && rules.head ? ['GET', 'HEAD'] : [verb],
  );
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
  const shapes = shapesOf(rules);

  const act = async (ctx: Context, locate: (call: Call) => Target | undefined): Promise<void> => {
    const call = new Call(ctx, live);
    ctx.state.call = call;
    call.target = locate(call);
    const shape = call.target ? shapes[shapeOf(call.target)] : shapes.root;
    const method = ctx.method === 'HEAD' && rules.head ? 'GET' : ctx.method;
    const verb = shape.get(method);
    if (verb) {
      call.action = verb.name;
      send(ctx, await verb.run(call));
    } else {
      send(ctx, missingVerb(call, shape, rules));
    }
  };

  const segments = (ctx: Context) => splitPath(ctx.path, prefix) as string[];
  const down = (ctx: Context) => act(ctx, () => walk(live, segments(ctx)));
  const options = { sensitive: true, ...(prefix === '' ? {} : { prefix }) };
  const collection = new Router(options)
    .all('/:resource', down)
    .all('/:resource/:id', down)
    .all('/:resource/:id/*path', down);
  const single = new Router(options).all('/:resource', down).all('/:resource/*path', down);
  const routers: Record<Resource['kind'], ReturnType<Router['routes']>> = {
    collection: collection.routes(),
    singleton: single.routes(),
    value: single.routes(),
  };
  const table = new Map([...live.model.resources].map(([name, { kind }]) => [name, routers[kind]]));

  return async (ctx, current) => {
    const [first] = splitPath(ctx.path, prefix) ?? [''];
    if (first === undefined) return act(ctx, () => undefined);
    const route = table.get(first);
    const missing = async () => {
      ctx.state.call = new Call(ctx, live);
      throw unknownResource(live, first);
    };
    try {
      await (route ? route(ctx as never, missing) : missing());
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      await current()(ctx);
    }
  };
}

function missingVerb(call: Call, shape: Verbs, rules: Rules): Reply {
  const allow = allowOf(shape, rules);
  if (call.method === 'OPTIONS' && rules.options !== 'missing')
    return { status: 204, headers: { Allow: allow } };
  const message = `${call.method} is not allowed on ${call.path}`;
  const facts = { method: call.method, ...(call.resource ? { resource: call.resource.name } : {}) };
  if (rules.missingVerb === 404) throw new Problem('unknown-resource', message, facts);
  throw new Problem('method-not-allowed', message, {
    ...facts,
    hint: `Allowed: ${allow}.`,
    headers: { Allow: allow },
  });
}
