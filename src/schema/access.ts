import { type Item, isObject, type JsonObject, setField } from '../json/json.ts';
import type { Shape } from './shape.ts';

/** What a change answers for a field or an element that is to be left out. */
const GONE = Symbol('gone');

type Change = (value: unknown, shape: Shape, key: string | number) => unknown;

/** A value with each field and element that its shape knows changed; the value itself where nothing does change. */
function inside(value: unknown, shape: Shape, change: Change): unknown {
  if (Array.isArray(value)) {
    const changed = value.map((element, place) => {
      const inner = shape.element(place);
      return inner ? change(element, inner, place) : element;
    });
    if (changed.every((element, place) => element === value[place])) return value;
    return changed.filter((element) => element !== GONE);
  }
  if (!isObject(value)) return value;
  const fields = Object.keys(value).map((field) => {
    const inner = shape.field(field);
    return [field, inner ? change(value[field], inner, field) : value[field]] as const;
  });
  if (fields.every(([field, one]) => one === value[field])) return value;
  const changed: JsonObject = {};
  for (const [field, one] of fields) if (one !== GONE) setField(changed, field, one);
  return changed;
}

/** A list is the server's when its elements are. */
const isReadOnly = (shape: Shape | undefined): boolean =>
  shape !== undefined && (shape.readOnly || shape.element()?.readOnly === true);

/** The fields of a body that are the client's to write. */
export function writable(body: Item, shape: Shape | undefined): Item {
  const fields = Object.keys(body).filter((field) => !isReadOnly(shape?.field(field)));
  const item: JsonObject = {};
  for (const field of fields) setField(item, field, body[field]);
  return item;
}

/** What a client sent, with what is not the client's to write as it was before; left out where there was nothing. */
export const withReadOnly = (sent: Item, before: Item | undefined, shape: Shape | undefined): Item =>
  shape?.mentions('readOnly') ? (kept(sent, before, shape) as Item) : sent;

function kept(sent: unknown, before: unknown, shape: Shape): unknown {
  if (Array.isArray(sent)) {
    const oldOf = predecessors(before);
    return inside(sent, shape, (one, inner, place) => kept(one, oldOf(one, Number(place)), inner));
  }
  if (!isObject(sent)) return sent;
  const old: JsonObject = isObject(before) ? before : {};
  const oldOf = (field: string): unknown => (Object.hasOwn(old, field) ? old[field] : GONE);
  let item = inside(sent, shape, (one, inner, field) =>
    isReadOnly(inner) ? oldOf(String(field)) : kept(one, oldOf(String(field)), inner),
  ) as Item;
  for (const field of Object.keys(old)) {
    if (!Object.hasOwn(item, field) && isReadOnly(shape.field(field)))
      item = setField({ ...item }, field, old[field]);
  }
  return item;
}

/** Finds what an element of a list was before: the element with its id, else the one at its place. */
function predecessors(before: unknown): (element: unknown, place: number) => unknown {
  const list: readonly unknown[] = Array.isArray(before) ? before : [];
  const byId = new Map(
    list.filter(isObject).flatMap((one) => (Object.hasOwn(one, 'id') ? [[one.id, one]] : [])),
  );
  return (element, place) =>
    isObject(element) && Object.hasOwn(element, 'id') ? byId.get(element.id) : list[place];
}

/** An item in which what is missing has its default, inside objects and lists that are there too. */
export const withDefaults = (item: Item, shape: Shape | undefined): Item =>
  shape?.mentions('default') ? (filled(item, shape) as Item) : item;

function filled(value: unknown, shape: Shape): unknown {
  const deep = inside(value, shape, filled);
  if (!isObject(deep)) return deep;
  let item = deep;
  for (const field of shape.names) {
    if (Object.hasOwn(item, field)) continue;
    const value = shape.field(field)?.default;
    if (value !== undefined) item = setField({ ...item }, field, structuredClone(value));
  }
  return item;
}

/** What a client may see: without what is only ever written. */
export const withoutWriteOnly = (item: Item, shape: Shape | undefined): Item =>
  shape?.mentions('writeOnly') ? (seen(item, shape) as Item) : item;

const seen = (value: unknown, shape: Shape): unknown =>
  inside(value, shape, (one, inner) => (inner.writeOnly ? GONE : seen(one, inner)));
