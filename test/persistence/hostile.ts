import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/json/json.ts';

/** Texts that one format or another takes for something else, as keys and as values. */
export const texts = [
  // Nothing, white space, and ends of lines of every kind.
  ...['', ' ', '   ', '\t', 'a\t', '\ta', '\n', '\n\n', '\r', '\r\n', 'a\nb', 'a\rb', 'a\r\nb'],
  ...['a\n', 'a\n\n', 'a\n \n', '\n a', ' a\n b\n', 'a\n  b\n c', '\u0085', '\u2028', '\u2029'],
  // What YAML gives a meaning.
  ...[
    '<<',
    '=',
    '~',
    '*a',
    '&a',
    '!a',
    '!!str',
    '%TAG',
    '@a',
    '`a',
    '---',
    '...',
    '- a',
    '? a',
    ': a',
    'a: b',
  ],
  ...[
    '#a',
    'a #b',
    '|',
    '>',
    'yes',
    'No',
    'off',
    'y',
    '12:30:45',
    '2024-02-29',
    '2024-02-29T00:00:00Z',
    '.inf',
  ],
  // Numbers and constants, and what only looks like them.
  ...[
    '1',
    '-1',
    '0',
    '-0',
    '+1',
    '007',
    '0x10',
    '0o7',
    '1_000',
    '1.0',
    '1e3',
    '1e999',
    '1E400',
    '.5',
    '5.',
    'NaN',
  ],
  ...['Infinity', '-Infinity', 'null', 'Null', 'true', 'TRUE', 'undefined', '12345678901234567890'],
  // Punctuation of JSON, JSON5 and CSV, and formulas of a spreadsheet.
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ';',
    ':',
    '"',
    "'",
    '""',
    "it's",
    '\\',
    '\\n',
    '//x',
    '/*',
    '*/',
    '=1+1',
    '+A1',
    '@SUM',
  ],
  // Names that objects have by themselves.
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length'],
  // Letters beyond ASCII, half of one, and a byte order mark.
  ...['\0', '\u007f', 'é', '\u{1f600}', '\ud800', 'a\udc00b', '\ufeff', '\ufeffa', '\ufffd'],
  'long '.repeat(60),
  'x'.repeat(300),
] as const;

export const numbers = [
  0,
  -0,
  1,
  -1,
  1.5,
  0.1,
  1e21,
  1e-7,
  5e-324,
  1.7976931348623157e308,
  Number('12345678901234567890'),
  2 ** 53,
  -(2 ** 53),
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.constantFrom(...texts), { maxLength: 3 }).map((parts) => parts.join('')),
);
const number = fc.oneof(fc.constantFrom(...numbers), fc.double({ noNaN: true, noDefaultInfinity: true }));

/** Texts, of which some cannot be written in UTF-8. */
export const hostileText: fc.Arbitrary<string> = text;

const { object, any } = fc.letrec<{ any: Json; object: JsonObject }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(text, tie('any')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
}));

export const hostileObject: fc.Arbitrary<JsonObject> = object;
export const hostileValue: fc.Arbitrary<Json> = any;

export const style = fc.record({
  indent: fc.constantFrom('', ' ', '  ', '    ', '\t'),
  finalNewline: fc.boolean(),
  crlf: fc.boolean(),
});
