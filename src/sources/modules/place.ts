import { pathToFileURL } from 'node:url';
import { positionAt } from '../../json/text.ts';
import type { Place } from '../../problem.ts';

/** Errors cross from the thread of the hook with the properties that are their own. */
const KEY = 'standinPlace';

export const withPlace = (error: unknown, place: Place): unknown =>
  error instanceof Error ? Object.assign(error, { [KEY]: place }) : error;

export const placeOf = (error: Error): Place | undefined => (error as { readonly [KEY]?: Place })[KEY];

/** Where a module writes the name of another. */
export function placeOfImport(specifier: string, file: string, text: string): Place {
  const offset = text.search(new RegExp(`(['"\`])${escaped(specifier)}\\1`));
  return offset === -1 ? { file } : { file, ...positionAt(text, offset) };
}

/** The first place in one of the files that a stack names. Its head has a caret below the line in place of a column. */
export function placeInStack(
  stack: string,
  files: readonly string[],
): Required<Omit<Place, 'pointer'>> | undefined {
  const names = new Map(
    files.flatMap((file) => [file, pathToFileURL(file).href].map((name) => [name, file])),
  );
  const any = [...names.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const place = new RegExp(`(${any.join('|')})(?:\\?standin=\\d+)?:(\\d+)(?::(\\d+)|\\n.*\\n( *)\\^)`);
  const [, name = '', line, column, caret = ''] = place.exec(stack) ?? [];
  const file = names.get(name);
  return file === undefined
    ? undefined
    : { file, line: Number(line), column: Number(column ?? caret.length + 1) };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
