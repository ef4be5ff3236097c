import type { OnDelete, ResourceOptions } from '../options/options.ts';
import type { Check } from '../schema/check.ts';
import type { Shape } from '../schema/shape.ts';

export type IdKind = 'integer' | 'uuid' | 'text';

/** Some of the paths of fields, such as `address.since`. */
export interface Paths {
  has(path: string): boolean;
}

export interface Collection {
  readonly kind: 'collection';
  readonly name: string;
  readonly idField: string;
  readonly idKind: IdKind;
  /** The fields that items or the schema have. */
  readonly fields: ReadonlySet<string>;
  /** Field paths that hold dates, as the schema says: they compare as moments, not as text. */
  readonly dates: Paths;
  /** Field paths that hold numbers as text, as `format: decimal` says: they compare as numbers. */
  readonly decimals: Paths;
  /** Lists of fields whose values no two items share. */
  readonly unique: readonly (readonly string[])[];
  readonly check?: Check;
  /** What its schema says of what it holds, else what its fixture suggests: `inferred` says which. */
  readonly shape: Shape;
  readonly settings: ResourceOptions;
}

export interface Singleton {
  readonly kind: 'singleton';
  readonly name: string;
  readonly shape: Shape;
  readonly check?: Check;
}

/** A scalar or an array of scalars at the top of a file: served and replaced as it is. */
export interface Value {
  readonly kind: 'value';
  readonly name: string;
  readonly shape: Shape;
}

export type Resource = Collection | Singleton | Value;

/** `field` of the items of `child` holds the id (or the ids) of an item of `parent`. */
export interface Relation {
  readonly child: string;
  readonly field: string;
  readonly parent: string;
  /** What the parent is called from the child: `event` for `eventId`. */
  readonly name: string;
  /** The field holds a list of ids. */
  readonly many: boolean;
  /** Declared in the config, not inferred from a spelling. */
  readonly declared: boolean;
  /** What a delete of the parent does; undefined where the config does not say. */
  readonly onDelete?: OnDelete;
}

/** What the data is. Immutable: a reload builds a new one. */
export interface Model {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly relations: readonly Relation[];
  /** The relations in which the items of a resource are children, in the order of their fields. */
  parentsOf(name: string): readonly Relation[];
  /** The relations in which the items of a resource are parents. */
  childrenOf(name: string): readonly Relation[];
}

/** The relation that `/parent/id/child` follows: the first declared, else the first in the items. */
export function nesting(model: Model, parent: string, child: string): Relation | undefined {
  const candidates = model.parentsOf(child).filter((relation) => relation.parent === parent);
  return candidates.find((relation) => relation.declared) ?? candidates[0];
}

function groupBy(relations: readonly Relation[], side: 'child' | 'parent'): Map<string, Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const relation of relations) {
    const group = groups.get(relation[side]);
    if (group) group.push(relation);
    else groups.set(relation[side], [relation]);
  }
  return groups;
}

export function makeModel(resources: ReadonlyMap<string, Resource>, relations: readonly Relation[]): Model {
  const parents = groupBy(relations, 'child');
  const children = groupBy(relations, 'parent');
  return {
    resources,
    relations,
    parentsOf: (name) => parents.get(name) ?? [],
    childrenOf: (name) => children.get(name) ?? [],
  };
}
