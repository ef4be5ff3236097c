import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.ts';
import { json } from '../sources/formats/json.ts';
import { type Layout, newFile, withResource } from '../sources/layout.ts';
import { isFixtureFile } from '../sources/list.ts';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What a folder would take for a schema, or leave out, is no place for data. */
const isRead = (file: string): boolean => isFixtureFile(file) && !file.endsWith('.schema.json');

/** Where a resource that has a schema and no file will be read again: in the first source that can take it. */
export function homeOf(name: string, sources: readonly string[], layouts: readonly Layout[]): Layout {
  for (const source of sources) {
    const file = join(source, `${name}.json`);
    if (isFolder(source) && isRead(file)) return newFile(file, name, json);
    const set = layouts.find((layout) => layout.file === source && layout.form === 'set');
    if (set && name !== '$schema') return withResource(set, name);
  }
  throw new Problem('not-saved', `the write could not be saved: '${name}' has a schema and no file`, {
    hint: `Name a folder as a source, or make '${name}.json' one: begin it with [].`,
  });
}
