import { readOrigin } from '../../options/origin.ts';
import type { Settings } from '../../options/settings.ts';
import { Problem } from '../../problem.ts';
import { remember } from '../../remember.ts';
import type { Live } from '../live.ts';
import { hostName, isLoopbackName } from './host.ts';
import type { Stage } from './stage.ts';

/** Whether a page of this origin runs on this machine. */
export function isLoopbackOrigin(origin: string): boolean {
  const match = /^https?:\/\/([^/]+)$/i.exec(origin);
  return match?.[1] !== undefined && isLoopbackName(hostName(match[1]));
}

/** Whether a page of this origin came from the host and port that a request was sent to. */
export function isOwnOrigin(origin: string, host: string): boolean {
  const scheme = /^https?:\/\//i.exec(origin)?.[0];
  const own = scheme === undefined ? undefined : readOrigin(scheme + host);
  return own !== undefined && readOrigin(origin) === own;
}

const named = new WeakMap<readonly string[], ReadonlySet<string | undefined>>();

/** Whether the option `allowOrigin` names an origin. */
export function isAllowedOrigin(origin: string, { allowOrigin }: Settings): boolean {
  if (allowOrigin.length === 0) return false;
  const known = remember(named, allowOrigin, () => new Set(allowOrigin.map(readOrigin)));
  const read = readOrigin(origin);
  return read !== undefined && known.has(read);
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Any page that a browser shows can send a form to this machine. Where writes end up in the user's files, pages of
 * foreign origins may not write; what sends no Origin is no page (RFC 6454, 7.2).
 */
export function foreign({ settings, state }: Live): Stage | undefined {
  if (!state.saves) return undefined;
  return (call, next) => {
    const origin = call.header('origin');
    if (SAFE.has(call.method) || origin === '' || isLoopbackOrigin(origin)) return next(call);
    if (isOwnOrigin(origin, call.header('host')) || isAllowedOrigin(origin, settings)) return next(call);
    throw new Problem('forbidden', `${pageOf(origin)} may not write while writes are saved to files`, {
      hint: howToAllow(origin),
    });
  };
}

const MAX_SHOWN = 100;

const pageOf = (origin: string): string =>
  origin === 'null' ? 'a page without an origin' : `a page of ${origin.slice(0, MAX_SHOWN)}`;

/** What to do where an origin is refused. */
export function howToAllow(origin: string): string {
  const read = readOrigin(origin);
  return read === undefined
    ? 'Open the page from a web server of its own, and name its origin with --allow-origin.'
    : `Start standin with --allow-origin ${read.slice(0, MAX_SHOWN)} if it is yours.`;
}
