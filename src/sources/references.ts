import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SchemaSource } from '../json/source.ts';
import { filesReferredTo } from '../schema/references.ts';
import { formats, isModule } from './formats/table.ts';
import { extensionOf } from './list.ts';
import { withinFileTime } from './read.ts';

/** The files that schemas refer to beside the schemas of resources, and those that these refer to. */
export async function readReferenced(
  schemas: readonly SchemaSource[],
  read: (file: string) => Promise<SchemaSource>,
): Promise<SchemaSource[]> {
  const known = new Set(schemas.map(({ uri }) => uri));
  const all = [...schemas];
  for (const schema of all) {
    for (const uri of filesReferredTo(schema)) {
      const file = fileURLToPath(uri);
      if (known.has(uri) || !(await isData(file))) continue;
      known.add(uri);
      all.push(await read(file));
    }
  }
  return all.slice(schemas.length);
}

/** No module runs because a schema names it. What does not exist is said when the reference is followed. */
async function isData(file: string): Promise<boolean> {
  const ending = extensionOf(file);
  if (!formats.has(ending) || isModule(ending)) return false;
  const info = await withinFileTime(
    file,
    stat(file).catch(() => undefined),
  );
  return info?.isFile() ?? false;
}
