import { type JsonObject, toPointer } from '../json/json.ts';
import type { SchemaSource } from '../json/source.ts';
import type { Place } from '../problem.ts';
import type { Draft, Editable } from './drafts.ts';
import { keywords, type Path, subschemas } from './vocabulary.ts';

/** A schema file as it is compiled: a copy in the words of a draft that the validator knows. */
export interface Document {
  readonly source: SchemaSource;
  readonly draft: Draft;
  readonly schema: Editable;
  readonly isOld: boolean;
}

/** Where a part of a schema stands. */
export interface Where {
  readonly document: Document;
  readonly path: Path;
}

export interface Home extends Where {
  /** The URI that its references are relative to. */
  readonly base: string;
  /** What its own reference leads to. */
  target?: JsonObject;
}

/** Kept by the part itself, so that whoever holds a part can follow its reference. */
const homes = new WeakMap<JsonObject, Home>();

export const settle = (part: JsonObject, home: Home): unknown => homes.set(part, home);
export const homeOf = (part: JsonObject): Home | undefined => homes.get(part);
export const whereIs = (part: JsonObject): Where | undefined => homes.get(part);

/** The schema that a reference leads to, in whatever file; undefined where there is none. */
export const follow = (part: JsonObject): JsonObject | undefined => homes.get(part)?.target;

/** Whether a part was read off items, where there is no schema. */
export const isInferred = (part: JsonObject): boolean => homes.get(part)?.document.source.inferred === true;

/** A file and a pointer. */
export const uriOf = ({ document, path }: Where): string =>
  `${document.source.uri}#${toPointer(path).split('/').map(encodeURIComponent).join('/')}`;

export function placeOf(part: JsonObject, ...steps: Path): Place | undefined {
  const home = homes.get(part);
  return home?.document.source.locate([...home.path, ...steps]);
}

/** The schemas that are about the same value as the one that holds them or refers to them. */
function sameValue(part: Editable): Editable[] {
  const target = follow(part);
  const inside = [...subschemas(part)].filter(({ keyword }) => keywords.get(keyword)?.inPlace);
  return [...(target ? [target] : []), ...inside.map(({ schema }) => schema)] as Editable[];
}

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];

/**
 * Takes away each reference that leads back to itself without a step into the value, for the validator would follow it
 * for ever. Its target is still known to shapes. Returns where that was.
 */
export function breakCircles(parts: readonly Editable[]): JsonObject[] {
  const broken: JsonObject[] = [];
  const done = new Set<JsonObject>();
  const open = new Set<JsonObject>();
  const visit = (part: Editable) => {
    open.add(part);
    const home = homes.get(part);
    if (home?.target && open.has(home.target)) {
      for (const keyword of REFERENCES) delete part[keyword];
      broken.push(part);
    }
    for (const next of sameValue(part)) if (!done.has(next) && !open.has(next)) visit(next);
    open.delete(part);
    done.add(part);
  };
  for (const part of parts) if (!done.has(part)) visit(part);
  return broken;
}
