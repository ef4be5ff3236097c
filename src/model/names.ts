import pluralize from 'pluralize';

/** `blogPosts`, `blog-posts` and `blog_posts` are one name. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');

export const singular = (name: string): string => pluralize.singular(name);
export const plural = (name: string): string => pluralize.plural(name);

export interface ForeignKey {
  /** `event` in `eventId`, `event_id`, `eventID` and `eventIds`. */
  readonly stem: string;
  /** A list of ids, as in `tagIds: [1, 2]`. */
  readonly many: boolean;
}

/** What a field's spelling says about the item it points at; undefined where it is no foreign key. */
export function readForeignKey(field: string): ForeignKey | undefined {
  const match = /^(.+?)(?:Id|ID|_id)(s)?$/.exec(field);
  if (!match?.[1]) return undefined;
  return { stem: match[1], many: match[2] === 's' };
}

/** Finds the collection that a stem such as `person` or `blogPost` names. */
export function nameFinder(names: Iterable<string>): (stem: string) => string | undefined {
  const byPlain = new Map<string, string>();
  for (const name of names) {
    byPlain.set(plain(name), name);
    if (!byPlain.has(plain(singular(name)))) byPlain.set(plain(singular(name)), name);
  }
  return (stem) => byPlain.get(plain(plural(stem))) ?? byPlain.get(plain(stem));
}

/** `order_id` in orders: a field that is spelled as the key of its own collection, and so is more likely its id. */
export function isNamedAfter(field: string, collection: string): boolean {
  const key = readForeignKey(field);
  return key !== undefined && !key.many && nameFinder([collection])(key.stem) !== undefined;
}
