import type { CompleteDialect, Dialect } from '../dialect/dialect.ts';
import { checkDialect, complete } from '../dialect/hooks.ts';
import { didYouMean } from '../dialect/params.ts';
import { Problem } from '../problem.ts';

/** The dialects by name, each loaded when it is the one. */
const dialects: Readonly<Record<string, () => Promise<Dialect>>> = {
  rest: async () => (await import('./rest/rest.ts')).rest,
  'simple-rest': async () => (await import('./simple-rest/simple-rest.ts')).simpleRest,
  django: async () => (await import('./python/django/django.ts')).django,
  jsonplaceholder: async () => (await import('./json-server/jsonplaceholder.ts')).jsonplaceholder,
  'json-server': async () => (await import('./json-server/json-server.ts')).jsonServer,
  'json-server-1': async () => (await import('./json-server/json-server-1.ts')).jsonServer1,
  fastapi: async () => (await import('./python/fastapi/fastapi.ts')).fastapi,
  'fastapi-pydantic1': async () => (await import('./python/fastapi/fastapi.ts')).fastapiPydantic1,
};

export const dialectNames = Object.keys(dialects);

/** The dialect of a name, or the one that was passed. */
export async function findDialect(dialect: string | object): Promise<CompleteDialect> {
  if (typeof dialect === 'object') return checkDialect(dialect);
  const load = Object.hasOwn(dialects, dialect) ? dialects[dialect] : undefined;
  if (load) return complete(await load());
  const known = `Dialects: ${dialectNames.join(', ')}.`;
  throw new Problem('bad-option', `there is no dialect '${dialect}'`, {
    hint: `${didYouMean(dialect, dialectNames) ?? ''} ${known}`.trim(),
  });
}
