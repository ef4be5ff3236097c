import { type Item, isObject, setField } from '../json/json.ts';
import { plural } from '../model/names.ts';

interface Record_ {
  readonly model: string;
  readonly pk?: unknown;
  readonly fields: Item;
}

export type DjangoFixture = readonly Record_[];

/** Django's `dumpdata` form, told by its shape: every element has a model and fields. */
export const isDjangoFixture = (value: unknown): value is DjangoFixture =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (one) =>
      isObject(one) && typeof one.model === 'string' && one.model.includes('.') && isObject(one.fields),
  );

export interface Group {
  readonly name: string;
  readonly items: Item[];
  /** The model of each item by its key: several applications may have models of one name. */
  readonly models: Map<string, string>;
  /** Where each item stands in the file. */
  readonly positions: number[];
}

/** A collection for each model: `countries.country` becomes `countries`. */
export function readDjangoFixture(records: DjangoFixture, idField: string): Group[] {
  const groups = new Map<string, Group>();
  records.forEach(({ model, pk, fields }, position) => {
    const name = plural(model.slice(model.indexOf('.') + 1));
    const group: Group = groups.get(name) ?? { name, items: [], models: new Map(), positions: [] };
    groups.set(name, group);
    const item = pk === undefined || pk === null ? {} : { [idField]: pk };
    for (const [field, value] of Object.entries(fields)) setField(item, field, value);
    group.items.push(item as Item);
    // Without a key it gets its position for one.
    group.models.set(String((item as Item)[idField] ?? group.items.length), model);
    group.positions.push(position);
  });
  return [...groups.values()];
}

/** Items go back into records of their model, under the key they had in the file; new ones into the first of that name. */
export function djangoComposer(records: DjangoFixture, names: readonly string[], idField: string) {
  const groups = new Map(readDjangoFixture(records, idField).map((group) => [group.name, group.models]));
  return (contentsOf: (resource: string) => unknown): unknown =>
    names.flatMap((name) => {
      const models = groups.get(name) ?? new Map<string, string>();
      const [first = ''] = models.values();
      return (contentsOf(name) as Item[]).map(({ [idField]: pk, ...fields }) => ({
        model: models.get(String(pk)) ?? first,
        pk,
        fields,
      }));
    });
}
