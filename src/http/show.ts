import type { Dialect } from '../dialects/dialect.ts';
import { type Item, isObject, type JsonObject } from '../model/json.ts';
import type { Resource } from '../model/model.ts';
import { remember } from '../remember.ts';
import { withoutWriteOnly } from '../store/access.ts';

/** What a client sees of an item. */
export type Show = (resource: Resource, item: Item) => Item;

const hidesFields = (schema: JsonObject | undefined): boolean =>
  schema !== undefined && JSON.stringify(schema).includes('"writeOnly":true');

/** Items never change, so each is made presentable once: without writeOnly fields, and as the dialect shows it. */
export function makeShow(dialect: Dialect): Show {
  const shown = new WeakMap<Item, Item>();
  const hiding = new WeakMap<Resource, boolean>();
  return (resource, item) => {
    if (resource.kind === 'value' || !isObject(item)) return item;
    const schema = resource.check?.schema;
    const hides = remember(hiding, resource, () => hidesFields(schema));
    if (!hides && !dialect.show) return item;
    return remember(shown, item, () => {
      const seen = hides ? withoutWriteOnly(item, schema) : item;
      return dialect.show && resource.kind === 'collection' ? dialect.show(seen, resource) : seen;
    });
  };
}
