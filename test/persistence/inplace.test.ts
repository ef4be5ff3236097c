import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LateLines } from '../../src/persistence/late.ts';
import { start } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Clients that write for as long as another program does. */
async function besides(argv: readonly string[], write: (n: number) => Promise<unknown>) {
  const { ended } = start(process.execPath, argv);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const client = async (from: number) => {
    for (let n = from; !isOver; n += 3) await write(n);
  };
  await Promise.all([0, 1, 2].map(client));
  expect(await ended).toBe(0);
}

describe('lines that others append while clients write are all kept', () => {
  const LINES = 250;
  const kinds: [name: string, text: string, line: string][] = [
    ['log.ndjson', '{"id":1,"note":"first"}\n', '{"id":"line #","note":"theirs"}'],
    ['log.csv', 'id,note\n1,first\n', 'line #,theirs'],
  ];
  const rows = kinds.flatMap((kind) => ['each', 'once'].map((opens) => [...kind, opens] as const));

  test.each(rows)(
    'in %s, with %j and %j, opened %s',
    async (name, text, line, opens) => {
      const dir = folder({ [name]: text });
      const { post, patch, standin } = await serve({ sources: dir.file(name), writes: 'file' });
      const answered: string[] = [];
      await besides([program('appender.mjs'), dir.file(name), String(LINES), opens, line], async (n) => {
        if (n % 2) await patch('/log/1', { note: `patched ${n}` });
        else if ((await post('/log', { id: `client ${n}`, note: 'ours' })).status === 201)
          answered.push(`client ${n}`);
      });
      await standin.close();
      const saved = readFileSync(dir.file(name), 'utf8');
      const ids = [...saved.matchAll(/(?:line|client) \d+/g)].map(([id]) => id);
      const made = [...Array.from({ length: LINES }, (_, i) => `line ${i}`), ...answered];
      expect(ids.sort()).toEqual(made.sort());
      expect(readdirSync(dir.path)).toEqual([name]);
      const again = await serve({ sources: dir.file(name) });
      expect((await again.get('/log?_limit=10000')).json).toHaveLength(made.length + 1);
    },
    60_000,
  );
});

describe('a file that an editor saves in place is never taken for what it holds half-way', () => {
  const items = Array.from({ length: 100 }, (_, i) => ({ id: i + 1, note: i === 0 ? 'edit 0' : 'kept' }));
  const kinds: [name: string, text: string][] = [
    ['log.json', JSON.stringify(items, null, 2)],
    ['log.ndjson', items.map((one) => `${JSON.stringify(one)}\n`).join('')],
    ['log.csv', `id,note\n${items.map(({ id, note }) => `${id},${note}\n`).join('')}`],
    ['log.yaml', items.map(({ id, note }) => `- id: ${id}\n  note: ${note}\n`).join('')],
  ];

  test.each(kinds)(
    '%s',
    async (name, text) => {
      const dir = folder({ [name]: text });
      const { post } = await serve({ sources: dir.file(name), writes: 'file' });
      await besides([program('editor.mjs'), dir.file(name), '100'], (n) =>
        post('/log', { note: `ours ${n}` }),
      );
      const saved = readFileSync(dir.file(name), 'utf8');
      expect(saved.match(/kept/g)).toHaveLength(99);
      expect(saved).toContain('edit 100');
    },
    60_000,
  );
});

describe('late lines', () => {
  const followed = async (old: string, now: string) => {
    const dir = folder({ 'old.ndjson': old, 'log.ndjson': now });
    const handle = await open(dir.file('old.ndjson'), 'a+');
    const late = new LateLines();
    late.follow({ handle, size: Buffer.byteLength(old), file: dir.file('log.ndjson') });
    return { dir, late, handle, text: () => readFileSync(dir.file('log.ndjson'), 'utf8') };
  };

  test('are carried over as they come, each when it is complete', async () => {
    const { late, handle, text } = await followed('1\n', '1\n2\n');
    await handle.appendFile('3\n4\n5');
    await expect.poll(text).toMatch(/^1\n2\n3\n4\n/);
    await handle.appendFile('\n');
    await expect.poll(text).toBe('1\n2\n3\n4\n5\n');
    await late.close();
  });

  test('are one line again, when the rest of it comes late', async () => {
    const { late, handle, text } = await followed('1\n', '1\n2\n');
    await handle.appendFile('{"id":');
    await expect.poll(text).toBe('1\n2\n{"id":');
    await handle.appendFile('3}\n4\n');
    await expect.poll(text).toBe('1\n2\n{"id":3}\n4\n');
    await late.close();
  });

  test('begin a line of their own, and need no end', async () => {
    const { late, handle, text } = await followed('1', '1\n2');
    await handle.appendFile('\n3');
    await expect.poll(text).toMatch(/^1\n2\n+3$/);
    await late.close();
  });

  test('that come last are carried over at the end', async () => {
    const { late, handle, text } = await followed('1\n', '2\n');
    await handle.appendFile('3');
    await late.close();
    expect(text()).toBe('2\n3');
    await expect(handle.stat()).rejects.toThrow();
  });

  test('go nowhere where the file is gone, until it is back', async () => {
    const { dir, late, handle, text } = await followed('1\n', '1\n');
    const away = `${dir.file('log.ndjson')}-away`;
    renameSync(dir.file('log.ndjson'), away);
    await handle.appendFile('2\n');
    await expect.poll(() => existsSync(dir.file('log.ndjson'))).toBe(false);
    renameSync(away, dir.file('log.ndjson'));
    await expect.poll(text).toBe('1\n2\n');
    await late.close();
  });
});
