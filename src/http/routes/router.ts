import Router from '@koa/router';
import type { Live } from '../live.ts';
import { type Place, placesOf, placesOfDialect } from './places.ts';
import { type Shapes, shapesOf } from './verbs.ts';

/** The paths that begin with one segment, and the router that matches them. */
interface Group {
  readonly places: readonly Place[];
  /** The place of a path as it is written in the rows. */
  match(path: string): Place | undefined;
}

/** A router takes what it serves as middleware; what runs is decided once a place is found. */
const nothing = () => {};

function makeGroup(places: readonly Place[]): Group {
  const router = new Router({ sensitive: true, strict: true });
  const byLayer = new Map<unknown, Place>();
  for (const place of places) {
    router.register(place.pattern, ['GET'], nothing);
    byLayer.set(router.stack.at(-1), place);
  }
  const { router: matcher } = router.routes();
  return {
    places,
    match: (path) => byLayer.get(matcher?.match(path, 'GET').path[0]),
  };
}

/** Every path of a model that is served. */
export interface Routes {
  readonly shapes: Shapes;
  /** `first` is the first segment of the path behind the prefix; empty for the root. */
  match(first: string, path: string): Place | undefined;
  /** All of them: groups that nobody asked for so far are made. */
  readonly places: readonly Place[];
}

/**
 * A router per first segment, made when it is first asked for: neither matching nor a start grows with the number of
 * resources, nor with the relations of those that are not asked for.
 */
export function makeRoutes(live: Live): Routes {
  const shapes = shapesOf(live.dialect.rules, live.settings);
  const { prefix } = live.settings;
  const groups = new Map<string, Group>();
  const ofDialect = new Map<string, Place[]>();
  for (const place of placesOfDialect(live)) {
    const first = place.path.slice(prefix.length).split('/')[1] ?? '';
    ofDialect.set(first, [...(ofDialect.get(first) ?? []), place]);
  }
  const groupOf = (first: string): Group | undefined => {
    const known = groups.get(first);
    if (known) return known;
    const resource = live.model.resources.get(first);
    const places = resource ? placesOf(resource, live, shapes) : ofDialect.get(first);
    if (!places) return undefined;
    const made = makeGroup(places);
    groups.set(first, made);
    return made;
  };
  return {
    shapes,
    match: (first, path) => groupOf(first)?.match(path),
    get places() {
      const names = [...ofDialect.keys(), ...live.model.resources.keys()];
      return names.flatMap((first) => groupOf(first)?.places ?? []);
    },
  };
}
