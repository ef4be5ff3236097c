import { isIP } from 'node:net';
import type { Middleware } from 'koa';
import type { Settings } from '../options.ts';
import { Problem } from '../problem.ts';

const LOOPBACK_NAME = /^(localhost|.+\.localhost)\.?$/i;

/** The name in a Host header, without its port and without the brackets of IPv6. */
export function hostName(host: string): string {
  const match = /^\[([^\]]*)\](?::\d*)?$/.exec(host) ?? /^([^:]*)(?::\d*)?$/.exec(host);
  return (match?.[1] ?? host).toLowerCase();
}

export const isLoopbackName = (name: string): boolean =>
  LOOPBACK_NAME.test(name) || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));

/**
 * Refuses names that a page of another site could have pointed at this machine (DNS rebinding). An address, a loopback
 * name, `--host` and the names of `--allow-host` pass.
 */
export function hostMiddleware(current: () => { readonly settings: Settings }): Middleware {
  return async function host(ctx, next) {
    const name = hostName(ctx.get('host'));
    const { settings } = current();
    const known = () => [settings.host, ...settings.allowHost].some((one) => one.toLowerCase() === name);
    if (isIP(name) === 0 && !LOOPBACK_NAME.test(name) && !known()) {
      throw new Problem('bad-host', `the Host header names '${name}', which is not this server`, {
        hint: name === '' ? 'Send a Host header.' : `Start standin with --allow-host ${name} if it is.`,
      });
    }
    await next();
  };
}
