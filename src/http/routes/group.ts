import Router from '@koa/router';

/** The paths that begin with one segment, and the router that matches them. */
export interface Group<Place> {
  readonly places: readonly Place[];
  /** The place of a path as it is written in the rows. */
  match(path: string): Place | undefined;
}

/** A router takes what it serves as middleware; what runs is decided once a place is found. */
const nothing = () => {};

/** Of places that match the same path, the first counts. */
export function makeGroup<Place extends { readonly pattern: string }>(
  places: readonly Place[],
): Group<Place> {
  const router = new Router({ sensitive: true, strict: true });
  const byLayer = new Map<unknown, Place>();
  for (const place of places) {
    router.register(place.pattern, ['GET'], nothing);
    byLayer.set(router.stack.at(-1), place);
  }
  const { router: matcher } = router.routes();
  return { places, match: (path) => byLayer.get(matcher?.match(path, 'GET').path[0]) };
}
