import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { command } from './command.ts';
import { folder } from './folder.ts';
import { serve } from './serve.ts';

const things = () => [
  { id: 1, name: 'one' },
  { id: 2, name: 'two' },
];

/** A module that writes a line for each time it is run, and each time what it exports is called. */
const counted = (rest: string) => `
  import { appendFileSync } from 'node:fs';
  const count = (word) => appendFileSync(new URL('./runs.txt', import.meta.url), word + '\\n');
  count('run');
  export default async () => {
    count('call');
    return { ${rest} };
  };`;

describe('a config that is a function runs once', () => {
  const runsOf = (dir: ReturnType<typeof folder>) =>
    readFileSync(dir.file('runs.txt'), 'utf8').trim().split('\n');

  test('when the command starts, watches and reloads; and again when it is edited', async () => {
    const dir = folder({ 'data/things.json': things(), 'standin.config.mjs': counted(`sources: 'data'`) });
    const { get, says } = await command([], { cwd: dir.path });
    expect((await get('/things')).json).toEqual(things());
    dir.write('data/things.json', []);
    await says(/things: \+0 ~0 -2/);
    expect(runsOf(dir)).toEqual(['run', 'call']);
    dir.write('standin.config.mjs', counted(`sources: 'data', prefix: '/api'`));
    await expect.poll(async () => (await get('/api/things')).status).toBe(200);
    expect(runsOf(dir)).toEqual(['run', 'call', 'run', 'call']);
  });

  test('in code, for each server', async () => {
    const dir = folder({
      'standin.config.mjs': counted(`sources: { things: [{ id: 1, at: Math.random() }] }`),
    });
    const [one, two] = [
      await serve({ config: dir.file('standin.config.mjs') }),
      await serve({ config: dir.file('standin.config.mjs') }),
    ];
    const before = (await one.get('/things')).body;
    await one.standin.reload();
    expect((await one.get('/things')).body).toBe(before);
    expect((await two.get('/things')).body).not.toBe(before);
    expect(runsOf(dir)).toEqual(['run', 'call', 'call']);
  });

  test('that fails is run again by the next reload', async () => {
    const dir = folder({ 'standin.config.mjs': `export default { sources: { things: [] } };` });
    const { standin, get } = await serve({ config: dir.file('standin.config.mjs') });
    dir.write(
      'standin.config.mjs',
      `let tries = 0;
      export default () => {
        if (++tries === 1) throw new Error('not yet');
        return { sources: { things: [{ id: tries }] } };
      };`,
    );
    await expect(standin.reload()).rejects.toThrow('not yet');
    expect((await get('/things')).json).toEqual([]);
    await standin.reload();
    expect((await get('/things')).json).toEqual([{ id: 2 }]);
  });
});

describe('data in a config', () => {
  const writers: [name: string, content: (sources: unknown) => unknown][] = [
    ['standin.config.json', (sources) => ({ sources })],
    ['standin.config.mjs', (sources) => `export default { sources: ${JSON.stringify(sources)} };`],
    ['standin.config.js', (sources) => `module.exports = () => ({ sources: ${JSON.stringify(sources)} });`],
  ];

  test.each(writers)('is served as it is saved, in %s', async (name, content) => {
    const dir = folder({ [name]: content({ things: things() }) });
    const { get, patch, says, lines } = await serve({ config: dir.file(name), watch: true, quiet: true });
    await patch('/things/2', { name: 'mine' });
    dir.write(name, content([{ things: [{ id: 1, name: 'uno' }, things()[1], { id: 3 }] }, { more: [] }]));
    await says(/^things: \+1 ~1 -0/);
    expect((await get('/things')).json).toEqual([{ id: 1, name: 'uno' }, { id: 2, name: 'mine' }, { id: 3 }]);
    expect((await get('/more')).json).toEqual([]);
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('is not said to change where other options do', async () => {
    const config = (pageSize: number) => ({ sources: { things: things() }, pageSize });
    const dir = folder({ 'standin.config.json': config(1) });
    const { get, standin, lines } = await serve({ config: dir.file('standin.config.json'), quiet: true });
    expect((await get('/things')).json).toHaveLength(1);
    dir.write('standin.config.json', config(2));
    await standin.reload();
    expect((await get('/things')).json).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  test('that is broken leaves the last good', async () => {
    const dir = folder({ 'standin.config.json': { sources: { things: things() } } });
    const { get, standin } = await serve({ config: dir.file('standin.config.json') });
    dir.write('standin.config.json', { sources: { things: [{ id: 1 }, { id: 1 }] } });
    await expect(standin.reload()).rejects.toMatchObject({ code: 'duplicate-id' });
    expect((await get('/things')).json).toEqual(things());
  });

  test('passed in code is what it was: a change of the object is no reload', async () => {
    const data = { things: things() };
    const { get, standin } = await serve({ sources: data });
    data.things.push({ id: 3, name: 'three' });
    await standin.reload();
    expect((await get('/things')).json).toHaveLength(2);
  });

  test('and files beside it that come and go are named', async () => {
    const dir = folder({
      'things.json': things(),
      'other.json': [],
      'standin.config.json': { sources: ['things.json', { more: [] }] },
    });
    const { standin, says } = await serve({ config: dir.file('standin.config.json') });
    dir.write('standin.config.json', { sources: ['things.json', 'other.json', { more: [] }] });
    await standin.reload();
    await says(/the option 'sources' changed: restart standin to apply it/);
  });
});

describe('what a config says', () => {
  test('comes before what the command looks for', async () => {
    const dir = folder({
      'db.json': { found: [] },
      'standin.config.json': { sources: { things: things() } },
    });
    const { get } = await command([], { cwd: dir.path });
    expect([(await get('/things')).status, (await get('/found')).status]).toEqual([200, 404]);
  });

  test('leaves the rest to be looked for', async () => {
    const dir = folder({ 'db.json': { found: [] }, 'standin.config.json': { prefix: '/api' } });
    const { get } = await command([], { cwd: dir.path });
    expect((await get('/api/found')).status).toBe(200);
  });

  test('of the log is done by the command too', async () => {
    const dir = folder({
      'db.json': { things: things() },
      'standin.config.mjs': `
        import { appendFileSync } from 'node:fs';
        export default { log: ({ text }) => appendFileSync(new URL('./log.txt', import.meta.url), text + '\\n') };`,
    });
    const { get, output } = await command([], { cwd: dir.path });
    await get('/things');
    await expect
      .poll(() => existsSync(dir.file('log.txt')) && readFileSync(dir.file('log.txt'), 'utf8'))
      .toMatch(/GET \/things 200/);
    expect(output.stdout).not.toContain('GET /things');
  });

  test('of a dialect of its own takes effect at a reload', async () => {
    const entry = new URL('../dist/index.js', import.meta.url).href;
    const config = (word: string) => `
      import { rest } from '${entry}';
      export default {
        sources: { things: [{ id: 1 }] },
        dialect: { ...rest, name: 'mine', show: (item) => ({ ...item, word: '${word}' }) },
      };`;
    const dir = folder({ 'standin.config.mjs': config('one') });
    const { get, standin } = await serve({ config: dir.file('standin.config.mjs') });
    expect((await get('/things/1')).json).toEqual({ id: 1, word: 'one' });
    dir.write('standin.config.mjs', config('two'));
    await standin.reload();
    expect((await get('/things/1')).json).toEqual({ id: 1, word: 'two' });
  });
});

describe('middleware of a config', () => {
  const config = (word: string) => `
    export default {
      sources: 'things.json',
      middleware: [async (ctx, next) => { await next(); ctx.set('X-Word', '${word}'); }],
    };`;

  test('that is edited takes effect at a reload', async () => {
    const dir = folder({ 'things.json': things(), 'standin.config.mjs': config('one') });
    const { get, standin, lines } = await serve({ config: dir.file('standin.config.mjs') });
    expect((await get('/things')).headers['x-word']).toBe('one');
    dir.write('standin.config.mjs', config('two'));
    await standin.reload();
    expect((await get('/things')).headers['x-word']).toBe('two');
    dir.write('standin.config.mjs', `export default { sources: 'things.json' };`);
    await standin.reload();
    expect((await get('/things')).headers['x-word']).toBeUndefined();
    dir.write('standin.config.mjs', config('three'));
    await standin.reload();
    expect((await get('/things')).headers['x-word']).toBe('three');
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('that is edited into what is none leaves the last good one', async () => {
    const dir = folder({ 'things.json': things(), 'standin.config.mjs': config('one') });
    const { get, standin } = await serve({ config: dir.file('standin.config.mjs') });
    dir.write('standin.config.mjs', `export default { sources: 'things.json', middleware: ['x'] };`);
    await expect(standin.reload()).rejects.toThrow("option 'middleware[0]' in ");
    expect((await get('/things')).headers['x-word']).toBe('one');
  });
});
