import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toPointer } from '../json/json.ts';
import type { Data, SchemaSource, Source } from '../json/source.ts';
import { Problem, showPlace } from '../problem.ts';
import { isModule } from './formats/table.ts';
import { type Layout, readLayout } from './layout.ts';
import { extensionOf, type Listed, listSchemas, listSource } from './list.ts';
import type { Modules } from './modules/loader.ts';
import { readReferenced } from './references.ts';
import { checkLevels, locator, readSources } from './sources.ts';
import { refuseUrl } from './url.ts';
import { asJson, readValue, runModule } from './value.ts';

/** A file, a folder, or data under the names of its resources. */
export type SourceOption = string | object;

/** What was read from a file, as long as its text stays the same. */
interface Cached {
  readonly version: string;
  readonly sources: readonly Source[];
  readonly layout?: Layout;
  /** What was passed in code, or by the config: another object is other data. */
  readonly data?: object;
}

/** Carries over from one load to the next, so that files that did not change are not parsed again. */
export type FileCache = Map<string, Cached>;

export interface Loaded {
  readonly data: Data;
  readonly warnings: readonly string[];
  /** The hash of every file that was read: the same again means that nothing changed. */
  readonly versions: ReadonlyMap<string, string>;
  /** The fixture files, and how each is put together. */
  readonly layouts: readonly Layout[];
}

export interface LoadOptions {
  readonly sources: readonly SourceOption[];
  readonly schemas?: string | undefined;
  /** The config: where it lies in a folder of fixtures, it is not said to be skipped. */
  readonly config?: string | undefined;
  readonly idField: string;
  readonly cache: FileCache;
  readonly modules: Modules;
}

/** Reads every source. Throws the first thing that cannot be read, with its place. */
export async function load({
  sources,
  schemas,
  config,
  idField,
  cache,
  modules,
}: LoadOptions): Promise<Loaded> {
  const resources = new Map<string, Source>();
  const layouts: Layout[] = [];
  const add = (source: Source) => {
    const other = resources.get(source.name);
    if (other) throw nameTaken(source, other);
    resources.set(source.name, source);
  };
  const listed = await Promise.all(sources.map((one) => (typeof one === 'string' ? listAt(one) : undefined)));
  const ofOption = schemas === undefined ? undefined : await listSchemasAt(schemas);
  const schemaFiles = new Set([...listed, ofOption].flatMap((one) => one?.schemas ?? []));
  const skipped = [...listed, ofOption].flatMap((one) => one?.skipped ?? []);
  const found = await readSchemas(schemaFiles, cache);
  const referenced = await readReferenced([...found.values()], (file) => readSchema(file, cache));
  for (const { file } of referenced) schemaFiles.add(file);
  for (const [position, option] of sources.entries()) {
    if (typeof option !== 'string') {
      for (const source of dataSources(option, position, cache)) add(source);
      continue;
    }
    for (const { file, inFolder } of listed[position]?.files ?? []) {
      // What a schema refers to is a part of it, wherever it lies.
      if (inFolder && schemaFiles.has(file)) continue;
      const { sources, layout } = await readFixture(file, inFolder, { idField, cache, modules });
      for (const source of sources) add(source);
      if (layout) layouts.push(layout);
    }
  }
  const keys = [
    ...layouts.map(({ file }) => [file, file] as const),
    ...[...schemaFiles].map((file) => [file, asSchema(file)] as const),
  ];
  const versions = new Map(keys.map(([file, key]) => [file, cache.get(key)?.version ?? '']));
  const named = new Set([config, ...sources].map((one) => (typeof one === 'string' ? resolve(one) : '')));
  const warnings = skipped
    .filter(({ file }) => !named.has(file))
    .map(({ file, why }) => `${file}: skipped, ${why}`);
  return {
    data: { resources, schemas: found, referenced },
    warnings: [...new Set(warnings)],
    versions,
    layouts,
  };
}

/** Rejects, and never throws: of several sources, nobody waits for the others then. */
async function listAt(source: string): Promise<Listed> {
  refuseUrl(source);
  return listSource(resolve(source));
}

function listSchemasAt(folder: string): Promise<Omit<Listed, 'files'>> {
  refuseUrl(folder);
  return listSchemas(resolve(folder), true);
}

function nameTaken(source: Source, other: Source): Problem {
  return new Problem(
    'name-taken',
    `'${source.name}' is given by ${showPlace(other.locate([]))} and by ${showPlace(source.locate([]))}`,
    {
      place: source.locate([]),
      hint: 'Rename one of them, or leave one out.',
    },
  );
}

/** Data passed in code: copied, so that nobody changes it behind the server's back. */
function dataSources(data: object, position: number, cache: FileCache): readonly Source[] {
  const file = `data ${position + 1}`;
  const known = cache.get(file);
  if (known?.data === data) return known.sources;
  const sources = Object.entries(asJson(data, 'data')).map(
    ([name, value]): Source => ({
      name,
      value,
      file: 'data',
      locate: (path) => ({ file: 'data', pointer: toPointer([name, ...path]) }),
    }),
  );
  sources.forEach(checkLevels);
  cache.set(file, { version: '', sources, data });
  return sources;
}

async function readFixture(
  file: string,
  inFolder: boolean,
  { idField, cache, modules }: Pick<LoadOptions, 'idField' | 'cache' | 'modules'>,
): Promise<Cached> {
  const known = cache.get(file);
  const version = known?.version;
  const read = isModule(extensionOf(file))
    ? await runModule(file, version, modules)
    : await readValue(file, version);
  if (!read) return known as Cached;
  const sources = readSources(file, inFolder, idField, read);
  sources.forEach(checkLevels);
  const cached = {
    version: read.version,
    sources,
    layout: readLayout({ file, inFolder, idField, sources, ...read }),
  };
  cache.set(file, cached);
  return cached;
}

async function readSchemas(files: Iterable<string>, cache: FileCache): Promise<Map<string, SchemaSource>> {
  const found = new Map<string, SchemaSource>();
  for (const file of files) {
    const schema = await readSchema(file, cache);
    const other = found.get(schema.name);
    if (other) throw nameTaken(schema, other);
    found.set(schema.name, schema);
  }
  return found;
}

/** A file may be a fixture today and a part of a schema tomorrow. */
const asSchema = (file: string): string => `schema ${file}`;

async function readSchema(file: string, cache: FileCache): Promise<SchemaSource> {
  const known = cache.get(asSchema(file));
  const read = await readValue(file, known?.version, 'a JSON Schema');
  if (!read) return known?.sources[0] as SchemaSource;
  const name = basename(file).replace(/\.schema\.[^.]+$/, '');
  const schema: SchemaSource = {
    name,
    value: read.value,
    file,
    uri: pathToFileURL(file).href,
    locate: locator(file, read.format),
  };
  checkLevels(schema);
  cache.set(asSchema(file), { version: read.version, sources: [schema] });
  return schema;
}
