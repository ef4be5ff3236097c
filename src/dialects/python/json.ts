/** What Python's `json.loads` says of a text that is not JSON. `pos` counts code points from 0, line and column from 1. */
export interface PythonJsonError {
  readonly message: string;
  readonly pos: number;
  readonly line: number;
  readonly column: number;
  /** `NaN` or `Infinity`, which Python reads and JSON has not; such a message stands without a position. */
  readonly constant?: string;
}

/** `Expecting value: line 1 column 1 (char 0)`, as Python prints it. */
export const pythonJsonSentence = ({ message, pos, line, column, constant }: PythonJsonError): string =>
  constant === undefined ? `${message}: line ${line} column ${column} (char ${pos})` : message;

class Fault extends Error {
  readonly at: number;
  readonly constant: string | undefined;

  constructor(message: string, at: number, constant?: string) {
    super(message);
    this.at = at;
    this.constant = constant;
  }
}

/** The first fault, in the words and at the place of Python up to 3.12; undefined where Python finds none. */
export function pythonJsonError(text: string): PythonJsonError | undefined {
  try {
    scan(text);
    return undefined;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const { message, at, constant } = fault;
    const before = text.slice(0, at);
    const pos = codePoints(before);
    const lineStart = before.lastIndexOf('\n') + 1;
    return {
      message,
      pos,
      line: before.split('\n').length,
      column: codePoints(before.slice(lineStart)) + 1,
      ...(constant === undefined ? {} : { constant }),
    };
  }
}

const codePoints = (text: string): number => [...text].length;

/** Reads without recursion: how deep a body nests is the client's choice. */
function scan(text: string): void {
  if (text.startsWith('\uFEFF')) throw new Fault('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
  const closers: string[] = [];
  let at: number | undefined = skip(text, 0);
  while (at !== undefined) {
    const open = text[at];
    if (open !== '{' && open !== '[') {
      at = afterValue(text, scalar(text, at), closers);
      continue;
    }
    const closer = open === '{' ? '}' : ']';
    const first = skip(text, at + 1);
    if (text[first] === closer) {
      at = afterValue(text, first + 1, closers);
      continue;
    }
    closers.push(closer);
    at = closer === '}' ? key(text, first) : first;
  }
}

/** From the end of a value to the start of the next one; undefined at the end of the text. */
function afterValue(text: string, end: number, closers: string[]): number | undefined {
  let at = skip(text, end);
  for (;;) {
    const closer = closers.at(-1);
    if (closer === undefined) {
      if (at < text.length) throw new Fault('Extra data', at);
      return undefined;
    }
    if (text[at] !== closer) {
      if (text[at] !== ',') throw new Fault("Expecting ',' delimiter", at);
      const next = skip(text, at + 1);
      return closer === '}' ? key(text, next) : next;
    }
    closers.pop();
    at = skip(text, at + 1);
  }
}

/** From a name to the value behind its colon. */
function key(text: string, at: number): number {
  if (text[at] !== '"') throw new Fault('Expecting property name enclosed in double quotes', at);
  const colon = skip(text, string(text, at));
  if (text[colon] !== ':') throw new Fault("Expecting ':' delimiter", colon);
  return skip(text, colon + 1);
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;
const CONSTANT = /NaN|-?Infinity/y;

function scalar(text: string, at: number): number {
  if (text[at] === '"') return string(text, at);
  const constant = match(CONSTANT, text, at);
  if (constant !== undefined)
    throw new Fault(`Out of range float values are not JSON compliant: '${constant}'`, at, constant);
  const found = match(WORD, text, at) ?? match(NUMBER, text, at);
  if (found === undefined) throw new Fault('Expecting value', at);
  return at + found.length;
}

const PLAIN = /[^"\\\p{Cc}]*/uy;
const FIRST_PRINTABLE = 0x20;
const UNICODE = /u[\da-fA-F]{4}/y;

/** From the opening quote to behind the closing one. */
function string(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at = endOfEscape(text, at, quote);
    else if (text.charCodeAt(at) < FIRST_PRINTABLE) throw new Fault('Invalid control character at', at);
    else at += match(PLAIN, text, at)?.length || 1;
  }
  if (at >= text.length) throw new Fault('Unterminated string starting at', quote);
  return at + 1;
}

function endOfEscape(text: string, backslash: number, quote: number): number {
  const letter = text[backslash + 1];
  if (letter === undefined) throw new Fault('Unterminated string starting at', quote);
  if (letter !== 'u') {
    if (!'"\\/bfnrt'.includes(letter)) throw new Fault('Invalid \\escape', backslash);
    return backslash + 2;
  }
  // Python wants a character behind the four digits too.
  if (match(UNICODE, text, backslash + 1) === undefined || backslash + 6 >= text.length)
    throw new Fault('Invalid \\uXXXX escape', backslash + 1);
  return backslash + 6;
}

const SPACE = /[ \t\n\r]*/y;

const skip = (text: string, at: number): number => at + (match(SPACE, text, at)?.length ?? 0);

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
