import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import type { LogLine } from '../../src/options/options.ts';
import { folder } from '../folder.ts';
import { type Served, serve } from '../serve.ts';

const sources = () => ({ things: [{ id: 1, name: 'first' }], settings: { theme: 'dark' } });

/** Sends bytes as they are: clients of a library would encode them. */
async function raw({ url }: Served, path: string, headers: readonly string[] = []): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece;
  });
  const lines = [`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, 'Connection: close'];
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));
  await once(socket, 'close');
  return text;
}

/** What a terminal obeys, or takes for the end of a line. */
const OBEYED = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const obeyed = (lines: readonly LogLine[]): string[] =>
  lines.flatMap(({ text, stack = '' }) => [text, ...stack.split('\n')]).filter((line) => OBEYED.test(line));

const hostile = '\u001b[2J\u001b]0;x\u0007\r\nGET /forged 200 1.0 ms\u0085\u2028\u202e\u009b1A\u0000\u007f';

describe('what a client sends reaches the log without being obeyed', () => {
  const encoded = encodeURIComponent(hostile);
  const rows: [sentence: string, ask: (api: Served) => Promise<unknown>][] = [
    ['a resource', ({ get }) => get(`/${encoded}`)],
    ['an id', ({ get }) => get(`/things/${encoded}`)],
    ['a nested resource', ({ get }) => get(`/things/1/${encoded}`)],
    ['the name of a parameter', ({ get }) => get(`/things?${encoded}=1`)],
    ['the value of a parameter', ({ get }) => get(`/things?_sort=${encoded}&_page=${encoded}`)],
    ['a field of a filter', ({ del }) => del(`/things?${encoded}=1`)],
    ['an operator', ({ get }) => get(`/things?name:${encoded}=1`)],
    ['a relation', ({ get }) => get(`/things?_embed=${encoded}`)],
    ['a session', ({ get }) => get(`/_standin/s/${encoded}/things`)],
    ['a snapshot', ({ get }) => get(`/_standin/snapshots/${encoded}`)],
    ['a control route', ({ get }) => get(`/_standin/${encoded}?${encoded}=1`)],
    ['a resource to reset', ({ post }) => post(`/_standin/reset?resource=${encoded}`)],
    ['an id in a body', ({ post }) => post('/things', { id: hostile })],
    [
      'an id in a body that is taken',
      async ({ post }) => {
        await post('/things', { id: hostile });
        return post('/things', { id: hostile });
      },
    ],
    ['a field in a body', ({ post }) => post('/things', [{ [hostile]: 1 }, hostile])],
    ['text that is no JSON', ({ post }) => post('/things', hostile, { 'Content-Type': 'application/json' })],
    ['raw bytes in the path', (api) => raw(api, '/\u009b2J\u0085?\u009bx=\u0090')],
    [
      'raw bytes in a header',
      (api) => raw(api, '/things', ['Origin: \u009b2J', 'Prefer: max-affected=\u0085']),
    ],
    ['raw bytes in the Host', (api) => raw(api, '/things', ['X: y', 'X-Standin-Session: \u009b'])],
    ['the type of a body', ({ post }) => post('/things', 'x', { 'Content-Type': 'text/\u009b2J' })],
  ];
  test.each(rows)('%s', async (_sentence, ask) => {
    for (const dialect of ['rest', 'json-server', 'django', 'fastapi']) {
      const api = await serve({ sources: sources(), dialect, writes: 'memory' });
      await ask(api);
      await api.get('/things/end');
      await api.says(/\/things\/end/);
      expect(obeyed(api.lines), dialect).toEqual([]);
      expect(api.lines.map(({ text }) => text).join('\n')).not.toMatch(/^GET \/forged/m);
    }
  });

  test('a fault of ours, or of what the user added', async () => {
    const fail = (ctx: { path: string }) => {
      if (ctx.path === '/fail') throw new Error(`cannot do ${hostile}`);
      if (ctx.path === '/throw') throw hostile;
    };
    const middleware = [
      async (ctx: { path: string }, next: () => Promise<unknown>) => {
        fail(ctx);
        await next();
      },
    ] as never;
    const api = await serve({ sources: sources(), middleware });
    api.standin.on('change', () => {
      throw new Error(hostile);
    });
    await api.get('/fail');
    await api.get('/throw');
    await api.post('/things', {});
    await api.says(/a listener failed/);
    expect(obeyed(api.lines)).toEqual([]);
    const faults = api.lines.filter(({ level }) => level === 'error');
    expect(faults).toHaveLength(3);
    for (const { text } of faults) expect(text).toContain('\\u001b[2J\\u001b]0;x\\u0007\\r\\nGET /forged');
    expect(faults[0]?.stack).toMatch(/^Error: cannot do [^\n]+\n\s+at /);
  });

  test('what it saved, and a reload finds', async () => {
    const dir = folder({
      'db.json': { things: [{ id: 'a' }] },
      'things.schema.json': { properties: { name: { type: 'string' } } },
    });
    const api = await serve({ sources: dir.file('db.json'), writes: 'file' });
    const name = hostile.replaceAll('/', '');
    await api.post('/things', { id: hostile, name: 'x' });
    await api.patch('/_standin/s/ann/things/a', { name: 'x' });
    dir.write('db.json', {
      things: [
        { id: 'a', [hostile]: 1 },
        { id: hostile, [hostile]: 1, name: 2 },
      ],
      [name]: [{}],
    });
    await api.standin.reload();
    await api.says(/the file changed it too/);
    dir.write('db.json', { things: [{ id: hostile }, { id: hostile }] });
    const broken = await api.standin.reload().catch(String);
    expect(obeyed(api.lines)).toEqual([]);
    expect(broken).toContain('two items have the id');
    expect((broken as string).split('\n').filter((line) => OBEYED.test(line))).toEqual([]);
  });

  test('whatever it is', { timeout: 60_000 }, async () => {
    const apis = await Promise.all(
      dialectNames.map((dialect) => serve({ sources: sources(), dialect, writes: 'memory' })),
    );
    const word = fc.string({ unit: 'binary', maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 3 }),
        fc.array(word, { maxLength: 3 }),
        async (path, query) => {
          const url = `/${path.map(encodeURIComponent).join('/')}?${query.map(encodeURIComponent).join('&')}`;
          for (const { get, post, lines } of apis) {
            await get(url);
            await post(url, Object.fromEntries(query.map((name) => [name, name])));
            expect(obeyed(lines)).toEqual([]);
            lines.length = 0;
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the line of a request', () => {
  test('names the reason where it was refused, with what to do, in every dialect', async () => {
    for (const dialect of dialectNames) {
      const { get, says, lines } = await serve({ sources: sources(), dialect, writes: 'memory' });
      const end = dialect === 'django' ? '/' : '';
      await get(`/thinks${end}`);
      const line = await says(/^GET \/thinks/);
      expect(line.text, dialect).toMatch(
        /^GET \S+ 404 [\d.]+ ms: there is no resource 'thinks'\. Did you mean 'things'\?/,
      );
      expect(line.status).toBe(404);
      await get(`/things${end}`);
      await says(/^GET \/things/);
      expect(lines.at(-1)?.text).toMatch(/^GET \S+ 200 [\d.]+ ms$/);
    }
  });

  test('stays short, whatever the reason', async () => {
    const { get, says } = await serve({ sources: sources() });
    await get(`/things?_sort=${'x'.repeat(4000)}`);
    const { text } = await says(/^GET/);
    expect(text.slice(text.indexOf(' ms: '))).toMatch(/^.{400,600}…$/);
  });

  test('leaves a fault of ours to the line above it', async () => {
    const middleware = [
      () => {
        throw new Error('boom');
      },
    ] as never;
    const { get, says, lines } = await serve({ sources: sources(), middleware });
    await get('/things');
    await says(/^GET \/things 500 [\d.]+ ms$/);
    expect(lines[0]).toMatchObject({ level: 'error', text: 'GET /things: boom' });
  });
});

describe('a note', () => {
  const notes = (lines: readonly LogLine[]) => lines.filter(({ level }) => level === 'warn');

  test('appears once, and again when the files were read again', async () => {
    const dir = folder({ 'db.json': { things: [{ id: 1 }], posts: [{ id: 1 }] } });
    const { get, lines, standin } = await serve({ sources: dir.file('db.json') });
    for (let i = 0; i < 3; i++) {
      await get('/things?nope=1');
      await get('/posts?nope=1');
      await get('/things?other=1');
    }
    expect(notes(lines).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^GET \/things: ignored: 'nope'/),
      expect.stringMatching(/^GET \/posts: ignored: 'nope'/),
      expect.stringMatching(/^GET \/things: ignored: 'other'/),
    ]);
    await standin.reload();
    await get('/things?nope=1');
    expect(notes(lines)).toHaveLength(3);
    dir.write('db.json', { things: [{ id: 1 }, { id: 2 }], posts: [] });
    await standin.reload();
    await get('/things?nope=1');
    await get('/things?nope=1');
    expect(notes(lines)).toHaveLength(4);
  });

  test('of a header appears once, too', async () => {
    const { send, lines } = await serve({ sources: sources(), dialect: 'json-server' });
    const headers = { 'X-HTTP-Method-Override': 'TRACE' };
    for (let i = 0; i < 3; i++) await send('/things', { method: 'POST', headers });
    expect(notes(lines).map(({ text }) => text)).toEqual([
      expect.stringContaining('ignored: X-HTTP-Method-Override takes PUT, PATCH, DELETE'),
    ]);
  });

  test('is cut, so that those that were written cost little', async () => {
    const { get, lines } = await serve({ sources: sources() });
    await get(`/things?${'x'.repeat(8000)}=1`);
    await get(`/things?${'x'.repeat(8000)}=2`);
    expect(notes(lines).map(({ text }) => text.length)).toEqual([501]);
  });
});
