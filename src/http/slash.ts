import type { PathConventions } from '../dialect/conventions.ts';

/** The form of a path that is served, where the other one came: with its last slash, or without. */
export function otherForm(path: string, slash: PathConventions['slash']): string | undefined {
  if (slash === 'always') return path.endsWith('/') ? undefined : `${path}/`;
  if (slash !== 'never' || !path.endsWith('/')) return undefined;
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return end === 0 ? undefined : path.slice(0, end);
}
