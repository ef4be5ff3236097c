import type { Item } from '../json/json.ts';
import type { Data, SchemaSource, Source } from '../json/source.ts';
import { nearest } from '../nearest.ts';
import type { Options } from '../options/options.ts';
import type { Settings } from '../options/settings.ts';
import { Problem, showPlace } from '../problem.ts';
import { type Check, compileSchemas, type Overlooks } from '../schema/check.ts';
import type { Documents } from '../schema/documents.ts';
import { asSource, inferSchema } from '../schema/infer.ts';
import { lint } from '../schema/lint.ts';
import { shapesAt } from '../schema/path.ts';
import type { Shape } from '../schema/shape.ts';
import { faultsOf } from './faults.ts';
import { type Collection, type IdKind, type Model, makeModel, type Paths, type Resource } from './model.ts';
import { nameFinder } from './names.ts';
import { type Reading, readSource } from './reading.ts';
import { findRelations } from './relations.ts';
import { type Fixture, withShape } from './shaped.ts';

export interface Built {
  readonly model: Model;
  /** What each resource holds: the items of a collection, or one value. */
  readonly contents: ReadonlyMap<string, Contents>;
  /** Lines for the terminal: nothing that stops a start, everything that may surprise. */
  readonly warnings: readonly string[];
}

/** `value` is what a singleton or a plain value holds, `items` what a collection holds. */
export interface Contents {
  readonly items: readonly Item[];
  readonly value: unknown;
}

const EMPTY: Contents = { items: [], value: undefined };

/** Makes sense of the data, or throws what is wrong with it. */
export async function buildModel(
  data: Data,
  settings: Settings,
  overlooks: Overlooks = () => false,
): Promise<Built> {
  const readings = new Map<string, Reading>();
  for (const [name, source] of data.resources) {
    checkName(name, source);
    readings.set(name, readSource(source, idFieldOf(name, settings)));
  }
  const schemas = await withInferred(data, readings, settings);
  const compiled = await compileSchemas(schemas.values(), data.referenced);
  const { checks, documents } = compiled;
  const findings = lint(compiled, overlooks);
  const misnamed = misnamedSchemas(data, readings, documents);
  const resources = new Map<string, Resource>();
  for (const [name, reading] of readings)
    resources.set(
      name,
      toResource(name, { source: data.resources.get(name) as Source, reading }, checks.get(name), settings),
    );
  for (const [name, check] of checks) {
    // A schema without a fixture makes an empty collection.
    if (!resources.has(name) && !misnamed.has(name))
      resources.set(name, toResource(name, undefined, check, settings));
  }
  checkNames('resources', settings.resources, resources);
  checkNames('unique', settings.unique, resources);
  const warnings = [...readings].flatMap(([name, reading]) => [
    ...reading.warnings,
    ...faultsOf({
      source: data.resources.get(name) as Source,
      reading,
      idField: idFieldOf(name, settings),
      unique: uniqueOf(name, settings),
      check: data.schemas.has(name) ? checks.get(name) : undefined,
      documents,
      overlooks,
    }),
  ]);
  return {
    model: makeModel(resources, findRelations(resources, settings.relations)),
    contents: contentsOf(readings, resources),
    warnings: [...[...misnamed.values()].flat(), ...findings, ...warnings],
  };
}

/** Schemas whose name is that of a resource in another spelling, such as `post` where there are `posts`. */
function misnamedSchemas(
  data: Data,
  readings: ReadonlyMap<string, Reading>,
  documents: Documents,
): ReadonlyMap<string, readonly string[]> {
  const find = nameFinder([...data.schemas.keys(), ...readings.keys()]);
  const lines = new Map<string, readonly string[]>();
  for (const [name, source] of data.schemas) {
    const meant = readings.has(name) ? name : (find(name) ?? name);
    if (meant === name) continue;
    const [ending = '.schema.json'] = /\.schema\.\w+$/.exec(source.file) ?? [];
    const line = `${showPlace(source.locate([]))}: there is no resource '${name}'; did you mean ${meant}${ending}?`;
    // A part that other schemas use has a name of its own.
    lines.set(name, documents.isReferenced(source) ? [] : [line]);
  }
  return lines;
}

const uniqueOf = (name: string, settings: Settings): readonly (readonly string[])[] =>
  ((Object.hasOwn(settings.unique, name) ? settings.unique[name] : undefined) ?? []).map((fields) =>
    [fields].flat(),
  );

const idFieldOf = (name: string, settings: Settings): string =>
  (Object.hasOwn(settings.resources, name) ? settings.resources[name]?.id : undefined) ?? settings.id;

function contentsOf(
  readings: ReadonlyMap<string, Reading>,
  resources: ReadonlyMap<string, Resource>,
): Map<string, Contents> {
  const contents = new Map<string, Contents>();
  for (const name of resources.keys()) contents.set(name, readings.get(name) ?? EMPTY);
  return contents;
}

function checkName(name: string, source: Source): void {
  if (name !== '' && name !== '_standin' && !name.includes('/')) return;
  throw new Problem('bad-fixture', `a resource cannot be called ${JSON.stringify(name)}`, {
    place: source.locate([]),
    hint: 'Its name is the first part of a path; /_standin is taken.',
  });
}

/** A setting for a resource that is not there is a slip of the pen. */
function checkNames(key: string, given: object, resources: ReadonlyMap<string, Resource>): void {
  for (const name of Object.keys(given)) {
    if (resources.has(name)) continue;
    const near = nearest(name, resources.keys());
    throw new Problem(
      'bad-option',
      `${key}.${name}: no resource '${name}'`,
      near ? { hint: `Did you mean '${near}'?` } : {},
    );
  }
}

/** With `strict`, a collection without a schema gets the one that its items suggest. */
async function withInferred(
  data: Data,
  readings: ReadonlyMap<string, Reading>,
  settings: Settings,
): Promise<ReadonlyMap<string, SchemaSource>> {
  if (!settings.strict) return data.schemas;
  const schemas = new Map(data.schemas);
  for (const [name, reading] of readings) {
    if (schemas.has(name) || reading.items.length === 0) continue;
    const source = data.resources.get(name) as Source;
    schemas.set(name, asSource(source, inferSchema(reading.items, idFieldOf(name, settings))));
  }
  return schemas;
}

function toResource(
  name: string,
  fixture: Fixture | undefined,
  check: Check | undefined,
  settings: Settings,
): Resource {
  const reading = fixture?.reading;
  const withCheck = check ? { check } : {};
  if (reading && reading.kind !== 'collection') {
    return reading.kind === 'singleton'
      ? withShape({ kind: 'singleton', name, ...withCheck }, check?.shape, fixture, '')
      : withShape({ kind: 'value', name }, undefined, fixture, '');
  }
  const own = (Object.hasOwn(settings.resources, name) ? settings.resources[name] : undefined) ?? {};
  const idField = idFieldOf(name, settings);
  const shape = check?.shape;
  const collection: Omit<Collection, 'shape'> = {
    kind: 'collection',
    name,
    idField,
    idKind: idKindOf(reading, shape?.named(idField)),
    fields: new Set([...(reading?.fields ?? [idField]), ...(shape?.names ?? [])]),
    dates: pathsOf(shape, 'date', 'date-time'),
    decimals: pathsOf(shape, 'decimal'),
    unique: uniqueOf(name, settings),
    ...withCheck,
    settings: withDefaults(own, settings),
  };
  return withShape(collection, shape, fixture, idField);
}

function withDefaults(own: Collection['settings'], settings: Options): Collection['settings'] {
  const { pageSize, pagination } = settings;
  return {
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(pagination === undefined ? {} : { pagination }),
    ...own,
  };
}

/** The kind of ids: what the items have, else what the schema says. */
function idKindOf(reading: Reading | undefined, id: Shape | undefined): IdKind {
  if (reading && reading.items.length > 0) return reading.idKind;
  if (id?.mayBe('format', 'uuid')) return 'uuid';
  return id?.mayBe('type', 'string') ? 'text' : 'integer';
}

/** The paths to values of one of these formats. */
const pathsOf = (shape: Shape | undefined, ...formats: readonly string[]): Paths => ({
  has: (path) => (shape ? shapesAt(shape, path).some((one) => one.mayBe('format', ...formats)) : false),
});
