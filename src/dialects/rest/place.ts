import {
  type About,
  badParameter,
  type Collection,
  didYouMean,
  isPath,
  leadsTooFar,
  MAX_LINKS,
  Problem,
  pathNames,
  type Shelves,
} from '../../dialect/index.ts';

/** Where parameters stand: what they are asked of, and how. */
export interface Place extends About {
  /** How many embeds lead here: inside the brackets of one, everything is meant that is not cut short there. */
  readonly level?: number;
  /** Counts what the request embeds, in brackets too. */
  readonly embeds?: (more: number) => void;
}

/** Whether a path leads to something. One that follows too many relations is refused: each would cost more. */
export function isKnownPath(shelves: Shelves, collection: Collection, path: string): boolean {
  if (isPath(shelves, collection, path)) return true;
  if (leadsTooFar(shelves, collection, path))
    throw new Problem('too-much', `a path leads through at most ${MAX_LINKS} relations`);
  return false;
}

/** What a parameter lists, each with a path in it that must lead to something. */
export function readPaths(
  name: string,
  text: string,
  { asked, collection }: Place,
  pathOf: (one: string) => string = String,
): string[] {
  const list = text.split(',').filter((one) => one !== '');
  for (const path of list.map(pathOf)) {
    if (isKnownPath(asked.shelves, collection, path)) continue;
    const known = pathNames(asked.shelves, collection);
    throw badParameter(
      name,
      path,
      `${name}: ${collection.name} has no field '${path}'`,
      didYouMean(path, known) ?? `It has: ${known.join(', ')}.`,
    );
  }
  return list;
}
