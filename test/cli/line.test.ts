import { describe, expect, test } from 'vitest';
import { readLine } from '../../src/cli/line.ts';
import { serve } from '../serve.ts';

/** What the command prints for a line that it refuses. */
const refusal = (argv: readonly string[]): Promise<string> =>
  readLine(argv).then((line) => `not refused: ${JSON.stringify(line)}`, String);

describe('a line that is refused', () => {
  const SEE_HELP = '\n  standin --help lists the options.';
  test.each([
    [['--prot', '1'], "unknown option 'prot'\n  Did you mean '--port'?"],
    [['-x'], `unknown option '-x'${SEE_HELP}`],
    [['--no-port'], `unknown option 'no-port'${SEE_HELP}`],
    [['--unique', 'x'], "unknown option 'unique'\n  It is a key of a config file, and no flag."],
    [['--port'], `option 'port' takes a value${SEE_HELP}`],
    [['-p'], `option 'p' takes a value${SEE_HELP}`],
    [['--writes', '--strict'], `option 'writes' takes a value${SEE_HELP}`],
    [['--port', 'many'], "option 'port' takes a whole number, got 'many'"],
    [['-p', 'many'], "option 'port' takes a whole number, got 'many'"],
    [['--port='], "option 'port' takes a whole number, got ''"],
    [['--port', '--strict'], "option 'port' takes a whole number, got '--strict'"],
    [['--port', '0', '--port', 'x'], "option 'port' takes a whole number, got 'x'"],
    [['--port', '70000'], "option 'port' takes 0 to 65535, got 70000"],
    [['--page-size', '1.5'], "option 'pageSize' takes a whole number, got '1.5'"],
    [['--strict=maybe'], "option 'strict' takes true or false, got 'maybe'"],
    [['-q=1'], "option 'quiet' takes true or false, got '1'"],
  ])('%j', async (argv, expected) => {
    expect(await refusal(['db.json', ...argv])).toBe(expected);
  });
});

describe('a line that is read', () => {
  test.each([
    [['db.json', 'more'], {}, ['db.json', 'more']],
    [['--strict', 'db.json'], { strict: true }, ['db.json']],
    [['--strict=false', '--no-watch'], { strict: false, watch: false }, []],
    [['--page-size', '5', '-p', '4000', 'db.json'], { pageSize: 5, port: 4000 }, ['db.json']],
    [['--port', '1', '--port', '2'], { port: 2 }, []],
    [['-q', '-d', 'django', '--prefix='], { quiet: true, dialect: 'django', prefix: '' }, []],
    [['--allow-host', 'a', 'b', '--allow-host=c'], { allowHost: ['a', 'b', 'c'] }, []],
    [['--', '--port', '-nc'], {}, ['--port', '-nc']],
  ])('%j', async (argv, options, sources) => {
    expect(await readLine(argv)).toEqual({ options, sources, demo: false });
  });

  const ours = 'https://app.example';
  test.each([
    ['one', ['--allow-origin', ours]],
    ['one of two flags', ['--allow-origin', 'http://x.example', '--allow-origin', ours]],
    ['one of two words', ['--allow-origin', 'http://x.example', ours]],
  ])('names origins: %s', async (_sentence, argv) => {
    const { options } = await readLine(argv);
    const { post } = await serve({ ...options, sources: { things: [] } });
    const { headers } = await post('/things', {}, { Origin: ours });
    expect(headers['access-control-allow-credentials']).toBe('true');
  });
});

describe("json-server's flags", () => {
  test.each([
    [['-w'], /standin reloads as files are saved/],
    [['-r', 'routes.json'], /Use --routes FILE/],
    [['-m', 'auth.js'], /no such option: list Koa middleware under "middleware"/],
    [['-s', 'public'], /no such option: it serves data/],
    [['-S', '.'], /no such option: PUT \/_standin\/snapshots/],
    [['-i', 'key'], /Use --id FIELD/],
    [['-v'], /Use --version/],
    [['-d', '500'], /no such option: with --dialect json-server, \?_delay=500/],
    [['-nc'], /no such option: pages of every origin/],
    [['-ng'], /no such option: what is sent is zipped/],
    [['--ro'], /Use --writes off/],
    [['--read-only'], /Use --writes off/],
    [['--nc'], /no such option: pages of every origin/],
    [['--no-cors'], /no such option: pages of every origin/],
    [['--no-gzip'], /no such option: what is sent is zipped/],
    [['--middlewares', 'auth.js'], /no such option: list Koa middleware/],
    [['--static', 'public'], /no such option: it serves data/],
    [['--snapshots', '.'], /no such option: PUT \/_standin\/snapshots/],
    [['--delay', '500'], /no such option: with --dialect json-server/],
    [['--fks', '_id'], /no such option: name the foreign keys/],
    [['--foreignKeySuffix', '_id'], /no such option: name the foreign keys/],
    [['-wq'], /standin reloads as files are saved/],
  ])('%j: what to use, or that there is none', async (argv, shown) => {
    const refused = await refusal(['db.json', ...argv]);
    expect(refused).toMatch(/^(unknown option|option 'dialect')/);
    expect(refused).toMatch(shown);
    expect(refused).not.toContain('Did you mean');
  });

  test('that standin has too are read', async () => {
    const argv = [
      '--watch',
      'db.json',
      '-p',
      '0',
      '-H',
      '127.0.0.1',
      '-q',
      '-c',
      'x.json',
      '--routes',
      'r.json',
    ];
    expect(await readLine([...argv, '--id', 'key'])).toMatchObject({
      sources: ['db.json'],
      options: {
        watch: true,
        port: 0,
        host: '127.0.0.1',
        quiet: true,
        config: 'x.json',
        routes: 'r.json',
        id: 'key',
      },
    });
  });
});
