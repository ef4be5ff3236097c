import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const text = (file: string) => readFileSync(join('src', file), 'utf8');
const partOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';

/** What each file imports, types included: files of ours as paths below src/, packages by their name. */
const imports = new Map(
  files.map((file) => {
    const names = [...text(file).matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map(
      ([, name = '']) => name,
    );
    return [file, names.map((name) => (name.startsWith('.') ? join(dirname(file), name) : name))];
  }),
);

const ground = ['cache', 'problem', 'options', 'limits', 'nearest', 'printable', 'remember', 'json'];
const core = [...ground, 'schema', 'model', 'store', 'query', 'dialect'];
/** What each part may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(ground.map((part) => [part, ground])),
  schema: ground,
  model: [...ground, 'schema'],
  sources: [...ground, 'schema', 'model'],
  persistence: [...ground, 'model', 'sources'],
  store: [...ground, 'schema', 'model'],
  query: [...ground, 'model', 'store'],
  dialect: [...ground, 'schema', 'model', 'store', 'query'],
  dialects: ['dialect', 'problem'],
  http: core,
  inputs: [...core, 'dialects', 'sources', 'persistence'],
  reload: [...core, 'sources', 'inputs'],
  generation: [...core, 'http', 'inputs'],
  standin: [...core, 'sources', 'persistence', 'http', 'inputs', 'reload', 'generation'],
  cli: [...core, 'dialects', 'sources', 'standin'],
  index: [...core, 'dialects', 'http', 'standin'],
};

test('imports run one way', () => {
  const wrong = [...imports].flatMap(([file, names]) =>
    names
      .filter((name) => name.endsWith('.ts') && partOf(name) !== partOf(file))
      .filter((name) => !mayImport[partOf(file)]?.includes(partOf(name)))
      .map((name) => `${file} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('a dialect imports what every dialect can import, and its own family', () => {
  const familyOf = (file: string) => file.split('/').slice(0, 2).join('/');
  const wrong = [...imports].flatMap(([file, names]) =>
    /^dialects\/.+\//.test(file)
      ? names
          .filter((name) => name.endsWith('.ts') && name !== 'dialect/index.ts')
          .filter((name) => familyOf(name) !== familyOf(file))
          .map((name) => `${file} imports ${name}`)
      : [],
  );
  expect(wrong).toEqual([]);
});

test('no file imports itself through others', () => {
  const done = new Set<string>();
  const follow = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(' -> ')];
    if (done.has(file)) return [];
    const cycles = (imports.get(file) ?? []).flatMap((name) => follow(name, [...path, file]));
    done.add(file);
    return cycles;
  };
  expect(files.flatMap((file) => follow(file, []))).toEqual([]);
});

const keepers: readonly [what: string, pattern: RegExp, where: RegExp][] = [
  ['koa and its family only in http/', /^(@koa\/|koa)/, /^http\//],
  ['yargs only in cli/', /^yargs/, /^cli\//],
  ['chokidar only in sources/watch.ts', /^chokidar/, /^sources\/watch\.ts$/],
  ['ajv only in schema/', /^ajv/, /^schema\//],
  [
    'files are touched only in sources/ and persistence/, and for the data of the contract',
    /^node:fs/,
    /^(sources|persistence|dialect\/contract)\//,
  ],
];

test.each(keepers)('%s', (_what, pattern, where) => {
  const strangers = files.filter(
    (file) => !where.test(file) && imports.get(file)?.some((name) => pattern.test(name)),
  );
  expect(strangers).toEqual([]);
});

test('what users name is imported only in sources/modules/', () => {
  const strangers = files.filter(
    (file) => !file.startsWith('sources/modules/') && /\bimport\((?!')|\brequire\((?!'\.)/.test(text(file)),
  );
  expect(strangers).toEqual([]);
});

test('the console and the environment are known only to cli/', () => {
  const strangers = files.filter(
    (file) => partOf(file) !== 'cli' && /\bconsole\.|process\.env/.test(text(file)),
  );
  expect(strangers).toEqual([]);
});

/** What a file says to the computer. */
const code = (file: string) => text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');

test('schemas are read in schema/ alone: all others read shapes', () => {
  const keyword =
    /['"`.](?:\$ref|\$defs|\$dynamicRef|allOf|anyOf|oneOf|properties|patternProperties|prefixItems)\b/;
  const strangers = files.filter((file) => partOf(file) !== 'schema');
  // The reading of pydantic says by name which keywords it has judged, and the words of a fault stand under its keyword.
  const named = /^dialects\/python\/pydantic\/overlook\.ts$/;
  expect(strangers.filter((file) => !named.test(file) && keyword.test(code(file)))).toEqual([]);
  const inside = /^schema\/(allowed|bounds|facts|gather|inside|parts|vocabulary)\.ts$/;
  expect(strangers.filter((file) => imports.get(file)?.some((name) => inside.test(name)))).toEqual([]);
});

test('a file has at most 250 lines', () => {
  expect(files.filter((file) => text(file).split('\n').length > 251)).toEqual([]);
});

test('a file is named after its idea', () => {
  expect(
    files.filter((file) => /(^|[/-])(utils?|helpers?|types?|constants?|misc|common)[.-]/.test(file)),
  ).toEqual([]);
});
