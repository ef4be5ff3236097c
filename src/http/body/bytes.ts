import type { Context, Middleware } from 'koa';
import { Problem } from '../../problem.ts';
import { remember } from '../../remember.ts';
import { readByMiddleware } from './parsed.ts';

/** Collects, unpacks and bounds a body. Its bytes come as a text, one character each: what they mean is decided elsewhere. */
interface Reader {
  readonly typed: Middleware;
  readonly untyped: Middleware;
}

/** Loaded at the first write. */
async function loadReader(limit: string): Promise<Reader> {
  const { default: bodyParser } = await import('koa-bodyparser');
  const options = { encoding: 'binary', textLimit: limit, jsonLimit: limit };
  return {
    typed: bodyParser({ ...options, enableTypes: ['text'], extendTypes: { text: ['*/*'] } }),
    // It takes a body without a type as JSON only, and has its text whether that is JSON or not.
    untyped: bodyParser({ ...options, enableTypes: ['json'], detectJSON: () => true }),
  };
}

const readers = new Map<string, Promise<Reader>>();
const nothing = async () => {};

async function textOf(ctx: Context, limit: string): Promise<unknown> {
  const { typed, untyped } = await remember(readers, limit, () => loadReader(limit));
  if (ctx.request.is(['*/*'])) {
    await typed(ctx, nothing);
    return ctx.request.rawBody;
  }
  try {
    await untyped(ctx, nothing);
    return ctx.request.rawBody;
  } catch (error) {
    if (error instanceof Error && 'body' in error) return error.body;
    throw error;
  }
}

/** The bytes of a body, as the middleware left them or as they come. */
export async function readBytes(ctx: Context, limit: string): Promise<Buffer> {
  const bytes = readByMiddleware(ctx);
  if (bytes) return bytes;
  try {
    return Buffer.from(String((await Promise.race([textOf(ctx, limit), brokenOff(ctx)])) ?? ''), 'latin1');
  } catch (error) {
    const { status, errno } = error as { status?: number; errno?: unknown };
    if (status === 413) {
      throw new Problem('too-large', `a body may hold at most ${limit}`, {
        hint: 'Raise it with --body-limit 10mb.',
      });
    }
    if (status === 415) throw new Problem('unsupported-media-type', (error as Error).message);
    // What cannot be unzipped has an error number of the library that unzips it, and no status.
    if ((status !== undefined && status < 500) || typeof errno === 'number')
      throw new Problem('bad-body', `the body cannot be read: ${(error as Error).message}`);
    throw error;
  }
}

/** Rejects once a client has left before the end of its body: what unzips it is not told, and would wait for ever. */
function brokenOff({ req }: Context): Promise<never> {
  return new Promise((_, reject) => {
    const check = () => {
      if (!req.readableEnded) reject(new Problem('bad-body', 'the client left before its end'));
    };
    if (req.destroyed) check();
    else req.once('close', check);
  });
}
