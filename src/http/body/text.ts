import type { BodyTypes } from '../../dialect/conventions.ts';
import { parseJson } from '../../json/text.ts';
import { Problem } from '../../problem.ts';
import { remember } from '../../remember.ts';

/** The text of a body. */
export function decode(bytes: Buffer, keepMark = false): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepMark }).decode(bytes);
  } catch {
    throw new Problem('bad-encoding', 'the body is not UTF-8, as RFC 8259 asks of JSON', { bytes });
  }
}

/** The value of a text, as the backend's JSON has it. */
export const parse = (text: string, { constants }: BodyTypes): unknown =>
  parseJson(constants ? withConstants(text) : text);

/** NaN and Infinity outside of texts become a number beyond all others: what JSON can write of them. */
function withConstants(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  let inText = false;
  return text.replace(/\\.|"|(-?)(?:NaN|Infinity)/gs, (found, sign = '') => {
    if (found === '"') inText = !inText;
    return inText || found === '"' || found.startsWith('\\') ? found : `${sign}1e999`;
  });
}

type Form = Iterable<[name: string, value: unknown]>;

/** The two kinds of HTML form. */
export const forms: Readonly<Record<string, (bytes: Buffer, header: string) => Form | Promise<Form>>> = {
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
export function fields(pairs: Form): Record<string, unknown> {
  const form = new Map<string, unknown[]>();
  for (const [name, sent] of pairs)
    remember(form, name, () => []).push(typeof sent === 'string' ? sent : (sent as File).name);
  return Object.fromEntries(
    Array.from(form, ([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
