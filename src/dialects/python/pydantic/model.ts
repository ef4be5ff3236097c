import {
  type Item,
  isObject,
  type Shape,
  setField,
  shapeOf,
  toPointer,
  type Violation,
} from '../../../dialect/index.ts';
import { Fault, fault } from './fault.ts';
import { branches, kindOf, type ScalarKind, scalarKinds } from './kind.ts';
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

/** Reads a value as its shape says. */
export function readValue(version: Version, shape: Shape, value: unknown): Reading {
  const pass: Pass = { version, faults: [] };
  return { value: read(pass, shape, value, []), faults: pass.faults };
}

/** Reads a body. In a partial one no field is required, and each may be null: `Optional[...] = None`. */
export function readModel(version: Version, shape: Shape, body: Item, partial: boolean): Reading {
  const pass: Pass = { version, faults: [] };
  if (kindOf(shape) !== 'model') return { value: body, faults: [] };
  return { value: readFields(pass, shape, body, [], partial), faults: pass.faults };
}

function refuse(pass: Pass, path: Path, { rule, params }: Fault, value: unknown): undefined {
  const message = `breaks ${rule}`;
  pass.faults.push({ path: toPointer(path), keyword: rule, params, value, schema: {}, message });
  return undefined;
}

function read(pass: Pass, shape: Shape, value: unknown, path: Path): unknown {
  if (value === null) {
    if (shape.nullable) return null;
    if (pass.version.nulls === 'own') return refuse(pass, path, fault('null'), value);
  }
  const kind = kindOf(shape);
  if (kind === 'any') return value;
  if (kind === 'model') return readObject(pass, shape, value, path, 'model');
  if (kind === 'dict') return readObject(pass, shape, value, path, 'dict');
  if (kind === 'list') return readList(pass, shape, value, path);
  if (kind === 'union') return readUnion(pass, shape, value, path);
  if (kind === 'null') return value === null ? null : refuse(pass, path, fault('none'), value);
  const found = readScalar(pass.version, kind, value, shape);
  return found instanceof Fault ? refuse(pass, path, found, value) : found;
}

const texts: ReadonlySet<string> = new Set(['str']);
const numbers: ReadonlySet<string> = new Set(['int', 'float', 'decimal']);

/** A value of a kind that holds no others, within the limits of its shape; or the first rule that is broken. */
export function readScalar(version: Version, kind: ScalarKind, value: unknown, shape: Shape): unknown {
  const found = version.kinds[kind](value, shape);
  if (found instanceof Fault) return found;
  const limits = texts.has(kind) ? version.limits.text : numbers.has(kind) ? version.limits.number : [];
  for (const limit of limits) {
    const broken = limit(found, shape);
    if (broken) return broken;
  }
  return found;
}

export const isScalarKind = (kind: string): kind is ScalarKind => scalarKinds.some((one) => one === kind);

function readObject(pass: Pass, shape: Shape, value: unknown, path: Path, kind: 'model' | 'dict'): unknown {
  const object = isObject(value) ? value : pass.version.pairs ? fromPairs(value) : undefined;
  if (!object) return refuse(pass, path, fault(kind), value);
  if (kind === 'model') return readFields(pass, shape, object, path, false);
  const { others } = shape;
  if (typeof others !== 'object') return object;
  const dict = {};
  for (const [name, one] of Object.entries(object))
    setField(dict, name, read(pass, others, one, [...path, name]));
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

function readFields(pass: Pass, shape: Shape, body: Item, path: Path, partial: boolean): Item {
  const { required } = shape;
  const item: Item = {};
  const known = new Set<string>();
  const others = [...required].filter((name) => !shape.fields.has(name));
  for (const [name, field] of [...shape.fields, ...others.map((name) => [name, anything] as const)]) {
    // The model of what is sent has no such field.
    if (field.readOnly) continue;
    known.add(name);
    const at = [...path, name];
    if (Object.hasOwn(body, name)) {
      const value = partial && body[name] === null ? null : read(pass, field, body[name], at);
      if (value !== undefined) setField(item, name, value);
    } else if (!partial && required.has(name)) {
      refuse(pass, at, fault('required'), body);
    } else if (!partial) {
      fill(item, name, field);
    }
  }
  readExtras(pass, shape, body, item, known, path);
  return item;
}

/** What a field is that is only asked for. */
const anything = shapeOf({});

function fill(item: Item, name: string, field: Shape): void {
  if (field.default !== undefined) setField(item, name, structuredClone(field.default));
  else if (field.nullable) setField(item, name, null);
}

/** Fields that the model does not name are dropped, where the shape neither forbids nor describes them. */
function readExtras(
  pass: Pass,
  shape: Shape,
  body: Item,
  item: Item,
  known: ReadonlySet<string>,
  path: Path,
): void {
  const names = Object.keys(body).filter((name) => !known.has(name));
  if (pass.version.extras === 'sorted') names.sort();
  const { others } = shape;
  for (const name of names) {
    const at = [...path, name];
    if (shape.hasPattern(name)) setField(item, name, body[name]);
    else if (typeof others === 'object') setField(item, name, read(pass, others, body[name], at));
    else if (others === false) refuse(pass, at, fault('additionalProperties'), body[name]);
    else if (others || shape.hasChoices) setField(item, name, body[name]);
  }
}

function readList(pass: Pass, shape: Shape, value: unknown, path: Path): unknown {
  if (!Array.isArray(value)) return refuse(pass, path, fault('list'), value);
  const { list, items } = pass.version.limits;
  for (const limit of list) {
    const broken = limit(value, shape);
    if (broken) return refuse(pass, path, broken, value);
  }
  const before = pass.faults.length;
  const found = value.map((one, i) => {
    const element = shape.element(i);
    return element ? read(pass, element, one, [...path, i]) : one;
  });
  if (pass.faults.length > before) return found;
  for (const limit of items) {
    const broken = limit(found, shape);
    if (broken) return refuse(pass, path, broken, value);
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

function readUnion(pass: Pass, shape: Shape, value: unknown, path: Path): unknown {
  const all = branches(shape);
  const isExact = (branch: Shape) => exact[kindOf(branch)]?.(value) ?? false;
  const order =
    pass.version.union === 'first' ? all : [...all.filter(isExact), ...all.filter((one) => !isExact(one))];
  const faults = new Map<Shape, readonly Violation[]>();
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

const branchName = (shape: Shape): string =>
  (kindOf(shape) === 'model' ? shape.title : undefined) ?? kindOf(shape);
