import type { Route } from '../../dialect/dialect.ts';
import type { Model, Resource } from '../../model/model.ts';
import { singular } from '../../model/names.ts';
import type { Live } from '../live.ts';
import { below, type Chain, chainOf } from './chain.ts';
import { reading, type Shapes, type Verbs } from './verbs.ts';

/** A path that is served, and its verbs: each of them is a route. */
export interface Place {
  /** As documents write it, with the prefix: `/events/:eventId/guests`. */
  readonly path: string;
  /** The same for the router, with the letters that mean something there escaped. */
  readonly pattern: string;
  readonly kind: 'root' | 'list' | 'item' | 'single' | 'deeper' | 'page' | 'control';
  readonly chain?: Chain;
  /** What the path can do; of what is deeper than the rows go, only a request can say. */
  readonly verbs?: Verbs;
}

/** How many collections deep routes are rows of their own. */
const DEEP = 3;

/** Escapes what path-to-regexp would read. */
export const literal = (text: string): string => text.replace(/[{}()[\]+?!:*\\]/g, '\\$&');

const segment = (name: string): string => `/${encodeURIComponent(name)}`;

/** `:eventId`, in letters that every document of an API may use. */
function parameter(chain: Chain, depth: number): string {
  const { collection } = chain.links[depth] as Chain['links'][number];
  if (depth === chain.links.length - 1) return ':id';
  const earlier = chain.links.slice(0, depth).filter((link) => link.collection === collection).length;
  const name = singular(collection.name)
    .replace(/[^\w]/g, '_')
    .replace(/^(?=\d)/, '_');
  return `:${name}Id${earlier > 0 ? earlier + 1 : ''}`;
}

/** The paths of one resource and of what is nested in it, down to three collections. */
export function placesOf(resource: Resource, live: Live, shapes: Shapes): Place[] {
  const { prefix } = live.settings;
  const own = prefix + segment(resource.name);
  if (resource.kind !== 'collection')
    return [{ ...written(own), kind: 'single', chain: chainOf(resource), verbs: shapes[resource.kind] }];
  const places = ofChain(chainOf(resource), live, shapes);
  const { depth } = live.dialect.conventions.paths.nested;
  if (depth < DEEP) return places;
  return [...places, { path: `${own}/*`, pattern: `${literal(own)}/*rest`, kind: 'deeper' }];
}

function ofChain(chain: Chain, live: Live, shapes: Shapes): Place[] {
  const { model, settings, dialect } = live;
  const depth = chain.links.length;
  const path = chain.links.reduce(
    (above, { collection }, i) =>
      `${above}${segment(collection.name)}${i < depth - 1 ? `/${parameter(chain, i)}` : ''}`,
    settings.prefix,
  );
  const item = depth === 1 || dialect.conventions.paths.nested.items;
  const places: Place[] = [{ ...written(path), kind: 'list', chain, verbs: shapes.list }];
  if (item) places.push({ ...written(`${path}/:id`), kind: 'item', chain, verbs: shapes.item });
  if (depth === DEEP || !item) return places;
  const chains = childrenOf(model, chain).map((name) => below(chain, name, live));
  return [...places, ...chains.flatMap((one) => (one ? ofChain(one, live, shapes) : []))];
}

const childrenOf = (model: Model, { resource }: Chain): string[] => [
  ...new Set(model.childrenOf(resource.name).map(({ child }) => child)),
];

/** Both spellings of a path: parameters are the only part that is no literal. */
function written(path: string): Pick<Place, 'path' | 'pattern'> {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? part : literal(part)));
  return { path, pattern: parts.join('/') };
}

/** The root, and pages of the dialect's own: a resource of that name comes first. */
export function placesOfDialect({ dialect, model, settings }: Live, routes: () => readonly Route[]): Place[] {
  const { root, pages = new Map(), conventions } = dialect;
  const free = [...pages].filter(([path]) => !model.resources.has(path.split('/')[1] ?? ''));
  return [
    ...(root
      ? [
          {
            ...written(`${settings.prefix}/`),
            kind: 'root' as const,
            verbs: reading((call) => root(call.live.model, call, routes), conventions.paths, 'root'),
          },
        ]
      : []),
    ...free.map(([path, page]) => ({
      ...written(settings.prefix + path),
      kind: 'page' as const,
      verbs: reading(page, conventions.paths),
    })),
  ];
}
