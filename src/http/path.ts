import type { PathConventions } from '../dialect/conventions.ts';
import { Problem } from '../problem.ts';

export const CONTROL = '/_standin';
export const IN_SESSION = `${CONTROL}/s/`;

/** Whether a path is ours, and not the API, nor the API below the name of a session. */
export const isControlPath = (path: string): boolean =>
  (path === CONTROL || path.startsWith(`${CONTROL}/`)) && !path.startsWith(IN_SESSION);

/** One segment of a path, decoded by itself: `a%2Fb` is one name (RFC 3986, 2.2). */
export function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Problem('bad-path', `the path holds a malformed percent escape: ${segment}`);
  }
}

/** The segments of a path after its prefix; one slash at the end does not count. Undefined outside the prefix. */
export function splitPath(path: string, prefix: string): string[] | undefined {
  if (prefix !== '' && path !== prefix && !path.startsWith(`${prefix}/`)) return undefined;
  const rest = path.slice(prefix.length + 1);
  if (rest === '') return [];
  const segments = rest.split('/');
  if (segments.at(-1) === '') segments.pop();
  return segments.map(decodeSegment);
}

interface Place {
  /** What stands before the first resource in every path: a session and the option `prefix`. */
  readonly prefix: string;
  readonly live: {
    readonly dialect: { readonly conventions: { readonly paths: Pick<PathConventions, 'slash'> } };
  };
}

/** The path of a resource or an item, as the client asks for it. */
export function pathOf({ prefix, live }: Place, resource: string, key?: string): string {
  const names = key === undefined ? [resource] : [resource, key];
  const end = live.dialect.conventions.paths.slash === 'always' ? '/' : '';
  return `${prefix}/${names.map(encodeURIComponent).join('/')}${end}`;
}
