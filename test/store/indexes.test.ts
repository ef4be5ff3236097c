import { expect, test } from 'vitest';
import { limits } from '../../src/limits.ts';
import { indexRoom } from '../../src/store/indexes.ts';
import type { Store } from '../../src/store/store.ts';
import { cpuMs, median } from '../growth.ts';
import { makeStore } from './make.ts';

const field = (path: string) => ({ path, date: false });
const fieldNames = (count: number) => Array.from({ length: count }, (_, n) => `f${n}`);

function write(store: Store, id: number, item: object): void {
  const draft = store.draft();
  draft.put('things', String(id), { id, ...item });
  store.commit(draft);
}

test('indexes and orders stay within their bytes, and what went is made again', async () => {
  const names = fieldNames(12);
  const things = Array.from({ length: 30_000 }, (_, i) => ({
    id: i + 1,
    ...Object.fromEntries(names.map((name, n) => [name, (i * 7919 + n) % 30_000])),
  }));
  const shelf = (await makeStore({ things })).shelf('things');
  for (let round = 0; round < 2; round++) {
    for (const [n, name] of names.entries()) {
      const found = shelf.equal(field(name), [n]).map(({ item }) => item.id);
      expect(found).toEqual([1]);
      expect(shelf.order([{ field: field(name), descending: false, missing: 'last' }]).at(n).item.id).toBe(1);
      expect(indexRoom.bytes).toBeLessThanOrEqual(limits.indexes.bytes);
    }
  }
});

test('a path that no item has makes no index and no order', async () => {
  const shelf = (await makeStore({ things: [{ id: 1, a: { b: 1 } }] })).shelf('things');
  const ask = (path: string) => {
    expect(shelf.equal(field(path), [1])).toEqual([]);
    expect(shelf.countEqual(field(path), [1])).toBe(0);
    expect(shelf.equalOrder(field(path), [1], []).total).toBe(0);
    expect(shelf.order([{ field: field(path), descending: true, missing: 'first' }]).total).toBe(1);
    expect(shelf.hasPath(path)).toBe(false);
  };
  ask('zz');
  const before = indexRoom.bytes;
  for (let n = 0; n < 300; n++) ask(n % 2 === 0 ? `zz${n}` : `a.zz${n}`);
  // Names of paths, and views of what an equality finds: nothing.
  expect(indexRoom.bytes - before).toBeLessThan(50 * 500 + 300 * 400);
  // A long name is not even remembered.
  const names = indexRoom.bytes;
  for (let n = 0; n < 60; n++) expect(shelf.hasPath(`a.${'x'.repeat(10_000)}${n}`)).toBe(false);
  expect(indexRoom.bytes).toBe(names);
});

test('a path that only a write has, or has no more, is found and not found', async () => {
  const store = await makeStore({ things: [{ id: 1 }] });
  const shelf = () => store.shelf('things');
  expect([shelf().hasPath('a.b'), shelf().equal(field('a.b'), [2])]).toEqual([false, []]);
  write(store, 2, { a: { b: 2 } });
  expect(shelf().hasPath('a.b')).toBe(true);
  expect(shelf().hasPath('a')).toBe(true);
  expect(shelf().hasPath('a.c')).toBe(false);
  expect(shelf().equal(field('a.b'), [2])).toMatchObject([{ key: '2' }]);
  const byB = [{ field: field('a.b'), descending: false, missing: 'last' as const }];
  expect(shelf().order(byB).at(0).key).toBe('2');
  write(store, 2, {});
  expect(shelf().hasPath('a.b')).toBe(false);
  expect(shelf().equal(field('a.b'), [2])).toEqual([]);
  expect(shelf().order(byB).at(0).key).toBe('1');
});

test('what was asked before does not slow a write down', async () => {
  const store = await makeStore({ things: [] });
  const names = fieldNames(3000);
  write(store, 1, Object.fromEntries(names.map((name, n) => [name, n])));
  const cost = () => {
    const times = Array.from({ length: 30 }, () => {
      const start = cpuMs();
      for (let n = 0; n < 100; n++) write(store, 2, { n });
      return cpuMs() - start;
    });
    return median(times);
  };
  const index = (n: number) => store.shelf('things').equal(field(`f${n}`), [n]);
  // As many as are kept are a price that is known.
  for (let n = 0; n < limits.indexes.most; n++) index(n);
  cost();
  const before = cost();
  for (const n of names.keys()) expect(index(n)).toHaveLength(1);
  expect(cost() / before).toBeLessThan(3);
});
