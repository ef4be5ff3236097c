import { createScanner, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { Problem } from '../problem.ts';
import { deeperThan, FLATTEN, LIMIT, MAX_TEXT_LEVELS } from './levels.ts';

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

interface Token {
  readonly offset: number;
  /** Its first character tells a bracket, a comma or a colon from a value. */
  readonly first: string;
  /** The text of a string or a bare name, without its quotes. */
  readonly value: string;
}

const SINGLE_QUOTED = /'([^'\\]*(?:\\.[^'\\]*)*)'?/sy;

/** The tokens of JSON with comments; with `json5`, texts in single quotes are tokens too. */
function* tokensOf(text: string, json5 = false): Generator<Token> {
  const scanner = createScanner(text, true);
  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    if (offset >= text.length) return;
    const first = text[offset] as string;
    let value = scanner.getTokenValue();
    if (json5 && first === "'") {
      SINGLE_QUOTED.lastIndex = offset;
      const quoted = SINGLE_QUOTED.exec(text) as RegExpExecArray;
      value = quoted[1] as string;
      scanner.setPosition(offset + quoted[0].length);
    }
    yield { offset, first, value };
  }
}

const isOpening = ({ first }: Token): boolean => first === '{' || first === '[';
const isClosing = ({ first }: Token): boolean => first === '}' || first === ']';

/** Where a text opens one level more than it may; undefined where it does not. A bracket that fits none closes none. */
function offsetTooDeep(text: string): number | undefined {
  const open: Token[] = [];
  for (const token of tokensOf(text)) {
    if (isOpening(token)) open.push(token);
    else if (isClosing(token) && (open.at(-1)?.first === '{') === (token.first === '}')) open.pop();
    if (open.length > MAX_TEXT_LEVELS) return token.offset;
  }
  return undefined;
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

interface JsonFault {
  readonly code: 'bad-json' | 'too-deep';
  readonly offset: number;
  /** `not JSON: expected ',' or '}', found the end of the text` */
  readonly message: string;
  readonly hint?: string;
}

/** Where the first fault of a text that is not JSON stands, what was expected there and what came. */
function findFault(text: string): JsonFault {
  const deep = offsetTooDeep(text);
  // The parser calls itself for each level.
  if (deep !== undefined) return { code: 'too-deep', offset: deep, message: LIMIT, hint: FLATTEN };
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const kinds = errors.map(({ error }) => printParseErrorCode(error));
  // A wrong symbol is told first, and what belongs in its place next.
  const kind = (kinds[0] === 'InvalidSymbol' ? kinds[1] : undefined) ?? kinds[0] ?? '';
  const offset = errors[0]?.offset ?? text.length;
  const found = text.slice(offset).match(/^\s*("(?:\\.|[^"\\\n])*"?|\w+|\S)?/)?.[1];
  const wanted = expected[kind] ?? 'a JSON value';
  const came =
    found === undefined ? 'the end of the text' : found.length > 20 ? `${found.slice(0, 20)}…` : found;
  return { code: 'bad-json', offset, message: `not JSON: expected ${wanted}, found ${came}` };
}

/** Two brackets a level: a shorter text cannot be nested too deep. */
const isDeep = (text: string, value: unknown): boolean =>
  text.length > 2 * MAX_TEXT_LEVELS && deeperThan(MAX_TEXT_LEVELS, value) !== undefined;

/** Strict JSON. Throws `bad-json` or `too-deep` with the place of the fault; `file` names the text in a message. */
export function parseJson(text: string, file?: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!isDeep(text, value)) return value;
  } catch {
    // Told below, with its place.
  }
  const { code, offset, message, hint } = findFault(text);
  const { line, column } = positionAt(text, offset);
  const facts = { text, offset, ...(hint ? { hint } : {}) };
  if (file === undefined) throw new Problem(code, `${message} at line ${line}, column ${column}`, facts);
  throw new Problem('bad-fixture', message, { ...facts, place: { file, line, column } });
}

/** Where a path of keys and indexes stands in a text of JSON, JSONC or JSON5; undefined when it is not there. */
export function locateJson(text: string, path: readonly (string | number)[]): Position | undefined {
  const tokens = tokensOf(text, true);
  const next = () => tokens.next().value as Token | undefined;
  let at = next();
  for (const step of path) {
    at = at && memberOf(at, String(step), next);
    if (!at) return undefined;
  }
  return at && positionAt(text, at.offset);
}

/** The first token of a member, where `next` has just given the one that opens its array or object. */
function memberOf(opening: Token, step: string, next: () => Token | undefined): Token | undefined {
  if (!isOpening(opening)) return undefined;
  for (let i = 0; ; i++) {
    let token = next();
    let name = String(i);
    if (opening.first === '{' && token && !isClosing(token)) {
      name = token.value;
      next();
      token = next();
    }
    if (!token || isClosing(token)) return undefined;
    if (name === step) return token;
    if (!isFollowed(token, next)) return undefined;
  }
}

/** Goes on to the comma behind a value; false where none follows. */
function isFollowed(value: Token, next: () => Token | undefined): boolean {
  let level = 0;
  for (let token: Token | undefined = value; token; token = next()) {
    if (isOpening(token)) level++;
    else if (isClosing(token)) level--;
    else if (token.first === ',' && level === 0) return true;
    if (level < 0) return false;
  }
  return false;
}
