import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Context, Middleware } from 'koa';
import { limits } from '../../limits.ts';

/** What goes on on one connection. */
interface Line {
  /** The answer to the request that came last. */
  last: ServerResponse | undefined;
  waiting: number;
}

const lines = new WeakMap<Socket, Line>();

/**
 * Requests of one connection are answered one after the other (RFC 9112, 9.3.2): the next is begun when the answer
 * before it has left, so that a client which asks and does not read costs one answer, not all of them.
 */
export const turn: Middleware = (ctx, next) => {
  const { socket } = ctx.req;
  let line = lines.get(socket);
  if (!line) {
    line = { last: undefined, waiting: 0 };
    lines.set(socket, line);
  }
  const { last } = line;
  line.last = ctx.res;
  return !last || last.writableFinished ? next() : wait(ctx, line, last, next);
};

async function wait(
  ctx: Context,
  line: Line,
  before: ServerResponse,
  next: () => Promise<unknown>,
): Promise<void> {
  const { socket } = ctx.req;
  line.waiting++;
  // Enough is known of what the client wants: its connection is read again when it has read its answers.
  if (line.waiting >= limits.pipelined.most) socket.pause();
  await new Promise((go) => before.once('close', go));
  line.waiting--;
  if (line.waiting < limits.pipelined.most) socket.resume();
  // Nobody is there to be answered.
  if (socket.destroyed) ctx.respond = false;
  else await next();
}
