import { nearest } from '../nearest.ts';
import type { OnDelete, RelationOption } from '../options/options.ts';
import { Problem } from '../problem.ts';
import type { Collection, Relation, Resource } from './model.ts';
import { isNamedAfter, nameFinder, readForeignKey } from './names.ts';

type Declared = ReadonlyMap<string, { readonly to: string; readonly onDelete?: OnDelete } | null>;

/** Foreign keys: those the config declares, and those that the spelling of a field gives away. */
export function findRelations(
  resources: ReadonlyMap<string, Resource>,
  options: Readonly<Record<string, RelationOption>>,
): Relation[] {
  const collections = [...resources.values()].filter((resource) => resource.kind === 'collection');
  const declared = readDeclared(options, collections);
  const find = nameFinder(collections.map((collection) => collection.name));
  return collections.flatMap((collection) => relationsOf(collection, declared, find));
}

function readDeclared(
  options: Readonly<Record<string, RelationOption>>,
  collections: Collection[],
): Declared {
  const names = collections.map((collection) => collection.name);
  const declared = new Map<string, { to: string; onDelete?: OnDelete } | null>();
  for (const [path, option] of Object.entries(options)) {
    const dot = path.lastIndexOf('.');
    if (dot < 1) throw badRelation(path, 'expected "<collection>.<field>"', path, []);
    const child = path.slice(0, dot);
    if (!names.includes(child)) throw badRelation(path, `no collection '${child}'`, child, names);
    const row = typeof option === 'string' ? { to: option } : option;
    if (row && !names.includes(row.to)) throw badRelation(path, `no collection '${row.to}'`, row.to, names);
    declared.set(path, row);
  }
  return declared;
}

function badRelation(path: string, message: string, name: string, names: string[]): Problem {
  const near = nearest(name, names);
  const hint = near ? `Did you mean '${near}'?` : `There is: ${names.join(', ')}.`;
  return new Problem('bad-option', `relations.${path}: ${message}`, names.length > 0 ? { hint } : {});
}

function relationsOf(
  collection: Collection,
  declared: Declared,
  find: (stem: string) => string | undefined,
): Relation[] {
  const found: Relation[] = [];
  const prefix = `${collection.name}.`;
  // In the order of the config first: of several keys to one parent, the first declared names the nested route.
  const ofConfig = [...declared.keys()].filter((path) => path.startsWith(prefix));
  const fields = [...ofConfig.map((path) => path.slice(prefix.length)), ...collection.fields];
  for (const field of new Set(fields)) {
    const option = declared.get(`${collection.name}.${field}`);
    if (option === null || field === collection.idField) continue;
    const key = readForeignKey(field);
    // `parentId` points at an item of the same collection, unless there are `parents`.
    const inferred = key && (find(key.stem) ?? (key.stem === 'parent' ? collection.name : undefined));
    const parent = option?.to ?? inferred;
    if (parent === undefined) continue;
    // `orders.order_id` is the order's own number.
    if (!option && parent === collection.name && isNamedAfter(field, parent)) continue;
    found.push({
      child: collection.name,
      field,
      parent,
      name: key?.stem ?? field,
      many: key?.many ?? false,
      declared: option !== undefined,
      ...(option?.onDelete === undefined ? {} : { onDelete: option.onDelete }),
    });
  }
  return found;
}
