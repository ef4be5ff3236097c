import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Format, Style } from '../../src/sources/formats/format.ts';
import { formats } from '../../src/sources/formats/table.ts';
import { hostileObject, hostileText, hostileValue, numbers, style, texts } from '../persistence/hostile.ts';

/** What is read of a value that was written, by way of a file. */
function again(format: Format, value: unknown, style: Style): unknown {
  const bytes = Buffer.from(format.stringify?.(value, style) ?? '');
  return format.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'file');
}

const plain: Style = { indent: '  ', finalNewline: true, crlf: false };
const load = async (name: string) => (await formats.get(name)?.()) as Format;
/** As the text a client gets: it tells key order, and neither -0 nor an own `__proto__` from one that is not. */
const text = (value: unknown) => JSON.stringify(value);

describe('what a format writes, it reads again as it was', () => {
  test.each(['json', 'json5', 'jsonc', 'yaml', 'ndjson'])('%s', async (name) => {
    const format = await load(name);
    for (const one of texts) {
      const items = [
        { id: 1, [one]: one },
        { [`${one}x`]: [one], x: { [one]: { [one]: one } } },
        { x: [[one]] },
      ];
      expect(text(again(format, items, plain))).toBe(text(items));
    }
    expect(again(format, [{ numbers }], plain)).toEqual(
      // Only YAML has a negative nought.
      [{ numbers: name === 'yaml' ? numbers : numbers.map((one) => one + 0) }],
    );
    fc.assert(
      fc.property(fc.array(hostileObject, { minLength: 1, maxLength: 3 }), style, (items, style) => {
        expect(text(again(format, items, style))).toBe(text(items));
      }),
    );
  });

  test.each(['json', 'json5', 'jsonc', 'yaml'])('%s, of a singleton and of any value', async (name) => {
    const format = await load(name);
    fc.assert(
      fc.property(hostileValue, style, (value, style) => {
        expect(text(again(format, value, style))).toBe(text(value));
      }),
    );
  });

  test.each(['json5', 'yaml'])('%s, of what JSON has no numbers for', async (name) => {
    const items = [{ a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY, c: Number.NaN }];
    expect(again(await load(name), items, plain)).toEqual(items);
  });

  test('csv, or it says what would be lost', async () => {
    const format = await load('csv');
    const table = fc
      .tuple(fc.uniqueArray(hostileText, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([columns, rows]) => {
        const cell = fc.oneof({ weight: 3, arbitrary: hostileText }, hostileValue);
        const row = fc
          .tuple(...columns.map(() => cell))
          .map((cells) => Object.fromEntries([['id', 1], ...columns.map((column, i) => [column, cells[i]])]));
        return fc.array(row, { minLength: rows, maxLength: rows });
      });
    const kept = { yes: 0, no: 0 };
    fc.assert(
      fc.property(table, style, (rows, style) => {
        const loss = format.loss?.(rows, new Set());
        kept[loss ? 'no' : 'yes']++;
        if (!loss) expect(text(again(format, rows, style))).toBe(text(rows));
      }),
      { numRuns: 500 },
    );
    expect(Math.min(kept.yes, kept.no)).toBeGreaterThan(20);
  });
});
