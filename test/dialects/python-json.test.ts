import { expect, test } from 'vitest';
import { pythonJsonError, pythonJsonSentence } from '../../src/dialects/python/json.ts';

const faults: readonly (readonly [text: string, sentence: string])[] = [
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  ['  \n ', 'Expecting value: line 2 column 2 (char 4)'],
  ['hello', 'Expecting value: line 1 column 1 (char 0)'],
  ['+1', 'Expecting value: line 1 column 1 (char 0)'],
  ['[-]', 'Expecting value: line 1 column 2 (char 1)'],
  ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ['[', 'Expecting value: line 1 column 2 (char 1)'],
  ['{"a":}', 'Expecting value: line 1 column 6 (char 5)'],
  ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ["{'a': 1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{"a": 1,}', 'Expecting property name enclosed in double quotes: line 1 column 9 (char 8)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a"', "Expecting ':' delimiter: line 1 column 5 (char 4)"],
  ['{"a": 1', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ['{"a": 012}', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['{"a": [1, {"b": 2}]} x', 'Extra data: line 1 column 22 (char 21)'],
  ['1.', 'Extra data: line 1 column 2 (char 1)'],
  ['{"a": "b', 'Unterminated string starting at: line 1 column 7 (char 6)'],
  ['"a\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['["a\tb"]', 'Invalid control character at: line 1 column 4 (char 3)'],
  ['["a\\x"]', 'Invalid \\escape: line 1 column 4 (char 3)'],
  ['["\\u12G4"]', 'Invalid \\uXXXX escape: line 1 column 4 (char 3)'],
  ['"\\u1234', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['["😀", x]', 'Expecting value: line 1 column 7 (char 6)'],
  ['{\n  "é": 1,\n  oops\n}', 'Expecting property name enclosed in double quotes: line 3 column 3 (char 14)'],
  ['\uFEFF{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
  ['[NaN]', "Out of range float values are not JSON compliant: 'NaN'"],
  ['-Infinity', "Out of range float values are not JSON compliant: '-Infinity'"],
];

test.each(faults)('Python reads %j and says: %s', (text, sentence) => {
  const fault = pythonJsonError(text);
  expect(fault && pythonJsonSentence(fault)).toBe(sentence);
});

test.each(['{}', ' [] ', '-0.5e+3', '{"a":[{"b":null}],"c":"\\u00e9\\n\u007f"}', '"\u{1F600}"'])(
  'Python finds no fault in %j',
  (text) => {
    expect(pythonJsonError(text)).toBeUndefined();
  },
);

test('a body that nests a hundred thousand deep is read without a stack', () => {
  expect(pythonJsonError('['.repeat(100_000))).toMatchObject({ message: 'Expecting value', pos: 100_000 });
});
