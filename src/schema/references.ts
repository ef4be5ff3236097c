import { isObject } from '../json/json.ts';
import type { SchemaSource } from '../json/source.ts';

/** What holds plain values: a `$ref` in it is a key like any other. */
const VALUES = new Set(['enum', 'const', 'default', 'example', 'examples']);

/** The files that a schema refers to, as URIs, whether they exist or not. */
export function filesReferredTo({ value, uri }: SchemaSource): Set<string> {
  const files = new Set<string>();
  const add = (reference: string, base: string) => {
    const found = URL.canParse(reference, base) ? new URL(reference, base) : undefined;
    if (found?.protocol !== 'file:' || found.host !== '') return;
    found.hash = '';
    files.add(found.href);
  };
  const look = (part: unknown, base: string) => {
    if (Array.isArray(part)) for (const one of part) look(one, base);
    if (!isObject(part)) return;
    const { $id, $ref } = part;
    const inner = typeof $id === 'string' && URL.canParse($id, base) ? new URL($id, base).href : base;
    // Whatever its `$id` says, a file may name the one beside it by its path.
    if (typeof $ref === 'string') for (const from of new Set([inner, uri])) add($ref, from);
    for (const [keyword, one] of Object.entries(part)) if (!VALUES.has(keyword)) look(one, inner);
  };
  look(value, uri);
  files.delete(uri);
  return files;
}
