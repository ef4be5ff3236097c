import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_STEPS } from '../../src/query/parts.ts';
import { readPattern } from '../../src/query/pattern.ts';
import { growsLinearly } from '../growth.ts';

const TEXTS = [
  '',
  'Harbour',
  'harbour lights',
  'a.b',
  'a|b',
  'aab',
  '007',
  'x-7_y',
  'ab\nab',
  'é É ß',
  '[a]',
  'A1 b2',
];

/** Patterns that people write: each finds in every text what a regular expression finds. */
const patterns: readonly string[] = [
  '',
  'ARB',
  '^harbour',
  's$',
  '^harbour$',
  '^$',
  '^',
  'a|l',
  '|',
  'a||b',
  '^a|s$',
  '(a|h)ar',
  '^(?:a|h)+.',
  '(?<name>a)b',
  '((a))',
  '()',
  'a.b',
  'a\\.b',
  'a\\|b',
  'a+b',
  'a*b',
  'a?b$',
  'a+?b',
  'a*?',
  'a??b',
  '^a{2}b',
  'a{2,}',
  'a{1,2}b',
  'a{0}b',
  'a{0,0}',
  'a{,2}',
  'a{',
  'a{x}',
  '}',
  ']',
  '^\\d+$',
  '\\D',
  '^\\w+$',
  '\\W',
  '\\s',
  '^\\S+$',
  '\\bl',
  'r\\b',
  '\\Ba',
  '[ax]',
  '[a-c]b',
  '[A-C]B',
  '^[^a-z]',
  '[^]',
  '[]',
  '[]a]',
  '[a\\]]',
  '[\\]]',
  '[a-]',
  '[-a]',
  '[\\d-z]',
  '[a-\\d]',
  '[\\w.]+$',
  '[.]',
  '[\\b]',
  '[\\s\\S]b',
  '\\[a\\]',
  '^\\x41',
  '\\u0041',
  '[\\x30-\\x39]',
  '\\n',
  '\\cJ',
  'b.a',
  '\\é',
  'É',
  '[é]',
  'ß',
  '(a*)*b',
  '(a+)+$',
  '(a|aa)+$',
  '(|a)+b',
  '(^a|^h)',
  '(a$|b$)',
  '\\0',
  `${'('.repeat(400)}b${')'.repeat(400)}`,
];

test.each(patterns)('%j is a regular expression', (text) => {
  const pattern = readPattern(text);
  expect(pattern.fault).toBeUndefined();
  const wanted = new RegExp(text, 'i');
  for (const one of TEXTS) expect(pattern.find(one), JSON.stringify(one)).toBe(wanted.test(one));
});

describe('what is not understood is looked for as a plain text', () => {
  const rows: readonly [pattern: string, fault: RegExp][] = [
    ['(a', /^is no regular expression: Unterminated group$/],
    ['a)', /^is no regular expression: Unmatched '\)'$/],
    ['[a', /^is no regular expression: Unterminated character class$/],
    ['*', /^is no regular expression: Nothing to repeat$/],
    ['a**', /^is no regular expression: Nothing to repeat$/],
    ['a{2,1}', /^is no regular expression: numbers out of order/],
    ['[z-a]', /^is no regular expression: Range out of order/],
    ['a\\', /^is no regular expression/],
    ['a(?=b)', /^holds '\(\?=', which is not understood$/],
    ['a(?!b)', /^holds '\(\?!', which is not understood$/],
    ['(?<=a)b', /^holds '\(\?<=', which is not understood$/],
    ['(a)\\1', /^holds '\\1', which is not understood$/],
    ['\\01', /^holds '\\01', which is not understood$/],
    ['[\\1]', /^holds '\\1', which is not understood$/],
    ['(?<x>a)\\k<x>', /^holds '\\k', which is not understood$/],
    [`a{${MOST_STEPS}}`, /^has more than \d+ steps$/],
    ['(a{90}){90}', /^has more than \d+ steps$/],
    ['((((){99}){99}){99}){99}', /^has more than \d+ steps$/],
    ['a{999999999}', /^has more than \d+ steps$/],
    [`.${'a'.repeat(1000)}`, /^is longer than 1000 letters$/],
  ];
  test.each(rows)('%j', (text, fault) => {
    const pattern = readPattern(text);
    expect(pattern.fault).toMatch(fault);
    expect(pattern.find(`xx${text.toUpperCase()}xx`)).toBe(true);
    expect(pattern.find('xx')).toBe(false);
  });
});

const atom = fc.constantFrom(
  'a',
  'b',
  'B',
  '.',
  '\\d',
  '\\W',
  '\\b',
  '^',
  '$',
  '[ab]',
  '[^a]',
  '[a-c1]',
  '\\s',
  '_',
  '-',
);
const { whole } = fc.letrec<{ whole: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('whole').map((inner) => `(${inner})`),
    fc
      .tuple(
        fc.constantFrom('a', '[bc]', '.', '\\w', '(a|b)', '(b*)'),
        fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '+?'),
      )
      .map((both) => both.join('')),
  ),
  whole: fc
    .array(
      fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((parts) => parts.join('|')),
}));
const texts = fc.array(fc.string({ unit: fc.constantFrom(...'aAbBc1_- \n'), maxLength: 12 }), {
  minLength: 1,
  maxLength: 6,
});

// A failure prints its seed.
test('any pattern finds what the same regular expression finds', () => {
  fc.assert(
    fc.property(whole, texts, (text, others) => {
      const pattern = readPattern(text);
      fc.pre(pattern.fault === undefined);
      const wanted = new RegExp(text, 'i');
      for (const other of others) expect(pattern.find(other), other).toBe(wanted.test(other));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern with too many states to remember finds the same', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 20_000, maxLength: 20_000 });
  const pattern = readPattern(`a[ab]{14}c|^b[ab]+d$|\\bq`);
  fc.assert(
    fc.property(letters, fc.constantFrom('', 'c', 'd', 'q', ' q', 'ac', 'abababababababac'), (text, end) => {
      expect(pattern.find(text + end)).toBe(/a[ab]{14}c|^b[ab]+d$|\bq/i.test(text + end));
    }),
    { numRuns: 20 },
  );
});

describe('time grows with the text, whatever the pattern', () => {
  const rows: readonly [pattern: string, unit: string][] = [
    ['lighthouse', 'lighthous '],
    [`${'a'.repeat(200)}.b`, 'a'],
    ['a.*b.*c.*d', 'abc'],
    ['(a+)+$', 'a'],
    ['(a|aa)+c', 'a'],
    ['(a*)*b', 'a'],
    [`${'a?'.repeat(60)}b`, 'a'],
    ['a[ab]{30}c', 'abaabbbabaa'],
    ['\\w+@\\w+\\.com', 'word word@'],
  ];
  test.each(rows)('%s in a text of %j', async (text, unit) => {
    await growsLinearly(
      100_000,
      (size) => `${unit.repeat(size / unit.length)}!`,
      (long) => readPattern(text).find(long),
    );
  });

  test.each([
    ['a', '.b'],
    ['a.', 'b'],
    ['[ab]', '.c'],
    ['a?', '.b'],
    ['a|', 'b'],
  ])('when the pattern grows with it, of %j and %j', async (unit, end) => {
    await growsLinearly(
      50_000,
      (size) => [unit.repeat(size / 1000) + end, 'ab'.repeat(size / 2)] as const,
      ([text, long]) => readPattern(text).find(long),
    );
  });
});
