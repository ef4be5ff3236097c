import { locateJson, parseJson } from '../../json/text.ts';
import { Problem } from '../../problem.ts';
import { type Format, fault, type Style, styled } from './format.ts';

const stringify = (value: unknown, style: Style): string =>
  styled(JSON.stringify(value, null, style.indent), style);

export const json: Format = { name: 'JSON', parse: parseJson, locate: locateJson, stringify };

/** An item a line. */
export const ndjson: Format = {
  name: 'NDJSON',
  isList: true,
  parse(text, file) {
    return text.split('\n').flatMap((line, i) => {
      if (line.trim() === '') return [];
      try {
        return [parseJson(line, file)];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const { column = 1 } = error.facts.place ?? {};
        throw fault(file, error.message, { line: i + 1, column });
      }
    });
  },
  locate(text, [position]) {
    const lines = [...text.split('\n').entries()].filter(([, line]) => line.trim() !== '');
    const line = lines[Number(position ?? 0)]?.[0];
    return line === undefined ? undefined : { line: line + 1, column: 1 };
  },
  stringify: (value, style) =>
    styled((value as unknown[]).map((item) => JSON.stringify(item)).join('\n'), style),
};

/** Halves of characters, which UTF-8 cannot hold, and the line ends of Unicode, which JSON5's reader frowns at. */
const ESCAPED = /[\p{Surrogate}\u2028\u2029]/gu;

const escaped = (text: string): string =>
  text.replace(ESCAPED, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

export async function loadJson5(): Promise<Format> {
  const { default: json5 } = await import('json5');
  return {
    name: 'JSON5',
    constants: true,
    parse(text, file) {
      try {
        return json5.parse(text);
      } catch (error) {
        const { lineNumber, columnNumber, message } = error as {
          lineNumber: number;
          columnNumber: number;
          message: string;
        };
        const what = message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, '');
        throw fault(file, `not JSON5: expected a JSON5 value, found ${what}`, {
          line: lineNumber,
          column: columnNumber,
        });
      }
    },
    locate: locateJson,
    stringify: (value, style) => styled(escaped(json5.stringify(value, null, style.indent)), style),
  };
}

/** JSON with comments: read as leniently as JSON5, written so that strict readers of it can read it too. */
export async function loadJsonc(): Promise<Format> {
  const { parse } = await loadJson5();
  return { ...json, name: 'JSONC', parse, stringify: (value, style) => escaped(stringify(value, style)) };
}
