import {
  type Item,
  isObject,
  type JsonObject,
  setField,
  toPointer,
  type Violation,
} from '../../../dialect/index.ts';
import { Fault, fault } from './fault.ts';
import { branches, isNullable, kindOf, resolve, type ScalarKind, scalarKinds } from './kind.ts';
import { compile } from './limits.ts';
import type { Version } from './version.ts';

type Path = readonly (string | number)[];

/** A body is read once: what is found wrong is collected, all of it, in the order of the model's fields. */
interface Pass {
  readonly version: Version;
  readonly faults: Violation[];
}

export interface Reading {
  readonly value: unknown;
  readonly faults: readonly Violation[];
}

/** Reads a value as its schema says. */
export function readValue(version: Version, schema: unknown, value: unknown): Reading {
  const pass: Pass = { version, faults: [] };
  return { value: read(pass, schema, value, []), faults: pass.faults };
}

/** Reads a body. In a partial one no field is required, and each may be null: `Optional[...] = None`. */
export function readModel(version: Version, schema: JsonObject, body: Item, partial: boolean): Reading {
  const pass: Pass = { version, faults: [] };
  const model = resolve(schema);
  if (kindOf(model) !== 'model') return { value: body, faults: [] };
  return { value: readFields(pass, model, body, [], partial), faults: pass.faults };
}

function refuse(
  pass: Pass,
  path: Path,
  { rule, params }: Fault,
  value: unknown,
  schema: JsonObject,
): undefined {
  const message = `breaks ${rule}`;
  pass.faults.push({ path: toPointer(path), keyword: rule, params, value, schema, message });
  return undefined;
}

function read(pass: Pass, given: unknown, value: unknown, path: Path): unknown {
  const schema = resolve(given);
  if (value === null) {
    if (isNullable(schema)) return null;
    if (pass.version.nulls === 'own') return refuse(pass, path, fault('null'), value, schema);
  }
  const kind = kindOf(schema);
  if (kind === 'any') return value;
  if (kind === 'model') return readObject(pass, schema, value, path, 'model');
  if (kind === 'dict') return readObject(pass, schema, value, path, 'dict');
  if (kind === 'list') return readList(pass, schema, value, path);
  if (kind === 'union') return readUnion(pass, schema, value, path);
  if (kind === 'null') return value === null ? null : refuse(pass, path, fault('none'), value, schema);
  const found = readScalar(pass.version, kind, value, schema);
  return found instanceof Fault ? refuse(pass, path, found, value, schema) : found;
}

const texts: ReadonlySet<string> = new Set(['str']);
const numbers: ReadonlySet<string> = new Set(['int', 'float', 'decimal']);

/** A value of a kind that holds no others, within the limits of its schema; or the first rule that is broken. */
export function readScalar(version: Version, kind: ScalarKind, value: unknown, schema: JsonObject): unknown {
  const found = version.kinds[kind](value, schema);
  if (found instanceof Fault) return found;
  const limits = texts.has(kind) ? version.limits.text : numbers.has(kind) ? version.limits.number : [];
  for (const limit of limits) {
    const broken = limit(found, schema);
    if (broken) return broken;
  }
  return found;
}

export const isScalarKind = (kind: string): kind is ScalarKind => scalarKinds.some((one) => one === kind);

function readObject(
  pass: Pass,
  schema: JsonObject,
  value: unknown,
  path: Path,
  kind: 'model' | 'dict',
): unknown {
  const object = isObject(value) ? value : pass.version.pairs ? fromPairs(value) : undefined;
  if (!object) return refuse(pass, path, fault(kind), value, schema);
  if (kind === 'model') return readFields(pass, schema, object, path, false);
  const each = schema.additionalProperties;
  if (!isObject(each)) return object;
  const dict = {};
  for (const [name, one] of Object.entries(object))
    setField(dict, name, read(pass, each, one, [...path, name]));
  return dict;
}

/** What Python's `dict` makes of a list: pairs are fields, and a text of two letters is a pair. An empty text is empty. */
export function fromPairs(value: unknown): Item | undefined {
  if (value === '') return {};
  if (!Array.isArray(value)) return undefined;
  const object = {};
  for (const one of value) {
    const pair = typeof one === 'string' ? [...one] : one;
    if (!Array.isArray(pair) || pair.length !== 2 || isObject(pair[0]) || Array.isArray(pair[0]))
      return undefined;
    setField(object, String(pair[0]), pair[1]);
  }
  return object;
}

function readFields(pass: Pass, schema: JsonObject, body: Item, path: Path, partial: boolean): Item {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const item: Item = {};
  const known = new Set<string>();
  const others = [...required].map(String).filter((name) => !Object.hasOwn(properties, name));
  const fields = [...Object.entries(properties), ...others.map((name) => [name, {}] as const)];
  for (const [name, given] of fields) {
    const property = resolve(given);
    // The model of what is sent has no such field.
    if (property.readOnly === true) continue;
    known.add(name);
    const at = [...path, name];
    if (Object.hasOwn(body, name)) {
      const value = partial && body[name] === null ? null : read(pass, property, body[name], at);
      if (value !== undefined) setField(item, name, value);
    } else if (!partial && required.has(name)) {
      refuse(pass, at, fault('required'), body, schema);
    } else if (!partial) {
      fill(item, name, property);
    }
  }
  readExtras(pass, schema, body, item, known, path);
  return item;
}

function fill(item: Item, name: string, property: JsonObject): void {
  if (Object.hasOwn(property, 'default')) setField(item, name, structuredClone(property.default));
  else if (isNullable(property)) setField(item, name, null);
}

/** Keywords that may describe fields which `properties` does not name. */
const OPEN = ['allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas', '$ref', '$dynamicRef'];

/** Fields that the model does not name are dropped, where the schema neither forbids nor describes them. */
function readExtras(
  pass: Pass,
  schema: JsonObject,
  body: Item,
  item: Item,
  known: ReadonlySet<string>,
  path: Path,
): void {
  const names = Object.keys(body).filter((name) => !known.has(name));
  if (pass.version.extras === 'sorted') names.sort();
  const { additionalProperties } = schema;
  const isOpen = additionalProperties === true || OPEN.some((keyword) => Object.hasOwn(schema, keyword));
  for (const name of names) {
    const at = [...path, name];
    if (isPatterned(schema, name)) setField(item, name, body[name]);
    else if (isObject(additionalProperties))
      setField(item, name, read(pass, additionalProperties, body[name], at));
    else if (additionalProperties === false)
      refuse(pass, at, fault('additionalProperties'), body[name], schema);
    else if (isOpen) setField(item, name, body[name]);
  }
}

const isPatterned = ({ patternProperties }: JsonObject, name: string): boolean =>
  isObject(patternProperties) &&
  Object.keys(patternProperties).some((pattern) => compile(pattern)?.test(name));

function readList(pass: Pass, schema: JsonObject, value: unknown, path: Path): unknown {
  if (!Array.isArray(value)) return refuse(pass, path, fault('list'), value, schema);
  const { list, items } = pass.version.limits;
  for (const limit of list) {
    const broken = limit(value, schema);
    if (broken) return refuse(pass, path, broken, value, schema);
  }
  const before = pass.faults.length;
  const each = schema.items;
  const found = isObject(each) ? value.map((one, i) => read(pass, each, one, [...path, i])) : value;
  if (pass.faults.length > before) return found;
  for (const limit of items) {
    const broken = limit(found, schema);
    if (broken) return refuse(pass, path, broken, value, schema);
  }
  return found;
}

/** Values of these kinds are what JSON calls them; all others are made from one. */
const exact: Readonly<Record<string, (value: unknown) => boolean>> = {
  str: (value) => typeof value === 'string',
  int: Number.isInteger,
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  list: Array.isArray,
  dict: isObject,
  model: isObject,
};

function readUnion(pass: Pass, schema: JsonObject, value: unknown, path: Path): unknown {
  const all = branches(schema);
  const isExact = (branch: JsonObject) => exact[kindOf(branch)]?.(value) ?? false;
  const order =
    pass.version.union === 'first' ? all : [...all.filter(isExact), ...all.filter((one) => !isExact(one))];
  const faults = new Map<JsonObject, readonly Violation[]>();
  for (const branch of order) {
    const one: Pass = { ...pass, faults: [] };
    const found = read(one, branch, value, path);
    if (one.faults.length === 0) return found;
    faults.set(branch, one.faults);
  }
  for (const branch of all) {
    for (const violation of faults.get(branch) ?? [])
      pass.faults.push({ ...violation, params: { ...violation.params, branch: branchName(branch) } });
  }
  return undefined;
}

const branchName = (schema: JsonObject): string =>
  kindOf(schema) === 'model' && typeof schema.title === 'string' ? schema.title : kindOf(schema);
