import { type Item, isObject, type JsonObject, setField } from '../model/json.ts';

const propertiesOf = (schema: JsonObject | undefined): [string, JsonObject][] =>
  isObject(schema?.properties)
    ? Object.entries(schema.properties).filter((pair): pair is [string, JsonObject] => isObject(pair[1]))
    : [];

/** What a client sent, less the fields that the schema says are not the client's to write. */
export function withoutReadOnly(body: Item, schema: JsonObject | undefined): Item {
  let input = body;
  for (const [field, property] of propertiesOf(schema)) {
    if (!Object.hasOwn(input, field)) continue;
    const value = input[field];
    if (property.readOnly === true) {
      const { [field]: _, ...rest } = input;
      input = rest;
    } else if (isObject(value)) {
      const inner = withoutReadOnly(value, property);
      if (inner !== value) input = setField({ ...input }, field, inner);
    }
  }
  return input;
}

/** A replacement keeps what the client may not write, inside objects too. */
export function keepReadOnly(item: Item, before: Item, schema: JsonObject | undefined): Item {
  let kept = item;
  for (const [field, property] of propertiesOf(schema)) {
    if (!Object.hasOwn(before, field)) continue;
    const [value, old] = [kept[field], before[field]];
    if (property.readOnly === true) kept = setField({ ...kept }, field, old);
    else if (isObject(value) && isObject(old))
      kept = setField({ ...kept }, field, keepReadOnly(value, old, property));
  }
  return kept;
}

/** Missing fields that have a `default` in the schema get it, inside objects that are there too. */
export function fillDefaults(item: Item, schema: JsonObject | undefined): Item {
  let filled = item;
  for (const [field, property] of propertiesOf(schema)) {
    const value = Object.hasOwn(filled, field) ? filled[field] : undefined;
    if (value === undefined) {
      if (Object.hasOwn(property, 'default'))
        filled = setField({ ...filled }, field, structuredClone(property.default));
    } else if (isObject(value)) {
      const inner = fillDefaults(value, property);
      if (inner !== value) filled = setField({ ...filled }, field, inner);
    } else if (Array.isArray(value) && isObject(property.items)) {
      const items = property.items;
      filled = setField(
        { ...filled },
        field,
        value.map((one) => (isObject(one) ? fillDefaults(one, items) : one)),
      );
    }
  }
  return filled;
}

/** What a client may see: without the fields that are only ever written. */
export function withoutWriteOnly(item: Item, schema: JsonObject | undefined): Item {
  let seen = item;
  for (const [field, property] of propertiesOf(schema)) {
    if (!Object.hasOwn(seen, field)) continue;
    const value = seen[field];
    if (property.writeOnly === true) {
      const { [field]: _, ...rest } = seen;
      seen = rest;
    } else if (isObject(value)) {
      const inner = withoutWriteOnly(value, property);
      if (inner !== value) seen = setField({ ...seen }, field, inner);
    }
  }
  return seen;
}
