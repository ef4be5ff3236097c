import { type Collection, nesting, type Relation, type Resource } from '../../model/model.ts';
import { Problem, type Violation } from '../../problem.ts';
import { NOTHING_FIXED } from '../../store/writes.ts';
import { type Found, NOTHING_FOUND, type Step } from '../call.ts';
import type { Live } from '../live.ts';
import { noNested, unknownResource } from './unknown.ts';

/** What the names of a path mean: a resource, and for what is nested the relations that lead down to it. */
export interface Chain {
  readonly resource: Resource;
  /** Every collection on the way, the last one included, with the relation that leads down to it. */
  readonly links: readonly Link[];
}

interface Link {
  readonly collection: Collection;
  readonly relation: Relation | undefined;
}

export function chainOf(resource: Resource): Chain {
  return {
    resource,
    links: resource.kind === 'collection' ? [{ collection: resource, relation: undefined }] : [],
  };
}

/** What leads one collection further down; undefined where no relation of that name does. */
function linkBelow(links: readonly Link[], name: string, { model, dialect }: Live): Link | undefined {
  const last = links.at(-1);
  if (!last || links.length > dialect.conventions.paths.nested.depth) return undefined;
  const relation = nesting(model, last.collection.name, name);
  return relation && { collection: model.resources.get(relation.child) as Collection, relation };
}

/** One collection further down; undefined where no relation of that name leads there. */
export function below({ links }: Chain, name: string, live: Live): Chain | undefined {
  const link = linkBelow(links, name, live);
  return link && { resource: link.collection, links: [...links, link] };
}

/** Follows the names of `/events/23/guests/4`: every second segment, the first one included. */
export function follow(segments: readonly string[], live: Live): Chain {
  const [name = ''] = segments;
  const resource = live.model.resources.get(name);
  if (!resource) throw unknownResource(live, name);
  if (resource.kind !== 'collection' && segments.length > 1)
    throw new Problem('unknown-resource', `'${name}' has nothing below it`, { resource: name });
  const links = [...chainOf(resource).links];
  for (let i = 2; i < segments.length; i += 2) {
    const next = linkBelow(links, segments[i] as string, live);
    const isItem = segments[i + 1] !== undefined;
    if (!next || (isItem && !live.dialect.conventions.paths.nested.items))
      throw noNested(live, links.at(-1)?.collection as Collection, segments[i] as string);
    links.push(next);
  }
  return { resource: links.at(-1)?.collection ?? resource, links };
}

/** Why a path that no row matches leads nowhere. */
export function unknownBelow(live: Live, segments: readonly string[]): Problem {
  try {
    follow(segments, live);
  } catch (problem) {
    if (problem instanceof Problem) return problem;
    throw problem;
  }
  return unknownResource(live, segments[0] ?? '');
}

/** What a chain leads to with the keys of one path. Whether the items are there is for `checkPath` to say. */
export function targetOf({ resource, links }: Chain, segments: readonly string[], { dialect }: Live): Found {
  if (resource.kind !== 'collection') return { ...NOTHING_FOUND, resource };
  const steps: Step[] = [];
  const faults: Violation[] = [];
  for (const [i, { collection, relation }] of links.entries()) {
    const text = segments[2 * i + 1];
    if (text === undefined) break;
    const key = dialect.readKey ? dialect.readKey(text, collection) : text;
    if (key === undefined) faults.push(noKey(collection, text));
    steps.push({ collection, key: key ?? text, relation });
  }
  const { relation } = links.at(-1) as Link;
  const fixed = relation ? new Map([[relation, steps[links.length - 2]?.key as string]]) : NOTHING_FIXED;
  return { resource, key: steps[links.length - 1]?.key, fixed, steps, faults };
}

const noKey = ({ name }: Collection, text: string): Violation => ({
  in: 'path',
  path: '',
  keyword: 'id',
  params: { resource: name },
  value: text,
  schema: {},
  message: `'${text}' cannot be an id in ${name}`,
});
