import type { Dialect } from '../../dialect/dialect.ts';
import { type Item, isObject } from '../../json/json.ts';
import type { Resource } from '../../model/model.ts';
import { remember } from '../../remember.ts';
import { withoutWriteOnly } from '../../schema/access.ts';

/** What a client sees of an item. */
export type Show = (resource: Resource, item: Item) => Item;

/** Items never change, so each is made presentable once: without writeOnly fields, and as the dialect shows it. */
export function makeShow(dialect: Dialect): Show {
  const shown = new WeakMap<Item, Item>();
  return (resource, item) => {
    if (resource.kind === 'value' || !isObject(item)) return item;
    const shape = resource.check?.shape;
    if (!shape?.mentions('writeOnly') && !dialect.show) return item;
    return remember(shown, item, () => {
      const seen = withoutWriteOnly(item, shape);
      return dialect.show && resource.kind === 'collection' ? dialect.show(seen, resource) : seen;
    });
  };
}
