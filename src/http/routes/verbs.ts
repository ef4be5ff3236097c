import type { Conventions, PathConventions } from '../../dialect/conventions.ts';
import type { ActionName, Method, Reply } from '../../dialect/dialect.ts';
import type { Settings } from '../../options/settings.ts';
import { itemActions, listActions } from '../actions/actions.ts';
import { singletonActions, valueActions } from '../actions/single-actions.ts';
import type { Action } from '../call.ts';

/** What a path does for one method. HEAD goes with GET. */
export interface Verb {
  readonly method: Method;
  readonly action: ActionName;
  readonly run: Action;
  /** Only for a request whose query picks items out; for any other the verb is not there. */
  readonly filtered?: true;
}

/** The verbs of one form of path, and what its `Allow` header says. */
export interface Verbs {
  readonly all: readonly Verb[];
  readonly allow: string;
}

type Actions = Partial<Record<ActionName, Action>>;

const asked: readonly (readonly [Method, readonly ActionName[]])[] = [
  ['GET', ['list', 'read']],
  ['POST', ['create']],
  ['PUT', ['replace']],
  ['PATCH', ['update']],
  ['DELETE', ['remove']],
];

/** The verbs of some actions, in the order of the `Allow` header. */
const ofActions = (actions: Actions, bulk: readonly Method[] = []): Verb[] =>
  asked.flatMap(([method, names]) =>
    names.flatMap((action) => {
      const run = actions[action];
      const filtered = bulk.includes(method) ? { filtered: true as const } : {};
      return run ? [{ method, action, run, ...filtered }] : [];
    }),
  );

/** `GET, HEAD, PUT, OPTIONS`: what may be asked of a path. */
function allowOf(verbs: readonly Verb[], { allow, head, options }: PathConventions): string {
  const always = verbs.filter(({ filtered }) => !filtered).map(({ method }) => method);
  if (allow === 'first') return always[0] ?? '';
  const names = always.flatMap((method) => (method === 'GET' && head ? ['GET', 'HEAD'] : [method]));
  return [...names, ...(options === 'missing' ? [] : ['OPTIONS'])].join(', ');
}

export const verbsOf = (all: readonly Verb[], paths: PathConventions): Verbs => ({
  all,
  allow: allowOf(all, paths),
});

/** A path that only answers GET, such as a page. */
export const reading = (
  run: (call: Parameters<Action>[0]) => Reply,
  paths: PathConventions,
  action: ActionName = 'read',
) => verbsOf([{ method: 'GET', action, run }], paths);

export interface Shapes {
  readonly list: Verbs;
  readonly item: Verbs;
  readonly singleton: Verbs;
  readonly value: Verbs;
}

/** What each form of path to a resource can do. Without writes, only GET is left. */
export function shapesOf({ paths, bodies }: Conventions, { writes }: Settings): Shapes {
  const make = (verbs: readonly Verb[]): Verbs =>
    verbsOf(
      verbs.filter(({ method }) => writes !== 'off' || method === 'GET'),
      paths,
    );
  const { create, ...single } = singletonActions;
  return {
    list: make(
      bodies.arrayBody === 'bulk'
        ? ofActions(listActions, ['PATCH', 'DELETE'])
        : ofActions({ list: listActions.list, create: listActions.create }),
    ),
    item: make(ofActions(itemActions)),
    singleton: make(ofActions(paths.postSingleton ? { create, ...single } : single)),
    value: make(ofActions(valueActions)),
  };
}
