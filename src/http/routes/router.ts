import type { Route } from '../../dialect/dialect.ts';
import type { Live } from '../live.ts';
import { type Group, makeGroup } from './group.ts';
import { listRoutes } from './list.ts';
import { type Place, placesOf, placesOfDialect } from './places.ts';
import { type Shapes, shapesOf } from './verbs.ts';

/** Every path of a model that is served. */
export interface Routes {
  readonly shapes: Shapes;
  /** `first` is the first segment of the path behind the prefix; empty for the root. */
  match(first: string, path: string): Place | undefined;
  /** Every route of them as data: groups that nobody asked for so far are made. */
  readonly list: readonly Route[];
}

/**
 * A router per first segment, made when it is first asked for: neither matching nor a start grows with the number of
 * resources, nor with the relations of those that are not asked for.
 */
export function makeRoutes(live: Live): Routes {
  const shapes = shapesOf(live.dialect.conventions, live.settings);
  const { prefix } = live.settings;
  let list: readonly Route[] | undefined;
  const groups = new Map<string, Group<Place>>();
  const ofDialect = new Map<string, Place[]>();
  for (const place of placesOfDialect(live, () => routes.list)) {
    const first = place.path.slice(prefix.length).split('/')[1] ?? '';
    ofDialect.set(first, [...(ofDialect.get(first) ?? []), place]);
  }
  const groupOf = (first: string): Group<Place> | undefined => {
    const known = groups.get(first);
    if (known) return known;
    const resource = live.model.resources.get(first);
    const places = resource ? placesOf(resource, live, shapes) : ofDialect.get(first);
    if (!places) return undefined;
    const made = makeGroup(places);
    groups.set(first, made);
    return made;
  };
  const routes: Routes = {
    shapes,
    match: (first, path) => groupOf(first)?.match(path),
    get list() {
      const names = [...ofDialect.keys(), ...live.model.resources.keys()];
      list ??= listRoutes(
        names.flatMap((first) => groupOf(first)?.places ?? []),
        live,
      );
      return list;
    },
  };
  return routes;
}
