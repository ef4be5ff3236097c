import type { Collection } from '../../model/model.ts';
import { Problem } from '../../problem.ts';
import { MAX_EMBED_DEPTH } from '../../query/embed.ts';
import { findLink, linkNames } from '../../query/link.ts';
import type { Embed, Query } from '../../query/query.ts';
import type { Shelves } from '../../store/store.ts';
import { badParameter, didYouMean, splitOutside } from '../params.ts';

/** Reads the query inside the brackets of an `_embed`. */
export type ReadInner = (collection: Collection, query: string) => Query;

/** `comments(_limit=3).author,tags`: relations, with a query of their own in brackets, and relations of theirs. */
export function readEmbed(
  shelves: Shelves,
  collection: Collection,
  text: string,
  inner: ReadInner,
  depth = 1,
): Embed[] {
  if (depth > MAX_EMBED_DEPTH)
    throw new Problem('too-much', `_embed goes at most ${MAX_EMBED_DEPTH} levels deep`);
  const embeds = new Map<string, Embed>();
  for (const path of splitOutside(text, ',').filter((part) => part !== '')) {
    const [head = '', ...rest] = splitOutside(path, '.');
    const match = /^([^()]+)(?:\((.*)\))?$/s.exec(head);
    if (!match?.[1])
      throw badParameter(
        '_embed',
        text,
        `_embed is not understood at '${head}'`,
        'Write it as _embed=comments(_limit=3).author,tags',
      );
    const name = match[1].trim();
    const link = findLink(shelves, collection, name);
    if (!link) {
      const known = linkNames(shelves.model, collection.name);
      const has = known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has no relations.';
      throw badParameter(
        '_embed',
        name,
        `${collection.name} has no relation '${name}'`,
        `${didYouMean(name, known) ?? ''} ${has}`.trim(),
      );
    }
    const old = embeds.get(name)?.query ?? {};
    const own = match[2] ? inner(link.to, match[2]) : {};
    const deeper = rest.length > 0 ? readEmbed(shelves, link.to, rest.join('.'), inner, depth + 1) : [];
    embeds.set(name, {
      name,
      query: { ...old, ...own, embed: [...(old.embed ?? []), ...(own.embed ?? []), ...deeper] },
    });
  }
  return [...embeds.values()];
}
