import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Problem } from '../../problem.ts';
import type { Live } from '../live.ts';
import type { Stage } from './stage.ts';

const LOOPBACK_NAME = /^(localhost|.+\.localhost)\.?$/i;

/** The name in a Host header, without its port and without the brackets of IPv6. */
export function hostName(host: string): string {
  const match = /^\[([^\]]*)\](?::\d*)?$/.exec(host) ?? /^([^:]*)(?::\d*)?$/.exec(host);
  return (match?.[1] ?? host).toLowerCase();
}

export const isLoopbackName = (name: string): boolean =>
  LOOPBACK_NAME.test(name) || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));

/** More than one leaves open which is meant, and proxies differ about that (RFC 9112, 3.2). */
function checkOne({ rawHeaders }: IncomingMessage): void {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.length === 4 && rawHeaders[i]?.toLowerCase() === 'host') count++;
  if (count > 1)
    throw new Problem('bad-header', `a request has one Host header, got ${count}`, {
      hint: 'Send one, with the name that the URL has.',
    });
}

/**
 * Refuses names that a page of another site could have pointed at this machine (DNS rebinding). An address, a loopback
 * name, `--host` and the names of `--allow-host` pass.
 */
export function host({ settings }: Live): Stage {
  const known = new Set([settings.host, ...settings.allowHost].map((name) => name.toLowerCase()));
  // Clients send the same header each time: what passed last is not looked at again.
  let passed: string | undefined;
  return (call, next) => {
    checkOne(call.ctx.req);
    const header = call.header('host');
    if (header === passed) return next(call);
    const name = hostName(header);
    if (isIP(name) === 0 && !LOOPBACK_NAME.test(name) && !known.has(name)) {
      throw new Problem('bad-host', `the Host header names '${name}', which is not this server`, {
        hint: name === '' ? 'Send a Host header.' : `Start standin with --allow-host ${name} if it is.`,
      });
    }
    passed = header;
    return next(call);
  };
}
