import { readFileSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BIN, command, run, start } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

type Files = Readonly<Record<string, string>>;

describe('a module is run again when what it imports changes', () => {
  const one = "export const word = 'one';";
  const chains: [sentence: string, files: Files, edited: string, to: string][] = [
    [
      'a module that imports a module',
      {
        'db.mjs': "import { word } from './word.mjs'; export default { all: [{ id: 1, word }] };",
        'word.mjs': one,
      },
      'word.mjs',
      "export const word = 'two';",
    ],
    [
      'over three files',
      {
        'db.mjs': "import { word } from './lib/b.mjs'; export default { all: [{ id: 1, word }] };",
        'lib/b.mjs': "export * from '../c.mjs';",
        'c.mjs': one,
      },
      'c.mjs',
      "export const word = 'two';",
    ],
    [
      'over two ways, one of them a circle',
      {
        'db.mjs':
          "import './a.mjs'; import { word } from './b.mjs'; export default { all: [{ id: 1, word }] };",
        'a.mjs': "import './db.mjs'; export * from './b.mjs';",
        'b.mjs': one,
      },
      'b.mjs',
      "export const word = 'two';",
    ],
    [
      'an import under way',
      {
        'db.mjs':
          "export default async () => ({ all: [{ id: 1, word: (await import('./word.mjs')).word }] });",
        'word.mjs': one,
      },
      'word.mjs',
      "export const word = 'two';",
    ],
    [
      'JSON that a module imports',
      {
        'db.mjs': "import all from './all.json' with { type: 'json' }; export default { all };",
        'all.json': '[{ "id": 1, "word": "one" }]',
      },
      'all.json',
      '[{ "id": 1, "word": "two" }]',
    ],
    [
      'CommonJS that requires CommonJS',
      {
        'db.cjs': "const { word } = require('./word.cjs'); module.exports = { all: [{ id: 1, word }] };",
        'word.cjs': "exports.word = 'one';",
      },
      'word.cjs',
      "exports.word = 'two';",
    ],
    [
      'CommonJS in .js, and the JSON that it requires',
      {
        'db.js': "module.exports = { all: require('./lib/all.js') };",
        'lib/all.js': "module.exports = require('./all.json');",
        'lib/all.json': '[{ "id": 1, "word": "one" }]',
      },
      'lib/all.json',
      '[{ "id": 1, "word": "two" }]',
    ],
    [
      'a module that imports CommonJS',
      {
        'db.mjs': "import all from './all.cjs'; export default { all };",
        'all.cjs': "module.exports = [{ id: 1, word: 'one' }];",
      },
      'all.cjs',
      "module.exports = [{ id: 1, word: 'two' }];",
    ],
    [
      'TypeScript that imports the name that is compiled to',
      {
        'db.ts': "import { word } from './word.js'; export default { all: [{ id: 1 as number, word }] };",
        'word.ts': "export const word: string = 'one';",
      },
      'word.ts',
      "export const word: string = 'two';",
    ],
    [
      'TypeScript that imports a name without its ending',
      {
        'db.mts': "import { word } from './lib'; export default { all: [{ id: 1 as number, word }] };",
        'lib/index.ts': "export { word } from './word';",
        'lib/word.mts': "export const word: string = 'one';",
      },
      'lib/word.mts',
      "export const word: string = 'two';",
    ],
    [
      'TypeScript for CommonJS',
      {
        'db.cts': "import { word } from './word.cts'; export default { all: [{ id: 1 as number, word }] };",
        'word.cts': "export const word: string = 'one';",
      },
      'word.cts',
      "export const word: string = 'two';",
    ],
    [
      'JavaScript that imports TypeScript',
      {
        'db.mjs': "import { word } from './word.ts'; export default { all: [{ id: 1, word }] };",
        'word.ts': "export const word: string = 'one';",
      },
      'word.ts',
      "export const word: string = 'two';",
    ],
  ];

  test.each(chains)('%s', async (_sentence, files, edited, to) => {
    const dir = folder(files);
    const { get, says } = await serve({
      sources: dir.file(Object.keys(files)[0] as string),
      watch: true,
      quiet: true,
    });
    expect((await get('/all')).json).toEqual([{ id: 1, word: 'one' }]);
    dir.write(edited, to);
    await says(/^all: \+0 ~1 -0/);
    expect((await get('/all')).json).toEqual([{ id: 1, word: 'two' }]);
  });

  test('and nothing else is: what did not change keeps what it holds', async () => {
    const dir = folder({
      'db.mjs':
        "import { a } from './a.mjs'; import { b } from './b.mjs'; export default { runs: { a, b } };",
      'a.mjs': 'export const a = (globalThis.runsOfA = (globalThis.runsOfA ?? 0) + 1);',
      'b.mjs': 'export const b = (globalThis.runsOfB = (globalThis.runsOfB ?? 0) + 1);',
    });
    const { get, standin } = await serve({ sources: dir.file('db.mjs') });
    dir.write('b.mjs', `${readFileSync(dir.file('b.mjs'))}\n`);
    await standin.reload();
    expect((await get('/runs')).json).toEqual({ a: 1, b: 2 });
    await standin.reload();
    expect((await get('/runs')).json).toEqual({ a: 1, b: 2 });
  });

  test('for each server that it serves', async () => {
    const dir = folder({
      'db.mjs': "import { word } from './word.mjs'; export default { it: { word } };",
      'word.mjs': one,
    });
    const [first, second] = [
      await serve({ sources: dir.file('db.mjs') }),
      await serve({ sources: dir.file('db.mjs') }),
    ];
    for (const word of ['two', 'three', 'two']) {
      dir.write('word.mjs', `export const word = '${word}';`);
      for (const { standin, get } of [first, second]) {
        await standin.reload();
        expect((await get('/it')).json).toEqual({ word });
      }
    }
  });

  test('of the user: an installed package runs once, one of the workspace is the user’s', async () => {
    const pack = (name: string) => ({ name, exports: './index.mjs', type: 'module' });
    const dir = folder({
      'db.mjs': "import { a } from 'installed'; import { b } from 'linked'; export default { it: { a, b } };",
      'node_modules/installed/package.json': pack('installed'),
      'node_modules/installed/index.mjs': 'export const a = 1;',
      'packages/linked/package.json': pack('linked'),
      'packages/linked/index.mjs': 'export const b = 1;',
    });
    symlinkSync(dir.file('packages/linked'), dir.file('node_modules/linked'));
    const { get, standin } = await serve({ sources: dir.file('db.mjs') });
    dir.write('node_modules/installed/index.mjs', 'export const a = 2;');
    dir.write('packages/linked/index.mjs', 'export const b = 2;');
    await standin.reload();
    expect((await get('/it')).json).toEqual({ a: 1, b: 2 });
  });
});

describe('a module that is broken by a save leaves what was served', () => {
  const files = {
    'db.mjs': "import { word } from './word.mjs'; export default { it: { word } };",
    'word.mjs': "export const word = 'one';",
  };
  const breaks: [sentence: string, text: string, told: string][] = [
    [
      'it cannot be read as code',
      "export const word = 'one';\nlet x = ];",
      'word.mjs:2:9: the module failed: Syn',
    ],
    [
      'it throws',
      "\n throw new Error('no word'); export const word = 1;",
      'word.mjs:2:8: the module failed: Error: no word',
    ],
    [
      'it exports something else',
      'export const other = 1;',
      'db.mjs:1:10: the module failed: SyntaxError: The req',
    ],
    [
      'it imports what is not there',
      "import './gone.mjs';",
      'word.mjs:1:8: the module failed: Error: Cannot find',
    ],
  ];

  test.each(breaks)('because %s', async (_sentence, text, told) => {
    const dir = folder(files);
    const { get, says, lines } = await serve({ sources: dir.file('db.mjs'), watch: true, quiet: true });
    dir.write('word.mjs', text);
    expect((await says(/the module failed/)).text).toContain(told);
    expect((await get('/it')).json).toEqual({ word: 'one' });
    dir.write('word.mjs', "export const word = 'two';");
    await says(/the files can be read again/);
    expect((await get('/it')).json).toEqual({ word: 'two' });
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('until the file that it looks for comes', async () => {
    const dir = folder(files);
    const { get, says } = await serve({ sources: dir.file('db.mjs'), watch: true, quiet: true });
    dir.write('word.mjs', "export { word } from './new/word.js';");
    await says(/the module failed/);
    dir.write('new/word.ts', "export const word: string = 'three';");
    dir.write('word.mjs', "export { word } from './new/word.js';\n");
    await says(/the files can be read again/);
    expect((await get('/it')).json).toEqual({ word: 'three' });
  });

  test('and a file that was new in it is watched', async () => {
    const dir = folder(files);
    const { get, says } = await serve({ sources: dir.file('db.mjs'), watch: true, quiet: true });
    dir.write('new.mjs', 'let x = ];');
    dir.write('word.mjs', "export { word } from './new.mjs';");
    await says(/new\.mjs:1:9: the module failed/);
    dir.write('new.mjs', "export const word = 'four';");
    await says(/the files can be read again/);
    expect((await get('/it')).json).toEqual({ word: 'four' });
  });

  test('and one that may be missing is read when it comes', async () => {
    const dir = folder({
      'db.mjs': `
        const { word } = await import('./mine.mjs').catch(() => ({ word: 'none' }));
        export default { it: { word } };`,
    });
    const { get, says } = await serve({ sources: dir.file('db.mjs'), watch: true, quiet: true });
    expect((await get('/it')).json).toEqual({ word: 'none' });
    dir.write('mine.mjs', "export const word = 'mine';");
    await says(/^it: /);
    expect((await get('/it')).json).toEqual({ word: 'mine' });
  });
});

describe('TypeScript', () => {
  test('is read without its types, and with its enums', async () => {
    const dir = folder({
      'package.json': { type: 'commonjs' },
      'db.ts': `
        import type { Nothing } from './nothing';
        import { type Nobody, Kind, Event } from './event.js';
        declare const unused: Nothing;
        const list = <T,>(...all: T[]): T[] => all;
        export default { events: list<Event | Nobody>(new Event(1, Kind.Open), new Event(2)) } satisfies object;`,
      'event.ts': `
        export enum Kind { Open = 'open', Closed = 'closed' }
        export interface Nobody { readonly id: never }
        abstract class Base { declare readonly hidden: string; protected abstract ready(): boolean }
        export class Event extends Base {
          constructor(public readonly id: number, readonly kind: Kind = Kind.Closed) { super(); }
          protected override ready(): boolean { return this.kind! as unknown as boolean; }
        }`,
    });
    const { get } = await serve({ sources: dir.file('db.ts') });
    expect((await get('/events')).json).toEqual([
      { id: 1, kind: 'open' },
      { id: 2, kind: 'closed' },
    ]);
  });

  const places: [sentence: string, file: string, text: string, told: string][] = [
    ['a fault of the syntax', 'db.ts', 'type A = number;\nexport default [ { id: 1 ];', 'db.ts:2:26: '],
    [
      'what is thrown behind types in its line',
      'db.mts',
      "interface A { a: 1 }\nconst a: A = { a: 1 }; throw new Error('x');",
      'db.mts:2:30: ',
    ],
    [
      'what a function of it throws',
      'db.ts',
      "export default (): number => {\n  const a: number = 1; throw new Error('x');\n};",
      'db.ts:2:30: ',
    ],
    [
      'what is thrown in CommonJS',
      'db.cts',
      "const a: number = 1;\nlet b: any; throw new Error('x');",
      'db.cts:2:19: ',
    ],
  ];
  test.each(places)('has the place of %s', async (_sentence, file, text, told) => {
    const dir = folder({ [file]: text });
    await expect(serve({ sources: dir.file(file) }).catch(String)).resolves.toContain(dir.file(told));
  });
});

describe('the command', () => {
  const dialect = (word: string) => `
    import { rest, type Dialect } from 'standin';
    export const mine: Dialect = { ...rest, name: 'mine', show: (item) => ({ ...item, word: '${word}' }) };`;
  const config = `
    import type { Options } from 'standin';
    import { mine } from './lib/mine.js';
    export default { sources: { things: [{ id: 1 }] }, dialect: mine } satisfies Options;`;

  test('reloads a config in TypeScript as the dialect that it imports is saved', async () => {
    const dir = folder({ 'standin.config.ts': config, 'lib/mine.ts': dialect('one') });
    const { get, says, output } = await command([], { cwd: dir.path });
    expect((await get('/things/1')).json).toEqual({ id: 1, word: 'one' });
    dir.write('lib/mine.ts', `${dialect('two')}\nlet x = ];`);
    await says(/lib\/mine\.ts:4:9: the module failed: SyntaxError.*\n {2}The last good state/, 'stderr');
    expect((await get('/things/1')).json).toEqual({ id: 1, word: 'one' });
    dir.write('lib/mine.ts', dialect('three'));
    await says(/the files can be read again/);
    expect((await get('/things/1')).json).toEqual({ id: 1, word: 'three' });
    expect(output.stderr).not.toMatch(/Warning/);
  });

  test('stays up when a module imports CommonJS that fails', async () => {
    const dir = folder({
      'db.mjs': "import all from './all.cjs'; export default { all };",
      'all.cjs': 'module.exports = [{ id: 1 }];',
    });
    const { get, says } = await command([dir.file('db.mjs')]);
    dir.write('all.cjs', "throw new Error('not now');");
    await says(/all\.cjs:1:7: the module failed: Error: not now/, 'stderr');
    expect((await get('/all/1')).status).toBe(200);
  });

  test('finds a config of each kind', async () => {
    const texts = {
      json: '{ "sources": { "things": [] }, "prefix": "/json" }',
      js: "module.exports = { sources: { things: [] }, prefix: '/js' };",
      mjs: "export default { sources: { things: [] }, prefix: '/mjs' };",
      cjs: "module.exports = { sources: { things: [] }, prefix: '/cjs' };",
      ts: "export default { sources: { things: [] }, prefix: '/ts' as string };",
      mts: "export default { sources: { things: [] }, prefix: '/mts' as string };",
      cts: "export = { sources: { things: [] }, prefix: '/cts' as string };",
    };
    await Promise.all(
      Object.entries(texts).map(async ([ending, text]) => {
        const dir = folder({ [`standin.config.${ending}`]: text });
        const { get } = await command([], { cwd: dir.path });
        expect((await get(`/${ending}/things`)).status, ending).toBe(200);
      }),
    );
  });

  test('is the standin that its config imports, whatever is installed', async () => {
    const dir = folder({
      'standin.config.mjs':
        "import { version } from 'standin'; export default { sources: { it: { version } } };",
      'node_modules/standin/package.json': { name: 'standin', type: 'module', exports: './index.js' },
      'node_modules/standin/index.js': "export const version = 'another';",
    });
    const { get } = await command([], { cwd: dir.path });
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await get('/it')).json).toEqual({ version });
  });

  test('loads nothing for modules before it meets one', async () => {
    const dir = folder({
      'db.json': { things: [] },
      'db.mjs': 'export default { things: [] };',
      'spy.cjs': `
        const modules = require('node:module');
        const { register } = modules;
        modules.register = (...given) => { console.log('a hook is loaded'); return register(...given); };
        modules.syncBuiltinESMExports();`,
    });
    const loads = async (source: string) => {
      const { output, says } = start(process.execPath, [
        ...['--require', dir.file('spy.cjs'), BIN, dir.file(source), '--port', '0'],
      ]);
      await says(/Try: /);
      return output.stdout.includes('a hook is loaded');
    };
    expect([await loads('db.json'), await loads('db.mjs')]).toEqual([false, true]);
  });

  test('names the place of a fault at the start', async () => {
    const dir = folder({ 'standin.config.cts': 'export = {\n  sources: ],\n};', 'db.json': {} });
    const { code, stderr } = await run([], { cwd: dir.path });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `standin: ${dir.file('standin.config.cts')}:2:12: the module failed: SyntaxError: Unexpected token\n`,
    });
  });
});
