import { Problem } from '../problem.ts';
import { toPointer } from './json.ts';

/** How deep JSON may be nested. An item, or any other object, is level 1; a list of items is none of its own. */
export const MAX_LEVELS = 200;

/** An item may stand in a list, and that in a set of resources, or in an operation of a patch. */
const AROUND = 2;

/** What a text may hold before anyone knows where its items begin: few enough for every function that calls itself. */
export const MAX_TEXT_LEVELS: number = MAX_LEVELS + AROUND;

type Path = readonly (string | number)[];

/** The way to the first part that lies deeper than so many levels. It goes no deeper itself, whatever there is. */
export function deeperThan(levels: number, value: unknown): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return [];
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const rest = deeperThan(levels - 1, value[i]);
      if (rest) return [i, ...rest];
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const rest = deeperThan(levels - 1, (value as Record<string, unknown>)[key]);
    if (rest) return [key, ...rest];
  }
  return undefined;
}

/** The way to what is nested too deep in an item, a list of them, or any other value of a resource. */
export const tooDeep = (value: unknown): Path | undefined =>
  deeperThan(Array.isArray(value) ? MAX_LEVELS + 1 : MAX_LEVELS, value);

export const LIMIT: string = `JSON may be nested ${MAX_LEVELS} levels deep`;
export const FLATTEN = 'Store flat items that point at each other by their ids.';

const SHOWN = 60;

/** Throws `too-deep`; `at` is where in an item the value is to stand. Whatever handles stored items may count on it. */
export function checkLevels(value: unknown, at: Path = []): void {
  const rest = at.length === 0 ? tooDeep(value) : deeperThan(MAX_LEVELS - at.length, value);
  if (!rest) return;
  throw tooDeepAt(toPointer([...at, ...rest]));
}

export function tooDeepAt(where: string): Problem {
  const shown = where.length > SHOWN ? `${where.slice(0, SHOWN)}…` : where;
  return new Problem('too-deep', `${LIMIT}; it goes on at ${shown}`, { hint: FLATTEN });
}
