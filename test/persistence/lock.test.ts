import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Lock } from '../../src/persistence/lock.ts';
import { Replacement } from '../../src/persistence/replace.ts';
import { versionOf } from '../../src/sources/layout.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const NAME = '.db.json.standin-lock';
const HOST = hostname();

/** A process id that nobody has: of a process that has ended. */
const gone = () => spawnSync('true').pid;

/** A process that lives as long as the test. */
function living(): number {
  const child = spawn('sleep', ['1000']);
  onTestFinished(() => void child.kill());
  return child.pid as number;
}

const started = new Date(Date.now() - process.uptime() * 1000).toISOString();
const text = (host: string, pid: number, start = started) => JSON.stringify({ host, pid, started: start });

interface Row {
  readonly make: (path: string) => unknown;
  /** How long ago it was touched. */
  readonly age?: number;
  readonly isStale: boolean;
  /** Not a plain file: its times are not set. */
  readonly isOdd?: true;
}

const write = (content: () => string) => (path: string) => writeFileSync(path, content());

const rows: Readonly<Record<string, Row>> = {
  'a process of this host that is gone': { make: write(() => text(HOST, gone())), isStale: true },
  'a process of this host that runs': { make: write(() => text(HOST, living())), isStale: false },
  'a process of this host that runs, untouched for 11 s': {
    make: write(() => text(HOST, living())),
    age: 11,
    isStale: true,
  },
  'an earlier process that had our id': {
    make: write(() => text(HOST, process.pid, '2020-01-01T00:00:00.000Z')),
    isStale: true,
  },
  'another server of our process': { make: write(() => text(HOST, process.pid)), isStale: false },
  'another host': { make: write(() => text('elsewhere', gone())), isStale: false },
  'another host, untouched for 3 s': { make: write(() => text('elsewhere', 1)), age: 3, isStale: false },
  'another host, untouched for 11 s': { make: write(() => text('elsewhere', 1)), age: 11, isStale: true },
  'another host, touched in a far future by a clock that was set back': {
    make: write(() => text('elsewhere', 1)),
    age: -3600,
    isStale: true,
  },
  'nobody who can be read': { make: write(() => 'garbage'), isStale: false },
  'nobody who can be read, untouched for 11 s': { make: write(() => 'garbage'), age: 11, isStale: true },
  'nobody, in an empty file': { make: write(() => ''), isStale: false },
  'nobody, in an empty file, untouched for 11 s': { make: write(() => ''), age: 11, isStale: true },
  'no process, but a group of them': { make: write(() => text(HOST, 0)), isStale: true },
  'a process id that is none': { make: write(() => text(HOST, 1.5)), isStale: false },
  'nobody who may be read': {
    make: (path) => {
      writeFileSync(path, 'secret');
      chmodSync(path, 0);
    },
    age: 11,
    isStale: true,
  },
  'a large file': { make: write(() => 'x'.repeat(1_000_000)), isStale: false },
  'a pipe': { make: (path) => execFileSync('mkfifo', [path]), isStale: false, isOdd: true },
  'a link that leads nowhere': { make: (path) => symlinkSync('nowhere', path), isStale: false, isOdd: true },
};

async function locked({ make, age = 0, isOdd }: Row) {
  const dir = folder({ 'db.json': { posts: [] } });
  const served = await serve({ sources: dir.file('db.json'), writes: 'file' });
  const lock = dir.file(NAME);
  const leave = () => {
    make(lock);
    const then = new Date(Date.now() - age * 1000);
    if (!isOdd) utimesSync(lock, then, then);
  };
  return { dir, lock, leave, ...served };
}

describe('a lock that nobody holds any more is taken over at once', () => {
  test.each(Object.entries(rows).filter(([, { isStale }]) => isStale))('of %s', async (_sentence, row) => {
    const { dir, leave, post } = await locked(row);
    leave();
    const begun = performance.now();
    expect(await post('/posts', {})).toMatchObject({ status: 201 });
    expect(performance.now() - begun).toBeLessThan(4000);
    expect(readdirSync(dir.path)).toEqual(['db.json']);
  });

  test.each(Object.entries(rows))('or left alone, at the start: of %s', async (_sentence, row) => {
    const { dir, leave } = await locked(row);
    leave();
    await serve({ sources: dir.file('db.json'), writes: 'file' });
    expect(readdirSync(dir.path)).toEqual(row.isStale ? ['db.json'] : [NAME, 'db.json']);
  });
});

describe('a lock that is held', () => {
  const held = Object.entries(rows).filter(([, { isStale }]) => !isStale);

  // Each takes the five seconds, so all go at once; touched every second, as by a holder that lives.
  test('is waited for, for 5 s, and then the write is 503', async () => {
    const waits = held.map(async ([sentence, row]) => {
      const { dir, lock, leave, post, get } = await locked(row);
      leave();
      const touch = setInterval(() => row.isOdd ?? utimesSync(lock, new Date(), new Date()), 1000);
      onTestFinished(() => clearInterval(touch));
      const begun = performance.now();
      const answer = post('/posts', { title: 'ours' });
      expect((await get('/posts')).json).toEqual([]);
      const { status, json, headers } = await answer;
      return { sentence, dir, lock, status, json, headers, ms: performance.now() - begun, post };
    });
    for (const { sentence, dir, lock, status, json, headers, ms, post } of await Promise.all(waits)) {
      expect([sentence, status, headers['retry-after']]).toEqual([sentence, 503, '1']);
      expect(ms).toBeGreaterThanOrEqual(5000);
      expect(json).toMatchObject({
        code: 'not-saved',
        error: expect.stringMatching(
          /(process \d+ on \S+|another program) has held \.db\.json\.standin-lock for 5 s/,
        ),
        hint: expect.stringContaining(`remove ${NAME}`),
      });
      expect(JSON.stringify(json)).not.toContain(dir.path);
      expect(JSON.parse(readFileSync(dir.file('db.json'), 'utf8'))).toEqual({ posts: [] });
      rmSync(lock);
      expect((await post('/posts', { title: 'ours' })).status).toBe(201);
    }
  }, 30_000);

  test('is waited for until it is let go', async () => {
    const { lock, leave, post, get } = await locked(rows['another host'] as Row);
    leave();
    const answer = post('/posts', {});
    expect(await Promise.race([answer, get('/posts')])).toMatchObject({ status: 200, json: [] });
    rmSync(lock);
    expect((await answer).status).toBe(201);
  });

  test('by a folder is 503, with what to do', async () => {
    const { dir, lock, post } = await locked(rows['another host'] as Row);
    mkdirSync(lock);
    expect(await post('/posts', {})).toMatchObject({
      status: 503,
      json: {
        error: `the write could not be saved: ${NAME} is a folder`,
        hint: 'Nothing was changed. Remove it: it stands where a lock goes.',
      },
    });
    await serve({ sources: dir.file('db.json'), writes: 'file' });
    rmSync(lock, { recursive: true });
    expect((await post('/posts', {})).status).toBe(201);
  });

  test('beside one of two files leaves both as they were', async () => {
    const dir = folder({ 'posts.json': [{ id: 1 }], 'comments.json': [{ id: 1, postId: 1 }] });
    const relations = { 'comments.postId': { to: 'posts', onDelete: 'cascade' as const } };
    const { del, get } = await serve({ sources: dir.path, writes: 'file', relations });
    mkdirSync(dir.file('.posts.json.standin-lock'));
    expect((await del('/posts/1')).status).toBe(503);
    expect((await get('/comments')).json).toHaveLength(1);
    expect(readdirSync(dir.path)).toEqual(['.posts.json.standin-lock', 'comments.json', 'posts.json']);
  });
});

test('while a file is saved, its lock says who saves it, and lies beside the file that links lead to', async () => {
  const dir = folder({ 'real/db.json': { posts: [] }, 'linked/x.txt': '' });
  symlinkSync(dir.file('real/db.json'), dir.file('linked/db.json'));
  const seen: string[] = [];
  const watcher = watch(dir.file('real'), (_event, name) => {
    if (name !== NAME) return;
    try {
      seen.push(readFileSync(dir.file(`real/${NAME}`), 'utf8'));
    } catch {
      // It was let go before the look.
    }
  });
  onTestFinished(() => watcher.close());
  const { post } = await serve({ sources: dir.file('linked/db.json'), writes: 'file' });
  for (let i = 0; seen.length === 0; i++) expect((await post('/posts', { i })).status).toBe(201);
  const holder = JSON.parse(seen.find((one) => one !== '') ?? seen.join()) as Record<string, unknown>;
  expect(holder).toMatchObject({ host: HOST, pid: process.pid });
  expect(Math.abs(Date.parse(holder.started as string) - Date.parse(started))).toBeLessThan(1000);
  expect([readdirSync(dir.file('real')), readdirSync(dir.file('linked'))]).toEqual([
    ['db.json'],
    ['db.json', 'x.txt'],
  ]);
});

describe('a holder', () => {
  const two = () => {
    const dir = folder({ 'db.json': '{}' });
    const lock = dir.file(NAME);
    const file = dir.file('db.json');
    const takeOver = () => {
      const longAgo = new Date(Date.now() - 11_000);
      utimesSync(lock, longAgo, longAgo);
      return Lock.take(file);
    };
    return { dir, file, lock, takeOver };
  };

  test('touches its lock every second', async () => {
    const { file, lock } = two();
    const held = Lock.take(file);
    onTestFinished(() => held?.release());
    const longAgo = new Date(Date.now() - 11_000);
    utimesSync(lock, longAgo, longAgo);
    const touched = () => Lock.take(file) === undefined;
    const watcher = watch(lock);
    onTestFinished(() => watcher.close());
    await once(watcher, 'change');
    expect(touched()).toBe(true);
  });

  test('holds it alone, until it lets go', () => {
    const { file, lock } = two();
    const first = Lock.take(file);
    expect([first?.isHeld, Lock.take(file)]).toEqual([true, undefined]);
    first?.release();
    expect([first?.isHeld, existsSync(lock)]).toEqual([false, false]);
    const second = Lock.take(file);
    expect([first?.isHeld, second?.isHeld]).toEqual([false, true]);
    second?.release();
  });

  test('that lost its lock knows it, and does not let go of the other one', () => {
    const { file, lock, takeOver } = two();
    const first = Lock.take(file);
    const second = takeOver();
    expect([first?.isHeld, second?.isHeld]).toEqual([false, true]);
    first?.release();
    expect([second?.isHeld, existsSync(lock)]).toEqual([true, true]);
    second?.release();
    expect(existsSync(lock)).toBe(false);
  });

  test('that lost its lock after its last look at it cannot rename any more', async () => {
    const { dir, file, takeOver } = two();
    const first = Lock.take(file);
    const late = await Replacement.prepare({ path: file, file }, versionOf('{}'), () => '{"late":1}');
    const second = takeOver();
    expect(late?.swap(() => true)).toBe(false);
    late?.undo();
    await late?.close();
    expect(readFileSync(file, 'utf8')).toBe('{}');
    first?.release();
    second?.release();
    expect(readdirSync(dir.path)).toEqual(['db.json']);
  });
});
