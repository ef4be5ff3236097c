import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Problem } from '../problem.ts';
import { formats, isModule } from './formats/table.ts';
import { checkRegular, withinFileTime } from './read.ts';

export const extensionOf = (file: string): string => extname(file).slice(1).toLowerCase();
const isSchema = (name: string): boolean => /\.schema\.[^.]+$/.test(name);
const isHidden = (name: string): boolean => /^\.|\.tmp$|~$/.test(name);

const TOOLS = "it belongs to the project's tools";

/** What a folder holds besides data, and what is said of it: the first row that a name fits. */
const skips: readonly (readonly [fits: (name: string) => boolean, why: string])[] = [
  [
    (name) => name.startsWith('standin.config.'),
    'a folder of data is no place for a config; --config FILE reads it',
  ],
  [(name) => /.\.config\.|^package\.json$|^tsconfig.*\.json$/.test(name), TOOLS],
  [
    (name) => /^(package-lock|npm-shrinkwrap|packages\.lock)\.json$|^pnpm-lock\.yaml$|\.lockb?$/.test(name),
    TOOLS,
  ],
  [(name) => name === 'node_modules', TOOLS],
  [
    (name) => isModule(extensionOf(name)) && isSchema(name),
    'modules of a folder are not run; write the schema as JSON or YAML',
  ],
  [
    (name) => isModule(extensionOf(name)),
    'modules of a folder are not run; name the file itself as a source to run it',
  ],
  [(name) => !formats.has(extensionOf(name)), 'not a format of fixtures'],
];

const whySkipped = (name: string): string | undefined => skips.find(([fits]) => fits(name))?.[1];

const isData = (name: string): boolean => !isHidden(name) && whySkipped(name) === undefined;

/** Files that a change of makes a reload worth while; see watch.ts. */
export const isFixtureFile = (file: string): boolean => isData(basename(file));

export interface Listed {
  readonly files: readonly { readonly file: string; readonly inFolder: boolean }[];
  readonly schemas: readonly string[];
  /** What lies there and is not read, and why. */
  readonly skipped: readonly Skipped[];
}

interface Skipped {
  readonly file: string;
  readonly why: string;
}

/** The fixture files of a source, and the schema files that lie beside or beneath them. */
export const listSource = (path: string): Promise<Listed> => withinFileTime(path, list(path));

async function list(path: string): Promise<Listed> {
  const info = await stat(path).catch(() => undefined);
  if (!info)
    throw new Problem('no-source', `there is no file or folder ${path}`, {
      hint: 'Name a fixture file or a folder of them, or try --demo.',
    });
  const folder = info.isDirectory() ? path : dirname(path);
  const beneath = await listSchemas(join(folder, 'schemas'));
  if (!info.isDirectory()) {
    checkRegular(info, path);
    checkFormat(path);
    const beside = await listSchemas(folder);
    return {
      files: [{ file: path, inFolder: false }],
      schemas: [...beside.schemas, ...beneath.schemas],
      skipped: [...beside.skipped, ...beneath.skipped],
    };
  }
  const { data, skipped } = await look(folder);
  return {
    files: data.filter((file) => !isSchema(file)).map((file) => ({ file, inFolder: true })),
    schemas: [...data.filter(isSchema), ...beneath.schemas],
    skipped: [...skipped, ...beneath.skipped],
  };
}

function checkFormat(file: string): void {
  if (formats.has(extensionOf(file))) return;
  throw new Problem(
    'bad-fixture',
    `expected one of ${[...formats.keys()].map((one) => `.${one}`).join(', ')}; found ${basename(file)}`,
    { place: { file } },
  );
}

/** The schema files of a folder, whatever else lies there; of none, where there is no folder and none is required. */
export async function listSchemas(folder: string, required = false): Promise<Omit<Listed, 'files'>> {
  try {
    const { data, skipped } = await look(folder);
    const isOurs = ({ file }: Skipped) => isSchema(file) && formats.has(extensionOf(file));
    return { schemas: data.filter(isSchema), skipped: skipped.filter(isOurs) };
  } catch (error) {
    if (!required) return { schemas: [], skipped: [] };
    throw new Problem('no-source', `there is no folder of schemas ${folder}`, {
      hint: `Name one with --schemas, or leave that out. ${(error as Error).message}`,
    });
  }
}

/** The data of a folder, in order, and what is no data. Folders in it are none of its own, and not said. */
async function look(folder: string): Promise<{ data: string[]; skipped: Skipped[] }> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !isHidden(name));
  const data: string[] = [];
  const skipped: Skipped[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, entry.name);
    // A link that leads nowhere is told when it is read.
    const info = entry.isSymbolicLink() ? await stat(file).catch(() => undefined) : entry;
    if (info?.isDirectory() && entry.name !== 'node_modules') continue;
    const isRegular = !info || info.isFile() || info.isDirectory();
    const why = isRegular ? whySkipped(entry.name) : 'not a regular file';
    if (why === undefined) data.push(file);
    else skipped.push({ file, why });
  }
  return { data, skipped };
}
