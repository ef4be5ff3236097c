import { expect, test } from 'vitest';
import { itemText, listText } from '../../src/dialect/text.ts';
import type { Item } from '../../src/json/json.ts';
import { limits } from '../../src/limits.ts';

/** An item that counts how often it is written. */
function counted(text: string) {
  let count = 0;
  const toJSON = () => {
    count++;
    return { text };
  };
  return { item: { toJSON } as unknown as Item, times: () => count };
}

test('a list that is asked for again and again is written once', () => {
  const { item, times } = counted('a');
  const texts = [1, 2, 3, 4].map(() => listText([item], 2));
  expect(new Set(texts)).toEqual(new Set([JSON.stringify([{ text: 'a' }], null, 2)]));
  expect(times()).toBe(2);
});

test('texts of lists stay within their bytes: the longest unused is written again', () => {
  const lists = Array.from({ length: 20 }, (_, n) => counted(`${n}`.padEnd(1_000_000)));
  for (const { item } of lists) for (let i = 0; i < 3; i++) listText([item], 2);
  const again = lists.map(({ item, times }) => {
    const before = times();
    listText([item], 2);
    return times() - before;
  });
  // Those asked for last are there; each one that is written pushes out the next.
  expect(again.every((times) => times === 1)).toBe(true);
  const { item, times } = lists.at(-1) as (typeof lists)[number];
  const before = times();
  listText([item], 2);
  expect(times()).toBe(before);
  expect(limits.texts.bytes).toBeLessThan(20_000_000);
});

test('a text that is long alone is written each time', () => {
  const { item, times } = counted('x'.repeat(2_000_000));
  for (let i = 0; i < 4; i++) listText([item], 2);
  expect(times()).toBe(4);
});

test.each([
  ['once', 10, 1],
  ['each time, where it is long', 100_000, 2],
])('the text of one item is written %s', (_often, length, expected) => {
  const { item, times } = counted('a'.repeat(length));
  expect(itemText(item)).toBe(itemText(item));
  expect(times()).toBe(expected);
});
