import type { Context, Middleware } from 'koa';
import type { BodyConventions } from '../../dialect/conventions.ts';
import { parseJson } from '../../json/text.ts';
import { Problem } from '../../problem.ts';
import { remember } from '../../remember.ts';
import { parsedBody, readByMiddleware } from './parsed.ts';

type Reader = (ctx: Context) => Promise<Buffer>;

/** Loaded at the first write. It bounds, unzips and collects; what the bytes mean is decided here. */
let reader: Promise<(limit: string) => Reader> | undefined;

async function loadReader(): Promise<(limit: string) => Reader> {
  const { default: bodyParser } = await import('koa-bodyparser');
  return (limit) => {
    // Without an encoding the parser hands over the bytes, so that text that is not UTF-8 can be told.
    const options = {
      enableTypes: ['text'],
      extendTypes: { text: ['*/*'] },
      textLimit: limit,
      encoding: null,
    };
    const read = bodyParser(options as never) as unknown as Middleware;
    return async (ctx) => {
      const { request } = ctx as unknown as { request: { body?: unknown } };
      await read(ctx as never, async () => {});
      return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    };
  };
}

const readers = new Map<string, Reader>();

async function readBytes(ctx: Context, limit: string): Promise<Buffer> {
  const bytes = readByMiddleware(ctx);
  if (bytes) return bytes;
  reader ??= loadReader();
  const make = await reader;
  const read = remember(readers, limit, () => make(limit));
  // The parser ignores a body without a type; ours to refuse or to read, see bodyTypes.
  if (ctx.headers['content-type'] === undefined) ctx.headers['content-type'] = 'application/octet-stream';
  try {
    return await Promise.race([read(ctx), brokenOff(ctx)]);
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

/** `json` for JSON of every kind; the media type itself for one that a caller takes on its own. */
export interface Body {
  readonly mediaType: string;
  readonly value: unknown;
}

const mediaTypeOf = (header: string): string => header.split(';')[0]?.trim().toLowerCase() ?? '';

/** `+json` stands for every type of that kind, `application/*+json` for those below `application`. */
const isJson = (mediaType: string, types: readonly string[]): boolean =>
  types.some((type) => {
    const [prefix = '', suffix] = type.split(/\*?\+/);
    if (suffix === undefined) return type === mediaType;
    return mediaType.startsWith(prefix) && mediaType.endsWith(`+${suffix}`);
  });

/** Those of some media types that are read as JSON. */
export const takenTypes = ({ bodyTypes }: BodyConventions, types: readonly string[]): string[] =>
  types.filter((type) => isJson(type, bodyTypes.json));

/** A request that starts again on a newer model has its body already. */
const bodies = new WeakMap<Context, Promise<Body>>();

/** Reads the body of a write, as the dialect's conventions say what counts as one. */
export function readBody(ctx: Context, conventions: BodyConventions, limit: string): Promise<Body> {
  return remember(bodies, ctx, () => read(ctx, conventions, limit));
}

async function read(ctx: Context, conventions: BodyConventions, limit: string): Promise<Body> {
  const { bodyTypes } = conventions;
  const header = ctx.get('content-type');
  const mediaType = mediaTypeOf(header);
  const parsed = parsedBody(ctx);
  if (parsed) return { mediaType, value: parsed.value };
  const hasBody = ctx.get('transfer-encoding') !== '' || Number(ctx.get('content-length')) > 0;
  const readForm = bodyTypes.forms && Object.hasOwn(forms, mediaType) ? forms[mediaType] : undefined;
  const fate = isJson(mediaType, bodyTypes.json)
    ? 'json'
    : header === ''
      ? bodyTypes.untyped
      : bodyTypes.other;
  if (!hasBody && (header === '' || fate === 'json' || conventions.emptyBody === 'object'))
    return empty(conventions, mediaType);
  if (readForm) return { mediaType, value: fields(await readForm(await readBytes(ctx, limit), header)) };
  if (fate === 'refuse') throw unsupported(header, conventions);
  const bytes = await readBytes(ctx, limit);
  if (fate === 'ignore') return { mediaType: '', value: {} };
  const text = decode(bytes, bodyTypes.markRefused);
  if (fate === 'text' && text !== '') return { mediaType, value: text };
  // Where no body is an object, spaces are still no JSON.
  if (conventions.emptyBody === 'object' ? text === '' : text.trim() === '')
    return empty(conventions, mediaType, text);
  return { mediaType, value: parseJson(bodyTypes.constants ? withConstants(text) : text) };
}

/** NaN and Infinity outside of texts become a number beyond all others: what JSON can write of them. */
function withConstants(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  let inText = false;
  return text.replace(/\\.|"|(-?)(?:NaN|Infinity)/gs, (found, sign = '') => {
    if (found === '"') inText = !inText;
    return inText || found === '"' || found.startsWith('\\') ? found : `${sign}1e999`;
  });
}

function empty(conventions: BodyConventions, mediaType: string, text = ''): Body {
  if (conventions.emptyBody === 'object') return { mediaType, value: {} };
  throw new Problem('empty-body', 'expected a JSON object in the body, found nothing', {
    hint: `Send one, with Content-Type: application/json. An item without fields is {}.`,
    text,
  });
}

function unsupported(header: string, conventions: BodyConventions): Problem {
  const accepted = conventions.bodyTypes.json
    .map((type) => (type.startsWith('+') ? `*/*${type}` : type))
    .join(', ');
  const came = header === '' ? 'no Content-Type' : `Content-Type: ${header.slice(0, 100)}`;
  return new Problem('unsupported-media-type', `expected a body of ${accepted}; got ${came}`, {
    mediaType: header,
    hint: 'Send the header Content-Type: application/json; curl does so with --json.',
  });
}

function decode(bytes: Buffer, keepMark = false): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepMark }).decode(bytes);
  } catch {
    throw new Problem('bad-encoding', 'the body is not UTF-8, as RFC 8259 asks of JSON', { bytes });
  }
}

type Form = Iterable<[name: string, value: unknown]>;

/** The two kinds of HTML form. */
const forms: Readonly<Record<string, (bytes: Buffer, header: string) => Form | Promise<Form>>> = {
  'application/x-www-form-urlencoded': (bytes) => new URLSearchParams(decode(bytes)),
  'multipart/form-data': async (bytes, header) => {
    try {
      return await new Response(bytes, { headers: { 'content-type': header } }).formData();
    } catch {
      throw new Problem('bad-body', 'the body is not the multipart form that its Content-Type announces');
    }
  },
};

/** A field that is sent more than once holds a list; of a file, the name is kept. */
function fields(pairs: Form): Record<string, unknown> {
  const form = new Map<string, unknown[]>();
  for (const [name, sent] of pairs)
    remember(form, name, () => []).push(typeof sent === 'string' ? sent : (sent as File).name);
  return Object.fromEntries(
    Array.from(form, ([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
