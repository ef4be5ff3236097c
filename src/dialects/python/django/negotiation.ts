import { type Asked, Problem } from '../../../dialect/index.ts';
import { paramsOf } from './page.ts';

/** What each format renders. The page for browsers is answered as JSON: a mock has no page of its own there. */
const renderers: Readonly<Record<string, string>> = { json: 'application/json', api: 'text/html' };

/** A view agrees on a format first: a suffix or `?format=` that is not known is a 404, an Accept that fits nothing a 406. */
export function admit(asked: Asked): void {
  const format = asked.format ?? paramsOf(asked).get('format') ?? '';
  if (format !== '' && !Object.hasOwn(renderers, format)) throw new Problem('not-found', 'Not found.');
  const types = format === '' ? Object.values(renderers) : [renderers[format] as string];
  const accept = asked.header('accept') || '*/*';
  const fits = accept.split(',').some((part) => {
    const range = (part.split(';')[0] ?? '').trim().toLowerCase();
    return types.some((type) => range === '*/*' || range === type || range === `${type.split('/')[0]}/*`);
  });
  if (!fits) throw new Problem('not-acceptable', 'Could not satisfy the request Accept header.');
}

/** `application/json; indent=4` asks for JSON that people can read. */
export function indentOf(asked: Asked): number {
  const indent = /application\/json\s*;\s*indent=(\d+)/i.exec(asked.header('accept'))?.[1];
  return Math.min(Number(indent ?? 0), 8);
}
