import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import type { Reply } from '../../dialect/dialect.ts';
import { limits } from '../../limits.ts';
import { Problem } from '../../problem.ts';
import type { FeedEvent } from '../../store/feed.ts';
import type { Live } from '../live.ts';

const HEARTBEAT_MS = 15_000;

/** One event in the form of WHATWG server-sent events, its item as clients see it. */
function frame({ id, type, ...rest }: FeedEvent, { model, show }: Live): string {
  const resource = rest.item && model.resources.get(rest.resource as string);
  const seen = resource && rest.item ? { ...rest, item: show(resource, rest.item) } : rest;
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ type, ...seen })}\n\n`;
}

/** What a client listens to: one resource, and one session, or everybody's. */
function filterOf(resource: string | undefined, session: string | undefined): (event: FeedEvent) => boolean {
  return (event) =>
    (resource === undefined || event.resource === undefined || event.resource === resource) &&
    (event.session === session || (event.type === 'reload' && event.session === undefined));
}

/** Sends what happens as it happens. `Last-Event-ID` resumes; where what came after it is not known, all must be read again. */
export function changes(
  ctx: Context,
  current: () => Live,
  resource: string | undefined,
  session: string | undefined,
): Reply {
  const { feed } = current().state;
  const { most, bytes } = limits.listeners;
  if (feed.size >= most) throw new Problem('too-much', `at most ${most} clients can listen to changes`);
  const passes = filterOf(resource, session);
  const stream = new PassThrough();
  const send = (event: FeedEvent) => {
    if (!passes(event)) return;
    if (stream.readableLength + stream.writableLength > bytes) stream.destroy();
    else stream.write(frame(event, current()));
  };
  stream.write(': standin\n\n');
  const last = ctx.get('last-event-id');
  if (last !== '') {
    const missed = /^\d+$/.test(last) ? feed.since(Number(last)) : undefined;
    if (missed) for (const event of missed) send(event);
    else stream.write(frame({ id: feed.last, type: 'reset' }, current()));
  }
  const heartbeat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MS).unref();
  const leave = feed.listen(send, () => stream.end());
  const end = () => {
    clearInterval(heartbeat);
    leave();
  };
  stream.once('close', end);
  ctx.req.once('close', () => stream.destroy());
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
    },
    body: stream,
  };
}
