import { describe, expect, test } from 'vitest';
import { contract } from '../../src/dialect/contract/index.ts';
import { dialectNames } from '../../src/dialects/index.ts';
import { skips } from './skips.ts';
import { spellings, starter } from './spelling.ts';

describe.each(dialectNames)('%s', (dialect) => {
  test('has a row in test/contract/spelling.ts', () => expect(spellings[dialect]).toBeDefined());

  for (const { name, run } of contract) {
    const keep = skips[dialect]?.[name] === undefined ? test : test.fails;
    keep(name, () => run(starter(dialect), spellings[dialect]));
  }
});

test('what is skipped is a row, of a dialect, and has a reason', () => {
  const names = contract.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [dialect, reasons] of Object.entries(skips)) {
    expect(dialectNames).toContain(dialect);
    expect(Object.keys(reasons).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.values(reasons).every((reason) => reason.length > 10)).toBe(true);
  }
});
