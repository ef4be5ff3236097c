import { createServer, type Server, type ServerResponse } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { Callback } from '../options/middleware.ts';
import { Problem } from '../problem.ts';

export interface Listening {
  readonly port: number;
  /** `http://localhost:3000` */
  readonly url: string;
  /** The addresses it is bound to. */
  readonly addresses: readonly string[];
  /** Answers the requests under way, for some seconds at most, and listens no more. */
  close(): Promise<void>;
}

const NEXT_PORTS = 100;
/** What is under way may take so long when the server is asked to end: longer than a write waits for a lock. */
const GRACE_MS = 6000;

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

interface Closing {
  readonly server: Server;
  close(): Promise<void>;
}

async function bindAll(
  listener: Callback,
  hosts: readonly string[],
  port: number,
): Promise<{ servers: Closing[]; port: number }> {
  const servers: Closing[] = [];
  let taken = port;
  try {
    for (const host of hosts) {
      const server = createServer(listener);
      const close = makeClose(server);
      try {
        taken = await bind(server, host, taken);
        servers.push({ server, close });
      } catch (error) {
        // A machine without IPv6 has one loopback address.
        const isMissing = codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT';
        if (!isMissing || servers.length === 0) throw error;
      }
    }
  } catch (error) {
    await Promise.all(servers.map(({ close }) => close()));
    throw error;
  }
  return { servers, port: taken };
}

/** Follows what a server answers, so that it can end without breaking an answer off. */
function makeClose(server: Server): () => Promise<void> {
  const answers = new Map<Socket, Set<ServerResponse>>();
  server.on('connection', (socket) => {
    answers.set(socket, new Set());
    socket.once('close', () => answers.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    const open = answers.get(socket);
    open?.add(response);
    response.once('close', () => {
      open?.delete(response);
      if (!server.listening && open?.size === 0) socket.destroySoon();
    });
  });
  const end = () =>
    new Promise<void>((resolve) => {
      const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      server.close(() => {
        clearTimeout(force);
        resolve();
      });
      for (const [socket, open] of answers) {
        // A client that knows sends nothing more; behind the last of several answers there is nothing to send.
        const last = [...open].at(-1);
        if (!last) socket.destroy();
        else if (!last.headersSent) last.setHeader('Connection', 'close');
      }
    });
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= end();
    return ended;
  };
}

/**
 * Listens on a host and port. Port 0 takes any free one; a port that nobody asked for gives way to the next free one;
 * a port that was asked for and is taken is a `port-in-use`.
 */
export async function listen(
  listener: Callback,
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
        addresses: servers.map(({ server }) => (server.address() as { address: string }).address),
        close: async () => {
          await Promise.all(servers.map(({ close }) => close()));
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
        throw new Problem(
          'bad-option',
          `cannot listen on ${host}:${candidate}: ${(error as Error).message}`,
          {
            hint:
              code === 'EACCES'
                ? 'The system keeps this port for itself: choose one from 1024 on with --port.'
                : 'Name localhost, or an address of this machine, with --host.',
          },
        );
      }
      throw error;
    }
  }
}
