import type { Edge, Step } from './automaton.ts';
import { holds, type Letters } from './letters.ts';

/** Thrown for a pattern that is not followed, with the reason. */
export class NotUnderstood extends Error {}

/** A part of a pattern writes its steps. Each writes at least one, so that no count makes many of nothing. */
export type Part = (steps: Step[]) => void;

/** As many steps as a letter of a text may have to visit. */
export const MOST_STEPS = 250;

export function add(steps: Step[], step: Step): number {
  if (steps.length >= MOST_STEPS) throw new NotUnderstood(`has more than ${MOST_STEPS} steps`);
  return steps.push(step) - 1;
}

export const letter =
  (letters: Letters, except = false): Part =>
  (steps) =>
    void add(steps, { fits: holds(letters, except) });

export const edge =
  (edge: Edge): Part =>
  (steps) =>
    void add(steps, { edge });

/** Writes a part that may be left out: the step before it goes on to both sides of it, or round again. */
function optional(steps: Step[], part: Part, again: boolean): void {
  const fork: { to: readonly number[] } = { to: [] };
  const at = add(steps, fork);
  part(steps);
  if (again) add(steps, { to: [at] });
  fork.to = [at + 1, steps.length];
}

export const sequence =
  (parts: readonly Part[]): Part =>
  (steps) => {
    if (parts.length === 0) add(steps, { to: [steps.length + 1] });
    for (const part of parts) part(steps);
  };

export const alternatives =
  ([first, ...others]: readonly Part[]): Part =>
  (steps) => {
    if (!first) return;
    if (others.length === 0) return first(steps);
    const fork: { to: readonly number[] } = { to: [] };
    const at = add(steps, fork);
    first(steps);
    const leave: { to: readonly number[] } = { to: [] };
    fork.to = [at + 1, add(steps, leave) + 1];
    alternatives(others)(steps);
    leave.to = [steps.length];
  };

/** At least so many times, and at most so many. */
export const repeated =
  (part: Part, least: number, most: number): Part =>
  (steps) => {
    for (let i = 0; i < least; i++) part(steps);
    if (most === Number.POSITIVE_INFINITY) optional(steps, part, true);
    else for (let i = least; i < most; i++) optional(steps, part, false);
    if (most === 0) sequence([])(steps);
  };
