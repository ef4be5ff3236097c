import { createContext, Script } from 'node:vm';
import { Problem } from '../problem.ts';
import type { Documents } from './documents.ts';
import { placeOf } from './parts.ts';
import { runningPattern } from './pattern.ts';

/** How long a schema may take for one value. */
export const MS_PER_VALUE = 2000;

const script = new Script('work()');

/** Runs work that does not wait for anything; false when it was stopped because it took longer than allowed. */
export function runsWithin(ms: number, work: () => void): boolean {
  try {
    script.runInContext(createContext({ work }), { timeout: ms });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}

/** What to say of a schema that was stopped at a value; `name` is whose. */
export function tooSlow({ parts }: Documents, name: string, value: string): Problem {
  const pattern = runningPattern() ?? '';
  const part = parts.find((one) => one.pattern === pattern);
  const others = parts.find(({ patternProperties }) => Object.hasOwn(Object(patternProperties), pattern));
  const place = part ? placeOf(part, 'pattern') : others && placeOf(others, 'patternProperties', pattern);
  const what = pattern === '' ? 'the schema' : `the pattern ${JSON.stringify(pattern)}`;
  return new Problem(
    'bad-schema',
    `${name}: ${what} takes longer than ${MS_PER_VALUE / 1000} s for ${value}`,
    {
      ...(place ? { place } : {}),
      hint: 'A repeat inside a repeat, such as (a+)+, takes longer with each letter: write the pattern without it.',
    },
  );
}
