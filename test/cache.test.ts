import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cache, Room, type Sized } from '../src/cache.ts';

const sized = (bytes: number): Sized => ({ bytes });

test('a cache keeps at most so many, and forgets the longest unused', () => {
  const cache = new Cache<string, Sized>(3);
  for (const key of ['a', 'b', 'c']) cache.set(key, sized(1));
  cache.get('a');
  cache.set('d', sized(1));
  expect([...'abcd'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd']);
});

test('caches in one room share it: the longest unused goes, whichever cache holds it', () => {
  const room = new Room(10_000);
  const [one, two] = [new Cache<string, Sized>(50, room), new Cache<string, Sized>(50, room)];
  one.set('a', sized(4000));
  two.set('b', sized(4000));
  one.get('a');
  one.set('c', sized(4000));
  expect([one.get('a') !== undefined, two.get('b'), one.size]).toEqual([true, undefined, 2]);
});

test('the one that was used last stays, however large it is, and then goes first', () => {
  const room = new Room(10_000);
  const cache = new Cache<string, Sized>(50, room);
  cache.set('small', sized(10));
  cache.set('large', sized(50_000));
  expect([cache.get('small'), cache.get('large')?.bytes]).toEqual([undefined, 50_000]);
  cache.set('other', sized(10));
  expect([cache.get('large'), cache.size]).toEqual([undefined, 1]);
});

test('what grows counts as what it is then', () => {
  const room = new Room(10_000);
  const cache = new Cache<string, { bytes: number }>(50, room);
  const grown = cache.set('a', { bytes: 10 });
  cache.set('b', { bytes: 10 });
  grown.bytes = 50_000;
  cache.measure();
  expect([cache.get('a'), cache.get('b')]).toEqual([undefined, { bytes: 10 }]);
});

test('long names count too', () => {
  const room = new Room(100_000);
  const cache = new Cache<string, Sized>(1000, room);
  for (let i = 0; i < 100; i++) cache.set(String(i).padEnd(10_000), sized(0));
  expect(cache.size).toBeLessThan(6);
});

test('whatever is kept, used, grown and forgotten, a room holds what its caches hold, and within its bytes', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const step = fc.record({
    kind: fc.constantFrom('set', 'get', 'delete', 'grow', 'clear'),
    at: fc.nat(2),
    key,
    bytes: fc.nat(3000),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const room = new Room(5000);
      const caches = [4, 2, 6].map((most) => new Cache<string, { bytes: number }>(most, room));
      for (const { kind, at, key, bytes } of steps) {
        const cache = caches[at] as Cache<string, { bytes: number }>;
        if (kind === 'set') cache.set(key, { bytes });
        else if (kind === 'get') cache.get(key);
        else if (kind === 'delete') cache.delete(key);
        else if (kind === 'clear') cache.clear();
        else {
          for (const value of cache.values()) value.bytes += 100;
          cache.measure();
        }
        const held = caches.flatMap((one) => [...one.values()]);
        const own = room.bytes - held.reduce((sum, value) => sum + value.bytes, 0);
        expect(own).toBe(252 * held.length);
        expect(room.bytes <= 5000 || held.length === 1).toBe(true);
        expect(caches.map((one, i) => one.size <= ([4, 2, 6][i] as number))).toEqual([true, true, true]);
      }
    }),
  );
});
