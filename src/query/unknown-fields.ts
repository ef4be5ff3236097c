import type { Built } from '../model/build.ts';
import type { Collection } from '../model/model.ts';
import { nearest } from '../nearest.ts';
import type { Options } from '../options/options.ts';
import { linkNames } from './link.ts';

/** A field that an option names, as `resources.posts.sort` names `title`. */
type Named = readonly [option: string, field: string];

/** What stands before a field in an option: the direction of a sort, and how a search compares. */
const MARKS = /^[-^=]/;

function namedIn({ name, settings, unique }: Collection, relations: Options['relations'] = {}): Named[] {
  const { search = [], filters = [], sort = [], defaultSort = [] } = settings;
  const listed = {
    search,
    filters: Array.isArray(filters) ? filters : Object.keys(filters),
    sort,
    defaultSort,
  };
  const prefix = `${name}.`;
  return [
    ...Object.entries(listed).flatMap(([key, fields]) =>
      fields.map((field): Named => [`resources.${name}.${key}`, field.replace(MARKS, '')]),
    ),
    ...unique.flat().map((field): Named => [`unique.${name}`, field]),
    ...Object.keys(relations)
      .filter((path) => path.startsWith(prefix))
      .map((path): Named => [`relations.${path}`, path.slice(prefix.length)]),
  ];
}

/** Fields that options name and no item or schema has. It may be that the first item is still to come: a warning, no fault. */
export function unknownFields({ model, contents }: Built, { relations }: Options): string[] {
  const lines: string[] = [];
  for (const collection of model.resources.values()) {
    if (collection.kind !== 'collection') continue;
    // An empty collection without a schema says nothing about its fields.
    if (!collection.check && contents.get(collection.name)?.items.length === 0) continue;
    const known = [...collection.fields, ...linkNames(model, collection.name)];
    for (const [option, field] of namedIn(collection, relations)) {
      // What follows, such as `author.name` or `author__name`, is inside it.
      const [first = ''] = field.split(/\.|__/);
      if (known.includes(field) || known.includes(first)) continue;
      const near = nearest(field, known);
      lines.push(
        `${option}: ${collection.name} has no field '${field}'${near ? `. Did you mean '${near}'?` : ''}`,
      );
    }
  }
  return lines;
}
