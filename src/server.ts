import { createServer, type RequestListener, type Server } from 'node:http';
import { isIP } from 'node:net';
import { Problem } from './problem.ts';

export interface Listening {
  readonly port: number;
  /** `http://localhost:3000` */
  readonly url: string;
  /** The addresses it is bound to. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
}

const NEXT_PORTS = 100;
const GRACE_MS = 2000;

/** `localhost` is both loopback addresses, so that it works whichever of them a client tries first. */
const addressesOf = (host: string): readonly string[] =>
  host.toLowerCase() === 'localhost' ? ['127.0.0.1', '::1'] : [host];

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve((server.address() as { port: number }).port);
    });
  });
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

async function bindAll(
  listener: RequestListener,
  hosts: readonly string[],
  port: number,
): Promise<{ servers: Server[]; port: number }> {
  const servers: Server[] = [];
  let taken = port;
  try {
    for (const host of hosts) {
      const server = createServer(listener);
      try {
        taken = await bind(server, host, taken);
        servers.push(server);
      } catch (error) {
        // A machine without IPv6 has one loopback address.
        const isMissing = codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT';
        if (!isMissing || servers.length === 0) throw error;
      }
    }
  } catch (error) {
    await Promise.all(servers.map(closeServer));
    throw error;
  }
  return { servers, port: taken };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Listens on a host and port. Port 0 takes any free one; a port that nobody asked for gives way to the next free one;
 * a port that was asked for and is taken is a `port-in-use`.
 */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  asked: boolean,
): Promise<Listening> {
  const hosts = addressesOf(host);
  for (let i = 0; ; i++) {
    const candidate = port === 0 ? 0 : port + i;
    try {
      const { servers, port: bound } = await bindAll(listener, hosts, candidate);
      const name = isIP(host) === 6 ? `[${host}]` : host;
      return {
        port: bound,
        url: `http://${name}:${bound}`,
        addresses: servers.map((server) => (server.address() as { address: string }).address),
        close: async () => {
          await Promise.all(servers.map(closeServer));
        },
      };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EADDRINUSE' && (port === 0 || !asked) && i < NEXT_PORTS && candidate < 65535) continue;
      if (code === 'EADDRINUSE') {
        throw new Problem('port-in-use', `port ${candidate} on ${host} is in use`, {
          hint: 'Choose another with --port, or --port 0 for any free one.',
        });
      }
      if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
        throw new Problem('bad-option', `cannot listen on ${host}:${candidate}: ${(error as Error).message}`);
      }
      throw error;
    }
  }
}
