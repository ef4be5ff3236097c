import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BIN } from '../command.ts';
import { folder } from '../folder.ts';
import { random } from '../random.ts';
import { send } from '../request.ts';

const KILLS = 100;
const AT_ONCE = 4;

/** One life: writes from several clients, until the process is killed at a moment nobody chose. */
async function live(file: string, answered: Set<string>, life: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [BIN, file, '--writes', 'file', '--port', '0', '--quiet', '--no-watch'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const ended = once(child, 'close');
  let output = '';
  for await (const text of child.stdout) {
    output += text;
    if (output.includes('Try:')) break;
  }
  const url = /http:\/\/\S+:\d+/.exec(output)?.[0] as string;
  let begin = () => {};
  const first = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const client = async (name: number) => {
    for (let i = 0; ; i++) {
      const title = `${life}.${name}.${i}`;
      const { status } = await send(url, '/posts', { method: 'POST', body: { title } });
      if (status !== 201) continue;
      answered.add(title);
      begin();
    }
  };
  const clients = Array.from({ length: 3 }, (_, name) => client(name).catch(() => {}));
  // The first write loads what writes need; from its answer on, every moment is as good as another.
  await Promise.race([first, sleep(5000)]);
  await sleep(random() * 25);
  child.kill('SIGKILL');
  await Promise.all([ended, ...clients]);
}

test('killed a hundred times in the middle of writes, a file is whole and holds every answered write', async () => {
  const lives = async (from: number) => {
    const dir = folder({ 'db.json': { posts: [{ id: 1, title: 'first' }], others: [{ id: 1 }] } });
    const answered = new Set<string>();
    for (let life = from; life < KILLS; life += AT_ONCE) {
      await live(dir.file('db.json'), answered, life);
      const { posts, others } = JSON.parse(readFileSync(dir.file('db.json'), 'utf8'));
      const titles = new Set(posts.map(({ title }: { title: string }) => title));
      expect([...answered].filter((title) => !titles.has(title))).toEqual([]);
      expect(new Set(posts.map(({ id }: { id: number }) => id)).size).toBe(posts.length);
      expect(others).toEqual([{ id: 1 }]);
      // Beside it the lock, a new text and the old one's second name, of one save: the next start removes them.
      expect(readdirSync(dir.path).length).toBeLessThanOrEqual(4);
    }
    return answered.size;
  };
  const counts = await Promise.all(Array.from({ length: AT_ONCE }, (_, from) => lives(from)));
  expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(KILLS);
}, 600_000);
