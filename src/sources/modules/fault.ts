import { inspect } from 'node:util';
import { parseJson } from '../../json/text.ts';
import { type Place, Problem } from '../../problem.ts';
import { readTextNow } from '../read.ts';
import { isCode, original, syntaxFault } from './code.ts';
import { placeInStack, placeOf } from './place.ts';

/** What a module threw, with the place in it or in a file that it imports. */
export async function moduleFault(error: unknown, file: string, files: readonly string[]): Promise<Problem> {
  const place = error instanceof Error ? await findPlace(error, files).catch(() => undefined) : undefined;
  const text =
    error instanceof Error ? String(error).replace(/\nRequire stack:[\s\S]*$/, '') : inspect(error);
  return new Problem('bad-fixture', `the module failed: ${text}`, { place: place ?? { file } });
}

async function findPlace(error: Error, files: readonly string[]): Promise<Place | undefined> {
  const known = placeOf(error);
  if (known) return known;
  const found = placeInStack(error.stack ?? '', files);
  if (found) return { ...found, ...(await original(found.file, readTextNow(found.file), found)) };
  if (!(error instanceof SyntaxError)) return undefined;
  for (const file of files) {
    const text = textOf(file);
    const position = isCode(file) ? await syntaxFault(file, text) : jsonFault(file, text);
    if (position) return { file, ...position };
  }
  return undefined;
}

/** Of a file that is gone by now: nothing. */
function textOf(file: string): string {
  try {
    return readTextNow(file);
  } catch {
    return '';
  }
}

function jsonFault(file: string, text: string): Place | undefined {
  if (!file.endsWith('.json') || text === '') return undefined;
  try {
    parseJson(text, file);
    return undefined;
  } catch (error) {
    return (error as Problem).facts.place;
  }
}
