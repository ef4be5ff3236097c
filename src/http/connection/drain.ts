import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_MS = 2000;

/**
 * A request may be answered before all of its body has come: it was refused, or its path takes none. On a connection that
 * stays open, the next request stands behind the rest, so the rest is read and dropped.
 */
export const drain: Middleware = ({ req }, next) => {
  const { headers } = req;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return next();
  return next().then(() => {
    if (!req.complete) drop(req);
  });
};

/** Within a cap: a client that goes on sending after that is cut off, once it was sent its answer. */
function drop(req: IncomingMessage): void {
  const { socket } = req;
  let left = MOST_BYTES;
  const close = () => socket.destroySoon();
  const timer = setTimeout(close, MOST_MS);
  req.once('close', () => clearTimeout(timer));
  req.on('data', ({ length }: Buffer) => {
    left -= length;
    if (left < 0 && socket.writable) close();
  });
  // Whoever read it before has stopped, and may have left it paused, or flowing into an unzip that is full.
  req.unpipe();
  req.resume();
}
