import { type Item, isObject, kindOf, ownField, setField } from '../json/json.ts';
import type { Source } from '../json/source.ts';
import { Problem, showPlace } from '../problem.ts';
import { remember } from '../remember.ts';
import type { IdKind } from './model.ts';
import { isNamedAfter } from './names.ts';

/** What one source turns out to be, with its items in file order. */
export interface Reading {
  readonly kind: 'collection' | 'singleton' | 'value';
  readonly items: readonly Item[];
  /** The value as it is, for a singleton and a value. */
  readonly value: unknown;
  readonly fields: ReadonlySet<string>;
  readonly idKind: IdKind;
  readonly warnings: readonly string[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value));

/** A file that did not change is read once; a reload finds its reading here. */
const readings = new WeakMap<Source, Map<string, Reading>>();

/** Tells a collection from a singleton, numbers items that have no id, refuses what cannot be served. */
export function readSource(source: Source, idField: string): Reading {
  const byIdField = remember(readings, source, () => new Map<string, Reading>());
  return remember(byIdField, idField, () => read(source, idField));
}

const plainReading = { items: [], fields: new Set<string>(), idKind: 'integer', warnings: [] } as const;

function read(source: Source, idField: string): Reading {
  const { value } = source;
  if (isObject(value))
    return { ...plainReading, kind: 'singleton', value, fields: new Set(Object.keys(value)) };
  if (!Array.isArray(value)) return { ...plainReading, kind: 'value', value };
  const odd = value.findIndex((item) => isObject(item) !== isObject(value[0]));
  if (odd !== -1) {
    const [wanted, came] = isObject(value[0])
      ? ['an object', kindOf(value[odd])]
      : [kindOf(value[0]), 'an object'];
    throw new Problem(
      'bad-fixture',
      `${source.name}: expected ${wanted} like the items before it, found ${came} at position ${odd}`,
      { place: source.locate([odd]), hint: 'A collection is an array of objects.' },
    );
  }
  if (value.length > 0 && !isObject(value[0])) return { ...plainReading, kind: 'value', value };
  return readItems(source, value as Item[], idField);
}

function readItems(source: Source, raw: readonly Item[], idField: string): Reading {
  const fields = new Set<string>();
  const warnings: string[] = [];
  const places = new Map<string, number>();
  let withoutId = 0;
  let [integers, uuids] = [true, raw.length > 0];
  const items = raw.map((item, position) => {
    let id: unknown = ownField(item, idField);
    let whole = item;
    if (id === undefined || id === null) {
      withoutId++;
      id = position + 1;
      whole = { [idField]: position + 1, ...without(item, idField) };
    } else if (!isId(id)) {
      throw new Problem('bad-fixture', `${source.name}: an id is text or a number, found ${kindOf(id)}`, {
        place: source.locate([position, idField]),
      });
    }
    const key = String(id);
    const first = places.get(key);
    if (first !== undefined) {
      throw new Problem(
        'duplicate-id',
        `${source.name}: two items have the ${idField} ${JSON.stringify(id)}`,
        {
          place: source.locate([position]),
          hint: `The first stands at ${showPlace(source.locate([first]))}. 1 and "1" are one id.`,
        },
      );
    }
    places.set(key, position);
    integers &&= Number.isInteger(id);
    uuids &&= typeof id === 'string' && UUID.test(id);
    for (const field of Object.keys(whole)) fields.add(field);
    return whole;
  });
  if (withoutId > 0) {
    warnings.push(
      `${source.name}: ${withoutId} of ${raw.length} items have no ${idField}; numbered by position${withoutId === raw.length ? suggestion(source.name, raw, fields) : ''}`,
    );
  }
  const idKind = uuids ? 'uuid' : integers ? 'integer' : 'text';
  return { kind: 'collection', items, value: undefined, fields, idKind, warnings };
}

/** Names a field that would do as the id. */
function suggestion(name: string, items: readonly Item[], fields: ReadonlySet<string>): string {
  const field = [...fields].find((one) => isNamedAfter(one, name) && isKey(items, one));
  if (field === undefined) return '';
  return `. If ${field} is their id: --id ${field}, or "id" of resources.${name} in the config`;
}

/** Whether each item holds an id there that no other has. */
const isKey = (items: readonly Item[], field: string): boolean =>
  items.every((item) => Object.hasOwn(item, field) && isId(item[field])) &&
  new Set(items.map((item) => String(item[field]))).size === items.length;

function without(item: Item, field: string): Item {
  const rest = {};
  for (const key of Object.keys(item)) if (key !== field) setField(rest, key, item[key]);
  return rest;
}
