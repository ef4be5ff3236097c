import {
  badParameter,
  type Collection,
  didYouMean,
  type Embed,
  findLink,
  linkNames,
  MAX_LINKS,
  Problem,
  type Query,
  type Shelves,
  splitOutside,
} from '../../dialect/index.ts';

/** Reads the query inside the brackets of an `_embed`, so many levels down. */
export type ReadInner = (collection: Collection, query: string, level: number) => Query;

/**
 * `comments(_limit=3).author,tags`, parted at its commas: relations, with a query of their own in brackets, and relations
 * of theirs. `above` says how many levels down this stands itself.
 */
export function readEmbed(
  shelves: Shelves,
  collection: Collection,
  paths: readonly string[],
  inner: ReadInner,
  above: number,
): Embed[] {
  if (above >= MAX_LINKS) throw new Problem('too-much', `_embed goes at most ${MAX_LINKS} levels deep`);
  const level = above + 1;
  const embeds = new Map<string, Embed>();
  for (const path of paths) {
    const [head = '', ...rest] = splitOutside(path, '.');
    const match = /^([^()]+)(?:\((.*)\))?$/s.exec(head);
    if (!match?.[1])
      throw badParameter(
        '_embed',
        path,
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
    const own = match[2] ? inner(link.to, match[2], level) : {};
    const deeper = rest.length > 0 ? readEmbed(shelves, link.to, [rest.join('.')], inner, level) : [];
    embeds.set(name, {
      name,
      query: { ...old, ...own, embed: [...(old.embed ?? []), ...(own.embed ?? []), ...deeper] },
    });
  }
  return [...embeds.values()];
}
