import type { DialectParameter, Route } from '../../dialect/dialect.ts';
import { parametersOf } from '../../dialect/understood.ts';
import { plural, singular } from '../../model/names.ts';
import { controlRows } from '../control/rows.ts';
import type { Live } from '../live.ts';
import { CONTROL } from '../path.ts';
import { answersOf, type Spot } from './answers.ts';
import type { Place } from './places.ts';
import type { Verb } from './verbs.ts';

/** `blog-posts` as a part of a name: `BlogPosts`. */
const pascal = (name: string): string =>
  name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_all, letter: string) => letter.toUpperCase());

/** `listEventGuests`: what is done, and to what. */
function nameOf({ kind, chain, path }: Place, verb: Verb): string {
  if (kind === 'root') return 'root';
  if (kind === 'page') return `page${pascal(path)}`;
  const names = chain?.links.map(({ collection }) => collection.name) ?? [];
  const last = names.pop() ?? chain?.resource.name ?? '';
  const isMany = verb.action === 'list' || verb.filtered === true;
  const own = kind === 'single' ? last : isMany ? plural(last) : singular(last);
  return verb.action + [...names.map(singular), own].map(pascal).join('');
}

/** What picks items out of a list, for a write to all of them. */
const picks = (row: DialectParameter): boolean => row.for.kind === 'filter' || row.for.kind === 'search';

function parametersIn({ chain }: Place, { action, filtered }: Verb, { dialect, model }: Live) {
  const rows = parametersOf(dialect, chain?.resource, filtered ? 'list' : action, model);
  return filtered ? rows.filter(picks) : rows;
}

function routesOf(place: Place, live: Live): Route[] {
  const { kind, chain, verbs } = place;
  const { conventions } = live.dialect;
  const { slash, nested } = conventions.paths;
  const path = slash === 'always' && !place.path.endsWith('/') ? `${place.path}/` : place.path;
  if (!verbs) {
    const resource = decodeURIComponent(place.path.split('/').at(-2) ?? '');
    return [
      {
        method: '*',
        path,
        name: `below${pascal(plural(resource))}`,
        kind: 'api',
        resource,
        parameters: [],
        answers: {},
      },
    ];
  }
  const parents = (chain?.links.length ?? 1) - 1;
  const spot: Spot = {
    namesItem: kind === 'item' || (parents > 0 && nested.parent === 'checked'),
    kind: kind === 'list' || kind === 'item' || kind === 'single' ? kind : 'page',
  };
  return verbs.all.map((verb) => ({
    method: verb.method,
    path,
    name: nameOf(place, verb),
    kind: kind === 'page' || kind === 'root' ? 'page' : 'api',
    ...(chain ? { resource: chain.resource.name } : {}),
    action: verb.action,
    ...(verb.filtered ? { filtered: true as const } : {}),
    ...answersOf(verb, spot, conventions),
    parameters: parametersIn(place, verb, live),
  }));
}

const ofControl: readonly Route[] = controlRows.map(({ method, path, name }) => ({
  method,
  path: CONTROL + path,
  name,
  kind: 'control',
  parameters: [],
  answers: { 200: 'value' },
}));

/** Every route, in the order of the resources; where two would have one name, the later one gets a number. */
export function listRoutes(places: readonly Place[], live: Live): readonly Route[] {
  const used = new Map<string, number>();
  return [...ofControl, ...places.flatMap((place) => routesOf(place, live))].map((route) => {
    let { name } = route;
    for (let count = used.get(route.name) ?? 1; used.has(name); count++) {
      used.set(route.name, count + 1);
      name = `${route.name}${count + 1}`;
    }
    used.set(name, 1);
    return { ...route, name };
  });
}
