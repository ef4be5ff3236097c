import { nearest } from '../nearest.ts';
import type { Options } from '../options/options.ts';
import type { Settings } from '../options/settings.ts';
import { Problem, showPlace, type Violation } from '../problem.ts';
import type { Data, SchemaSource, Source } from './data.ts';
import { inferSchema } from './infer.ts';
import { type Item, isObject, type JsonObject } from './json.ts';
import { type Collection, type IdKind, type Model, makeModel, type Resource } from './model.ts';
import { type Reading, readSource } from './reading.ts';
import { findRelations } from './relations.ts';
import { type Check, compileSchemas, itemViolations } from './schema.ts';

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
const WARNINGS_PER_RESOURCE = 5;

/** Faults of a schema that the backend does not see. */
type Overlooks = (violation: Violation, schema: JsonObject) => boolean;

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
  const checks = await compileSchemas(await withInferred(data, readings, settings));
  const resources = new Map<string, Resource>();
  for (const [name, reading] of readings)
    resources.set(name, toResource(name, reading, checks.get(name), settings));
  for (const [name, check] of checks) {
    // A schema without a fixture makes an empty collection.
    if (!resources.has(name)) resources.set(name, toResource(name, undefined, check, settings));
  }
  checkNames('resources', settings.resources, resources);
  checkNames('unique', settings.unique, resources);
  const warnings = [...readings].flatMap(([name, reading]) => [
    ...reading.warnings,
    ...faults(
      data.resources.get(name) as Source,
      reading,
      data.schemas.has(name) ? checks.get(name) : undefined,
      idFieldOf(name, settings),
      overlooks,
    ),
  ]);
  return {
    model: makeModel(resources, findRelations(resources, settings.relations)),
    contents: contentsOf(readings, resources),
    warnings,
  };
}

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
    const value = inferSchema(reading.items, idFieldOf(name, settings));
    schemas.set(name, { ...source, name, value, uri: `standin:inferred/${encodeURIComponent(name)}` });
  }
  return schemas;
}

function toResource(
  name: string,
  reading: Reading | undefined,
  check: Check | undefined,
  settings: Settings,
): Resource {
  const withCheck = check ? { check } : {};
  if (reading && reading.kind !== 'collection') {
    return reading.kind === 'singleton' ? { kind: 'singleton', name, ...withCheck } : { kind: 'value', name };
  }
  const own = (Object.hasOwn(settings.resources, name) ? settings.resources[name] : undefined) ?? {};
  const idField = idFieldOf(name, settings);
  const properties = propertiesOf(check?.schema);
  const unique = Object.hasOwn(settings.unique, name) ? (settings.unique[name] ?? []) : [];
  const collection: Collection = {
    kind: 'collection',
    name,
    idField,
    idKind: idKindOf(reading, properties[idField]),
    fields: new Set([...(reading?.fields ?? [idField]), ...Object.keys(properties)]),
    dates: new Set(pathsOf(check?.schema, ['date', 'date-time'])),
    decimals: new Set(pathsOf(check?.schema, ['decimal'])),
    unique: unique.map((fields) => [fields].flat()),
    ...withCheck,
    settings: withDefaults(own, settings),
  };
  return collection;
}

function withDefaults(own: Collection['settings'], settings: Options): Collection['settings'] {
  const { pageSize, pagination } = settings;
  return {
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(pagination === undefined ? {} : { pagination }),
    ...own,
  };
}

const propertiesOf = (schema: unknown): Readonly<Record<string, unknown>> =>
  isObject(schema) && isObject(schema.properties) ? schema.properties : {};

function idKindOf(reading: Reading | undefined, schema: unknown): IdKind {
  if (reading && reading.items.length > 0) return reading.idKind;
  if (!isObject(schema)) return 'integer';
  if (schema.format === 'uuid') return 'uuid';
  return schema.type === 'string' ? 'text' : 'integer';
}

/** Paths of fields with one of these formats, inside objects and arrays too. */
function pathsOf(schema: unknown, formats: readonly string[], path = ''): string[] {
  if (!isObject(schema)) return [];
  if (formats.includes(String(schema.format))) return path === '' ? [] : [path];
  const inside = Object.entries(propertiesOf(schema)).flatMap(([field, property]) =>
    pathsOf(property, formats, path === '' ? field : `${path}.${field}`),
  );
  return [...inside, ...pathsOf(schema.items, formats, path)];
}

/** Fixture items that break their schema: served all the same, said at start with their place. */
function faults(
  source: Source,
  reading: Reading,
  check: Check | undefined,
  idField: string,
  overlooks: Overlooks,
): string[] {
  if (!check) return [];
  const lines: string[] = [];
  let more = 0;
  const values: readonly unknown[] = reading.kind === 'collection' ? reading.items : [reading.value];
  values.forEach((value, position) => {
    for (const violation of itemViolations(check, value, idField)) {
      if (overlooks(violation, check.schema)) continue;
      if (lines.length >= WARNINGS_PER_RESOURCE) {
        more++;
        continue;
      }
      const path = reading.kind === 'collection' ? [position] : [];
      lines.push(`${showPlace(source.locate(path))}: ${source.name}${violation.path} ${violation.message}`);
    }
  });
  return more > 0 ? [...lines, `${source.name}: ${more} more faults`] : lines;
}
