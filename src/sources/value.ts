import { LIMIT } from '../json/levels.ts';
import { Problem } from '../problem.ts';
import type { Format } from './formats/format.ts';
import { formats } from './formats/table.ts';
import { versionOf } from './layout.ts';
import { extensionOf } from './list.ts';
import { runModule } from './module.ts';
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
  const format = await (formats.get(extensionOf(file)) as () => Promise<Format>)();
  const bytes = await readRegular(file);
  const version = versionOf(bytes);
  if (version === known) return undefined;
  if (format.isModule)
    return { value: asJson(await runModule(file, version), file), version, format, text: '' };
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
