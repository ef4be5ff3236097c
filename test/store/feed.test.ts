import { expect, test } from 'vitest';
import { limits } from '../../src/limits.ts';
import { Feed } from '../../src/store/feed.ts';

const MB = 2 ** 20;
const make = () =>
  new Feed((fault) => {
    throw fault;
  });

test('as many events are remembered as may be', () => {
  const feed = make();
  for (let n = 0; n < limits.events.most + 10; n++) feed.tell({ type: 'reload' });
  expect(feed.since(feed.last - limits.events.most)).toHaveLength(limits.events.most);
  expect(feed.since(feed.last - limits.events.most - 1)).toBeUndefined();
});

test('large items are forgotten sooner, and small ones are remembered again', () => {
  const feed = make();
  const item = { text: 'x'.repeat(MB) };
  for (let n = 0; n < 40; n++) feed.tell({ type: 'create', resource: 'posts', key: String(n), item });
  expect(feed.since(feed.last - 15)).toHaveLength(15);
  expect(feed.since(feed.last - 17)).toBeUndefined();
  for (let n = 0; n < 500; n++) feed.tell({ type: 'create', resource: 'posts', key: String(n), item: {} });
  expect(feed.since(feed.last - 510)).toHaveLength(510);
});

test('one event that is larger than all may be is told, and not remembered', () => {
  const feed = make();
  const told: unknown[] = [];
  feed.listen(({ key }) => told.push(key));
  const item = { text: 'x'.repeat(20 * MB) };
  feed.tell({ type: 'create', resource: 'posts', key: '1', item });
  expect(told).toEqual(['1']);
  expect(feed.since(feed.last - 1)).toBeUndefined();
  expect(feed.since(feed.last)).toEqual([]);
  feed.tell({ type: 'create', resource: 'posts', key: '2', item: {} });
  expect(feed.since(feed.last - 1)).toMatchObject([{ key: '2' }]);
});
