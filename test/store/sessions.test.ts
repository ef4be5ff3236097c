import { expect, test } from 'vitest';
import { limits } from '../../src/limits.ts';
import type { Session } from '../../src/store/session.ts';
import { sizeOf } from '../../src/store/size.ts';
import type { State } from '../../src/store/state.ts';
import { Pair } from './pair.ts';

const MB = 2 ** 20;
/** One text that many items share: it counts as often as it is stored, and takes its place once. */
const large = 'x'.repeat(20 * MB);

async function open(): Promise<State> {
  return (await Pair.make({ posts: [{ id: 1 }], tags: [] })).state;
}

const put = (state: State, session: Session, id: number, text = large): unknown =>
  state.write(session, (draft) => draft.put('posts', String(id), { id, text }));

const names = (state: State): unknown[] => state.sessions.list().map(({ name }) => name);

/** A session of a name, as a request has it that has ended. */
function visit(state: State, name: string, work: (session: Session) => void): void {
  const session = state.sessions.enter(name);
  try {
    work(session);
  } finally {
    state.sessions.leave(session);
  }
}

test('sessions together hold so many bytes; beyond them the longest idle goes', async () => {
  const state = await open();
  for (let i = 0; i < 12; i++) visit(state, `s${i}`, (session) => put(state, session, 1));
  expect(names(state)).toHaveLength(12);
  visit(state, 's0', () => {});
  visit(state, 'more', (session) => put(state, session, 1));
  expect(names(state)).toEqual(['s2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10', 's11', 's0', 'more']);
});

test('what everybody wrote does not count', async () => {
  const state = await open();
  for (let i = 1; i < 20; i++) put(state, state.main, i);
  visit(state, 'ann', (session) => put(state, session, 1));
  expect([names(state), state.main.store.shelf('posts').size]).toEqual([['ann'], 19]);
});

test('one that would hold too much alone is refused, and takes nobody else down', async () => {
  const state = await open();
  visit(state, 'bob', (session) => put(state, session, 1));
  visit(state, 'ann', (session) => {
    for (let id = 1; id <= 11; id++) put(state, session, id);
    expect(() => {
      for (let id = 12; id <= 20; id++) put(state, session, id);
    }).toThrow(/at most 256 MB/);
    const { size } = session.store.shelf('posts');
    // Bob is idle, and went for the last one that fitted.
    expect([size, names(state)]).toEqual([12, ['ann']]);
    visit(state, 'eve', (other) => put(state, other, 1, 'small'));
    expect(() => put(state, session, 13)).toThrow(expect.objectContaining({ code: 'no-room' }));
    expect(names(state)).toEqual(['ann', 'eve']);
    put(state, session, 12, 'small');
    put(state, session, 13, 'small');
  });
});

test('sessions with a request under way are not the ones that go', async () => {
  const state = await open();
  const busy = state.sessions.enter('busy');
  for (let id = 1; id <= 10; id++) put(state, busy, id);
  visit(state, 'a', (session) => put(state, session, 1));
  visit(state, 'b', (session) => put(state, session, 1));
  visit(state, 'c', (session) => put(state, session, 1));
  expect(names(state)).toEqual(['busy', 'b', 'c']);
  visit(state, 'd', (session) => {
    expect(() => {
      for (let id = 1; id <= 4; id++) put(state, session, id);
    }).toThrow(expect.objectContaining({ code: 'no-room' }));
  });
  expect(names(state)).toEqual(['busy', 'd']);
  state.sessions.leave(busy);
});

test('what is overwritten, reset or dropped counts no more, but for snapshots that hold it', async () => {
  const state = await open();
  const item = sizeOf({ id: 1, text: large });
  visit(state, 'ann', (session) => {
    for (let i = 0; i < 40; i++) put(state, session, 1);
    expect(session.bytes).toBeLessThan(item + MB);
    state.takeSnapshot(session, 'one');
    expect(session.bytes).toBeLessThan(item + MB);
    put(state, session, 1);
    expect(session.bytes).toBeGreaterThan(2 * item);
    state.write(session, (draft) => draft.delete('posts', '1'));
    expect(session.bytes).toBeLessThan(item + MB);
    void state.reset(session);
    expect(session.bytes).toBeGreaterThan(item);
    session.dropSnapshot('one');
    expect(session.bytes).toBe(0);
    put(state, session, 1);
  });
  state.sessions.drop('ann');
  for (let i = 0; i < 12; i++) visit(state, `s${i}`, (session) => put(state, session, 1));
  expect(names(state)).toHaveLength(12);
});

test('a refused or rehearsed write counts nothing', async () => {
  const state = await open();
  visit(state, 'ann', (session) => {
    put(state, session, 1, 'small');
    const before = session.bytes;
    state.write(session, (draft) => draft.put('posts', '2', { id: 2, text: large }), false);
    expect(() =>
      state.write(session, (draft) => {
        draft.put('posts', '2', { id: 2, text: large });
        throw new Error('refused');
      }),
    ).toThrow('refused');
    expect(session.bytes).toBe(before);
  });
});

test('a size is about what JSON takes', () => {
  for (const value of [null, 1, true, 'text', [], {}, { a: [1, 'é', { b: null }] }, 'x'.repeat(1000)]) {
    const text = JSON.stringify(value).length;
    expect(sizeOf(value)).toBeGreaterThanOrEqual(text);
    expect(sizeOf(value)).toBeLessThan(20 * text + 50);
  }
  expect(limits.sessions.bytes).toBe(256 * MB);
});
