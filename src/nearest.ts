import { distance } from 'fastest-levenshtein';

/** The known name that a mistyped one most likely meant; undefined when none is within so many letters. */
export function nearest(
  name: string,
  known: Iterable<string>,
  within = Math.max(2, Math.floor(name.length / 3)),
): string | undefined {
  let best: string | undefined;
  let bestDistance = within + 1;
  for (const candidate of known) {
    const d = distance(name.toLowerCase(), candidate.toLowerCase());
    // Something must be left of it: two letters that are both others are no slip.
    if (d < bestDistance && d < Math.max(name.length, candidate.length))
      [best, bestDistance] = [candidate, d];
  }
  return best;
}
