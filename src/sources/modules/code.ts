import { SourceMap } from 'node:module';
import { compileFunction } from 'node:vm';
import type { Options } from 'sucrase';
import type { Position } from '../../json/text.ts';
import { withPlace } from './place.ts';

/** Code that Node can run. */
interface Code {
  readonly format: 'module' | 'commonjs';
  readonly source: string;
}

/** Files that are run; others, such as JSON, are read as Node reads them. */
export const isCode = (path: string): boolean => /\.[cm]?[jt]s$/.test(path);

export const isTyped = (path: string): boolean => /\.[cm]?ts$/.test(path);

/** A `.js` or `.ts` says by what stands in it what it is, whatever a `package.json` says. */
export async function toCode(path: string, text: string): Promise<Code> {
  const source = isTyped(path) ? await withoutTypes(path, text) : text;
  const letter = path.at(-3);
  const isScript = letter === 'c' || (letter === '.' && runsAsScript(source));
  return { format: isScript ? 'commonjs' : 'module', source };
}

/** What is left stands in the same line as before. */
async function withoutTypes(path: string, text: string): Promise<string> {
  const { transform } = await import('sucrase');
  try {
    return transform(text, optionsOf(path)).code;
  } catch (error) {
    const { message, position } = readFault(error as Error);
    throw withPlace(new SyntaxError(message), { file: path, ...position });
  }
}

const optionsOf = (path: string): Options => ({
  // CommonJS may be written with import and export.
  transforms: path.endsWith('.cts') ? ['typescript', 'imports'] : ['typescript'],
  disableESTransforms: true,
  preserveDynamicImport: true,
});

function runsAsScript(source: string): boolean {
  try {
    compileFunction(source.replace(/^#!.*/, ''), ['exports', 'require', 'module', '__filename', '__dirname']);
    return true;
  } catch {
    return false;
  }
}

/** Where a place of the code that ran stands in the file. */
export async function original(path: string, text: string, { line, column }: Position): Promise<Position> {
  if (!isTyped(path)) return { line, column };
  const { transform } = await import('sucrase');
  const mapped = { sourceMapOptions: { compiledFilename: path }, filePath: path };
  const map = transform(text, { ...optionsOf(path), ...mapped }).sourceMap;
  const found = new SourceMap({ ...map, file: path } as never).findEntry(line - 1, column - 1);
  return 'originalLine' in found
    ? { line: found.originalLine + 1, column: found.originalColumn + 1 }
    : { line, column };
}

/** The first fault of the syntax of a module, if there is one: Node does not say where it is. */
export async function syntaxFault(path: string, text: string): Promise<Position | undefined> {
  const { transform } = await import('sucrase');
  try {
    const { code } = transform(text, { ...optionsOf('.cts'), transforms: ['imports'] });
    // A function says where it fails, and may hold all that a module may, but for imports, which are gone from it.
    const body = `return async () => {${code.replaceAll('import.meta', 'import_meta')}\n}`;
    compileFunction(body, [], { filename: path });
    return undefined;
  } catch (error) {
    return readFault(error as Error).position ?? readHead(error as Error, text);
  }
}

/** sucrase ends its messages with `(line:column)`. */
function readFault({ message }: Error): { readonly message: string; readonly position?: Position } {
  const [end, line, column] = / \((\d+):(\d+)\)$/.exec(message) ?? [];
  if (end === undefined) return { message };
  return { message: message.slice(0, -end.length), position: { line: Number(line), column: Number(column) } };
}

/** Node's stack begins with `file:line`, the line itself, and a caret below it. */
function readHead({ stack = '' }: Error, text: string): Position | undefined {
  const [head = '', shown, caret = ''] = stack.split('\n');
  const line = Number(/:(\d+)$/.exec(head)?.[1]);
  if (Number.isNaN(line)) return undefined;
  // In a line that is not as it was written, the column is not either.
  return { line, column: text.split(/\r?\n/)[line - 1] === shown ? caret.indexOf('^') + 1 : 1 };
}
