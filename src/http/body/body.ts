import type { Context } from 'koa';
import type { BodyConventions } from '../../dialect/conventions.ts';
import { Problem } from '../../problem.ts';
import { remember } from '../../remember.ts';
import { readBytes } from './bytes.ts';
import { parsedBody } from './parsed.ts';
import { decode, fields, forms, parse } from './text.ts';

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
  return { mediaType, value: parse(text, bodyTypes) };
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
