import { type Item, isObject, setField } from '../json/json.ts';

/** The item with only the paths named, in its own order: `address.city` keeps the city inside the address. */
export function project(item: Item, paths: readonly string[]): Item {
  const kept = {};
  for (const [field, value] of Object.entries(item)) {
    if (paths.includes(field)) setField(kept, field, value);
    else {
      const inside = paths
        .filter((path) => path.startsWith(`${field}.`))
        .map((path) => path.slice(field.length + 1));
      if (inside.length > 0) setField(kept, field, projectValue(value, inside));
    }
  }
  return kept;
}

function projectValue(value: unknown, paths: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => projectValue(one, paths));
  return isObject(value) ? project(value, paths) : value;
}
