import type { ClientRequest } from 'node:http';
import { Readable, Stream } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Context, Middleware } from 'koa';
import compose from 'koa-compose';
import type { Reply } from '../../dialect/dialect.ts';
import type { Live } from '../live.ts';
import { send } from '../send.ts';
import type { Stage } from './stage.ts';

/** The middleware of the config. It works on Koa's context, so the answer is put there for it, and taken from there again. */
export function middleware({ settings }: Live): Stage | undefined {
  if (settings.middleware.length === 0) return undefined;
  const run = compose(settings.middleware as unknown as Middleware[]);
  return async (call, next) => {
    const { ctx } = call;
    await run(ctx, async () => send(ctx, await next(call)));
    return replyOn(ctx);
  };
}

/** The answer that stands in a context. */
async function replyOn(ctx: Context): Promise<Reply> {
  const { res, status } = ctx;
  // Node has it for every message; its types have it for one kind.
  const { getRawHeaderNames } = res as unknown as ClientRequest;
  const headers = getRawHeaderNames.call(res).map((name) => [name, listed(res.getHeader(name))]);
  const body = await bodyOn(ctx);
  return { status, headers: Object.fromEntries(headers), ...(body === undefined ? {} : { body }) };
}

const listed = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value));

/** Koa takes more kinds of body than a reply has, and writes JSON of all others. */
async function bodyOn({ body, message }: Context): Promise<Reply['body']> {
  if (body === undefined) return message;
  if (body === null) return undefined;
  if (typeof body === 'string' || Buffer.isBuffer(body) || body instanceof Readable) return body;
  if (body instanceof Stream) return new Readable().wrap(body as unknown as NodeJS.ReadableStream);
  if (body instanceof Blob) return new Uint8Array(await body.arrayBuffer());
  const stream = body instanceof Response ? body.body : body;
  if (stream === null) return '';
  if (stream instanceof globalThis.ReadableStream) return Readable.fromWeb(stream as ReadableStream);
  return JSON.stringify(body);
}
