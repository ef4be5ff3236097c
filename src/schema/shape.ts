import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { remember } from '../remember.ts';
import { follow } from './parts.ts';
import { compile } from './pattern.ts';
import { subschemas } from './vocabulary.ts';

/** What the schemas say of which only some hold, depending on the value. */
type Choice = readonly Shape[];

/**
 * What schemas say of one place in an item: every `$ref` and `allOf` is followed, into other files too. It is read as
 * far as it is asked for, so schemas may refer to themselves.
 */
export class Shape {
  /** The schemas that hold for every value here, the nearest first. */
  readonly parts: readonly JsonObject[];
  /** One for each `anyOf`, `if` and the like. */
  readonly choices: readonly Choice[];
  readonly #fields = new Map<string, Shape>();
  #names: ReadonlySet<string> | undefined;
  #flags: ReadonlySet<string> | undefined;

  constructor(parts: readonly JsonObject[], choices: readonly Choice[]) {
    this.parts = parts;
    this.choices = choices;
  }

  /** Whether a schema here passes a test; one in a branch is enough. */
  some(test: (schema: JsonObject) => boolean): boolean {
    return this.parts.some(test) || this.choices.some((branches) => branches.some((one) => one.some(test)));
  }

  /** Clients never see the value. */
  get writeOnly(): boolean {
    return this.some((schema) => schema.writeOnly === true);
  }

  /** Clients never write the value. Of a choice, every branch that knows the value must say so. */
  get readOnly(): boolean {
    return (
      this.parts.some((schema) => schema.readOnly === true) ||
      this.choices.some((branches) => branches.every((branch) => branch.readOnly))
    );
  }

  /** What stands here when nothing is sent; undefined where no schema that always holds says so. */
  get default(): Json | undefined {
    return this.parts.find((schema) => Object.hasOwn(schema, 'default'))?.default;
  }

  /** The fields that have a name here, in a branch too. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set([
      ...this.parts.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])),
      ...this.choices.flat().flatMap((branch) => [...branch.names]),
    ]);
    return this.#names;
  }

  /** What is said of a field: under its name, by a pattern, or of fields without a name. */
  field(name: string): Shape | undefined {
    const known = this.#fields.get(name);
    if (known) return known;
    const found = join(
      this,
      (part) => ofField(part, name),
      (branch) => branch.field(name),
    );
    // Clients may send any number of other names.
    if (found && this.names.has(name)) this.#fields.set(name, found);
    return found;
  }

  /** What is said of a field under its own name. */
  named(name: string): Shape | undefined {
    return this.names.has(name) ? this.field(name) : undefined;
  }

  /** What is said of the element at a place in a list; without a place, of all elements. */
  element(place?: number): Shape | undefined {
    return join(
      this,
      (part) => ofElement(part, place),
      (branch) => branch.element(place),
    );
  }

  /** What the steps of a JSON pointer lead to. */
  along(steps: readonly string[]): Shape | undefined {
    const [step, ...rest] = steps;
    if (step === undefined) return this;
    return (this.field(step) ?? this.element(Number(step)))?.along(rest);
  }

  /** What a path such as `address.city` leads to; it goes through lists on its way. */
  at(path: string): readonly Shape[] {
    const field = this.named(path);
    let here: readonly Shape[] = field ? [field] : [this];
    for (const step of field ? [] : path.split('.'))
      here = here.flatMap((shape) => withElements(shape)).flatMap((shape) => shape.field(step) ?? []);
    return here.flatMap((shape) => withElements(shape));
  }

  /** Whether a field is named: by every form that an item may have, by some, or not at all. */
  naming(name: string): 'all' | 'some' | 'none' {
    if (this.parts.some((part) => isNamed(part, name))) return 'all';
    return this.some((schema) => isNamed(schema, name)) ? 'some' : 'none';
  }

  /** Whether a keyword is true, or a default given, anywhere in an item: what is nowhere need not be looked for. */
  mentions(keyword: 'readOnly' | 'writeOnly' | 'default'): boolean {
    this.#flags ??= flagsOf(this);
    return this.#flags.has(keyword);
  }
}

const shapes = new WeakMap<JsonObject, Shape>();

/** The shape of the values that a schema describes. */
export const shapeOf = (schema: JsonObject): Shape => remember(shapes, schema, () => gather([schema], []));

/** The schemas that hold together with some, and the choices among them. */
function gather(schemas: readonly JsonObject[], given: readonly Choice[]): Shape {
  const parts = new Set<JsonObject>();
  const choices = [...given];
  const add = (schema: JsonObject) => {
    if (parts.has(schema)) return;
    parts.add(schema);
    const target = follow(schema);
    if (target) add(target);
    const branches = new Map<string, JsonObject[]>();
    for (const { keyword, schema: inner, path } of subschemas(schema)) {
      const group = groups[keyword]?.(path);
      if (keyword === 'allOf') add(inner);
      else if (group !== undefined && !isNull(inner))
        branches.set(group, [...(branches.get(group) ?? []), inner]);
    }
    for (const [group, all] of branches) {
      // A choice between one schema and null is that schema.
      const only = (group === 'anyOf' || group === 'oneOf') && all.length === 1 ? all[0] : undefined;
      if (only) add(only);
      else choices.push(all.map(shapeOf));
    }
  };
  for (const schema of schemas) add(schema);
  return new Shape([...parts], choices);
}

/** Which branches are about the same choice, by the keyword that holds them. */
const groups: Readonly<Record<string, (path: readonly (string | number)[]) => string>> = {
  anyOf: () => 'anyOf',
  oneOf: () => 'oneOf',
  if: () => 'if',
  then: () => 'then',
  else: () => 'then',
  dependentSchemas: (path) => path.join('/'),
  dependencies: (path) => path.join('/'),
};

const isNull = (schema: JsonObject): boolean => schema.type === 'null' || schema.const === null;

/** The shape of a part of the values of a shape. */
function join(
  { parts, choices }: Shape,
  inPart: (part: JsonObject) => readonly unknown[],
  inBranch: (branch: Shape) => Shape | undefined,
): Shape | undefined {
  const found = parts.flatMap(inPart).filter(isObject);
  const branches = choices
    .map((choice) => choice.flatMap((branch) => inBranch(branch) ?? []))
    .filter((choice) => choice.length > 0);
  const [first] = found;
  if (branches.length === 0) return first && found.length === 1 ? shapeOf(first) : first && gather(found, []);
  return gather(found, branches);
}

const patterns = new WeakMap<JsonObject, readonly (readonly [RegExp, unknown])[]>();

const patternsOf = (part: JsonObject): readonly (readonly [RegExp, unknown])[] =>
  isObject(part.patternProperties)
    ? remember(patterns, part, () =>
        Object.entries(part.patternProperties as JsonObject).map(([source, schema]) => [
          compile(source),
          schema,
        ]),
      )
    : [];

function ofField(part: JsonObject, name: string): readonly unknown[] {
  const { properties, additionalProperties, unevaluatedProperties } = part;
  const named = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
  const matching = patternsOf(part).filter(([pattern]) => pattern.test(name));
  const found = [...named, ...matching.map(([, schema]) => schema)];
  return found.length > 0 ? found : [additionalProperties ?? unevaluatedProperties];
}

function ofElement({ items, prefixItems, additionalItems }: JsonObject, place?: number): readonly unknown[] {
  const first = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  const rest = first === items ? additionalItems : items;
  if (place === undefined) return [...first, rest];
  return [place < first.length ? first[place] : rest];
}

const isNamed = (schema: JsonObject, name: string): boolean =>
  (isObject(schema.properties) && Object.hasOwn(schema.properties, name)) ||
  (Array.isArray(schema.required) && schema.required.includes(name)) ||
  patternsOf(schema).some(([pattern]) => pattern.test(name));

const MAX_LISTS = 4;

/** A shape, and that of what stands in the lists that it describes. */
function withElements(shape: Shape, depth = 0): readonly Shape[] {
  const element = depth < MAX_LISTS ? shape.element() : undefined;
  return element ? [shape, ...withElements(element, depth + 1)] : [shape];
}

/** Looks at every schema that can be reached, each once. */
function flagsOf(shape: Shape): ReadonlySet<string> {
  const flags = new Set<string>();
  const seen = new Set<JsonObject>();
  const next: JsonObject[] = [];
  shape.some((schema) => next.push(schema) === 0);
  for (let schema = next.pop(); schema; schema = next.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    for (const access of ['readOnly', 'writeOnly']) if (schema[access] === true) flags.add(access);
    if (Object.hasOwn(schema, 'default')) flags.add('default');
    const target = follow(schema);
    if (target) next.push(target);
    for (const inner of subschemas(schema)) next.push(inner.schema);
  }
  return flags;
}
