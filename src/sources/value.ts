import { LIMIT } from '../json/levels.ts';
import { Problem } from '../problem.ts';
import type { Format } from './formats/format.ts';
import { formats } from './formats/table.ts';
import { versionOf } from './layout.ts';
import { extensionOf } from './list.ts';
import type { Modules } from './modules/loader.ts';
import { readRegular } from './read.ts';

export interface Read {
  readonly value: unknown;
  readonly version: string;
  readonly format: Format;
  readonly text: string;
}

/** What a file may be, and what is said of one that holds nothing. */
export type Kind = 'fixtures' | 'a JSON Schema';

/** The value of a file, or undefined where it is the version that is known. */
export async function readValue(
  file: string,
  known: string | undefined,
  kind: Kind = 'fixtures',
): Promise<Read | undefined> {
  const format = await formatOf(file);
  const bytes = await readRegular(file);
  const version = versionOf(bytes);
  if (version === known) return undefined;
  const text = decode(bytes, file);
  if (text.trim() === '' && !format.isList)
    throw new Problem(
      kind === 'fixtures' ? 'bad-fixture' : 'bad-schema',
      `expected ${kind}, found an empty file`,
      {
        place: { file, line: 1, column: 1 },
      },
    );
  return { value: format.parse(text, file), version, format, text };
}

/** What a module makes, or undefined if nothing that it is made of changed since the version that is known. */
export async function runModule(
  file: string,
  known: string | undefined,
  modules: Modules,
): Promise<Read | undefined> {
  await readRegular(file);
  const ran = await modules.run(file, known);
  return ran && { ...ran, value: asJson(ran.value, file), format: await formatOf(file), text: '' };
}

const formatOf = (file: string): Promise<Format> =>
  (formats.get(extensionOf(file)) as () => Promise<Format>)();

function decode(bytes: Buffer, file: string): string {
  try {
    // A byte order mark is dropped here.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('bad-fixture', 'expected UTF-8 text', { place: { file } });
  }
}

/** What code makes may hold dates and more: it is served as JSON, so it is kept as JSON. */
export function asJson<T>(value: T, file: string): T {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null') as T;
  } catch (error) {
    // Too deep for the stack, and so for what is served.
    const why = error instanceof RangeError ? LIMIT : (error as Error).message;
    throw new Problem('bad-fixture', `expected data that JSON can hold: ${why}`, { place: { file } });
  }
}
