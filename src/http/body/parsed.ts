import type { Context } from 'koa';
import { isObject } from '../../json/json.ts';
import { checkLevels } from '../../json/levels.ts';
import { parseJson } from '../../json/text.ts';
import { Problem } from '../../problem.ts';

interface Parsed {
  body?: unknown;
}

const isText = (body: unknown): body is string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array;

/** What middleware of the user's left of the body in `ctx.request.body`; undefined where it is still to be read. */
function leftBy({ request, req }: Context): unknown {
  const { body } = request as Parsed;
  // A parser leaves {} for a type that it does not know, and the body as it is.
  const isLeft = isObject(body) && Object.keys(body).length === 0 && !req.readableDidRead;
  if (!isLeft) return body;
  delete (request as Parsed).body;
  return undefined;
}

/** The body, where middleware has parsed it. Whatever it holds is served as JSON, so it is taken as JSON. */
export function parsedBody(ctx: Context): { readonly value: unknown } | undefined {
  const body = leftBy(ctx);
  if (body === undefined || isText(body)) return undefined;
  checkLevels(body);
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch (error) {
    throw notJson((error as Error).message);
  }
  if (text === undefined) throw notJson(typeof body);
  return { value: parseJson(text) };
}

const notJson = (found: string): Problem =>
  new Problem('bad-body', `expected JSON in ctx.request.body, where middleware left: ${found}`);

/** The text of the body, where middleware has read it and not parsed it. */
export function readByMiddleware(ctx: Context): Buffer | undefined {
  const body = leftBy(ctx);
  if (isText(body)) return Buffer.from(body as Uint8Array);
  const { readableEnded, readableDidRead } = ctx.req;
  if (!readableEnded) return undefined;
  if (!readableDidRead) return Buffer.alloc(0);
  throw new Error('middleware has read the body, and left nothing of it in ctx.request.body');
}
