import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import { api, cases } from './contract.ts';
import { skips } from './skips.ts';

describe.each(dialectNames)('%s', (dialect) => {
  for (const { name, options, run } of cases) {
    const keep = skips[dialect]?.[name] === undefined ? test : test.fails;
    keep(name, async () => run(await api(dialect, options)));
  }
});

test('what is skipped is a case, of a dialect, and has a reason', () => {
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [dialect, reasons] of Object.entries(skips)) {
    expect(dialectNames).toContain(dialect);
    expect(Object.keys(reasons).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.values(reasons).every((reason) => reason.length > 10)).toBe(true);
  }
});
