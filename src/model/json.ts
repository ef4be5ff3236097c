import { findNodeAtLocation, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import { Problem } from '../problem.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };
/** One JSON object of a collection, or the object of a singleton. Never changed in place: a write replaces it. */
export type Item = JsonObject;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `null`, `array`, `object`, `text`, `number`, `boolean`: how messages name what came. */
export const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : typeof value === 'object'
        ? 'an object'
        : typeof value === 'string'
          ? 'text'
          : `a ${typeof value}`;

/** Deep equality of JSON values. The order of keys counts only where `ordered` says so: it shows in the text. */
export function sameJson(a: unknown, b: unknown, ordered = false): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, i) => sameJson(value, b[i], ordered));
  }
  if (Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  if (keys.length !== others.length) return false;
  const [left, right] = [a as JsonObject, b as JsonObject];
  return keys.every(
    (key, i) =>
      (ordered ? others[i] === key : Object.hasOwn(right, key)) && sameJson(left[key], right[key], ordered),
  );
}

/** The value with one own field set; `__proto__` is a field like any other, never the prototype. */
export function setField<T extends object>(target: T, key: string, value: unknown): T {
  if (key !== '__proto__') (target as Record<string, unknown>)[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  return target;
}

/** RFC 6901: the pointer of a path of keys and indexes. */
export const toPointer = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const fromPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  let line = 1;
  for (let i = before.indexOf('\n'); i !== -1; i = before.indexOf('\n', i + 1)) line++;
  return { line, column: offset - lastBreak };
}

const expected: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a JSON value',
  InvalidNumberFormat: 'a number',
  PropertyNameExpected: 'a property name in double quotes',
  ValueExpected: 'a value',
  ColonExpected: "':'",
  CommaExpected: "','",
  CloseBraceExpected: "',' or '}'",
  CloseBracketExpected: "',' or ']'",
  EndOfFileExpected: 'the end of the text',
  InvalidCommentToken: 'a JSON value (comments are not JSON)',
  UnexpectedEndOfComment: 'the end of the comment',
  UnexpectedEndOfString: 'text that ends in a double quote',
  UnexpectedEndOfNumber: 'a digit',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'a JSON escape such as \\n or \\"',
  InvalidCharacter: 'text without control characters',
};

export interface JsonFault extends Position {
  readonly offset: number;
  /** `expected ',' or '}', found the end of the text` */
  readonly message: string;
}

/** Where the first fault of a text that is not JSON stands, what was expected there and what came. */
export function findFault(text: string, jsonc = false): JsonFault {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: !jsonc, allowTrailingComma: jsonc });
  const kinds = errors.map(({ error }) => printParseErrorCode(error));
  // A wrong symbol is told first, and what belongs in its place next.
  const kind = (kinds[0] === 'InvalidSymbol' ? kinds[1] : undefined) ?? kinds[0] ?? '';
  const offset = errors[0]?.offset ?? text.length;
  const found = text.slice(offset).match(/^\s*("(?:\\.|[^"\\\n])*"?|\w+|\S)?/)?.[1];
  const wanted = expected[kind] ?? 'a JSON value';
  const came =
    found === undefined ? 'the end of the text' : found.length > 20 ? `${found.slice(0, 20)}…` : found;
  return { ...positionAt(text, offset), offset, message: `expected ${wanted}, found ${came}` };
}

/** Strict JSON. Throws `bad-json` with the place of the fault; `file` names the text in a message. */
export function parseJson(text: string, file?: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, offset, message } = findFault(text);
    const facts = { text, offset, ...(file === undefined ? {} : { place: { file, line, column } }) };
    const where = file === undefined ? ` at line ${line}, column ${column}` : '';
    throw new Problem(file === undefined ? 'bad-json' : 'bad-fixture', `not JSON: ${message}${where}`, facts);
  }
}

/** Where a path of keys and indexes stands in a JSON or JSONC text; undefined when it is not there. */
export function locateJson(text: string, path: readonly (string | number)[]): Position | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, [...path]);
  return node && positionAt(text, node.offset);
}
