import { expect, test } from 'vitest';
import { problems } from '../../src/problem.ts';
import { page, table } from './markdown.ts';

const errors = page('docs/errors.md');
const rows = [...table(errors, 'code | status'), ...table(errors, 'code | exit')];

test('every problem has its row, with its number, and there is no other', () => {
  const numbers = Object.entries(problems).map(([code, row]) => [
    `\`${code}\``,
    'status' in row ? String(row.status) : 'exit' in row ? String(row.exit) : 'as thrown',
  ]);
  expect(rows.map(([code, number]) => [code, number]).sort()).toEqual(numbers.sort());
});

test('every row says when it is met and what to do', () => {
  expect(rows.filter(([, , when, todo]) => !when || !todo)).toEqual([]);
});
