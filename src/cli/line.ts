import { nearest } from '../nearest.ts';
import { checkValue } from '../options/checks.ts';
import type { Options } from '../options/options.ts';
import { Problem } from '../problem.ts';
import { version } from '../standin.ts';
import { configKeys, type Flag, flags, isList, toYargs } from './flags.ts';
import { jsonServerFlags } from './json-server.ts';

/** The command line, read: the options, and the words beside them. */
export interface Line {
  readonly options: Options;
  readonly sources: readonly string[];
  readonly demo: boolean;
}

const SEE_HELP = 'standin --help lists the options.';

const badOption = (message: string, hint = SEE_HELP): Problem => new Problem('bad-option', message, { hint });

const words = [...flags.map(({ flag }) => flag), 'demo', 'help', 'version'];
const byWord = new Map(
  flags.flatMap((one) => [one.flag, one.row.alias ?? one.flag].map((word) => [word, one])),
);
const known = new Set([...words, ...byWord.keys(), ...flags.map(({ name }) => name), 'h', '_', '$0']);

function unknownFlag(word: string, dashes = word.length === 1 ? '-' : ''): Problem {
  const near = nearest(word, words);
  const hint =
    jsonServerFlags.get(word) ??
    (configKeys.includes(word) ? 'It is a key of a config file, and no flag.' : undefined) ??
    (near === undefined ? undefined : `Did you mean '--${near}'?`);
  return badOption(`unknown option '${dashes}${word}'`, hint);
}

/** Refuses what yargs would read as something else: a word as several letters, no number as 0, any text as false. */
function checkWords(argv: readonly string[]): void {
  const end = argv.indexOf('--');
  for (const [i, word] of argv.slice(0, end === -1 ? argv.length : end).entries()) {
    const [, dashes, name = '', inline] = /^(--?)([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (dashes === undefined) continue;
    if (dashes === '-' && name.length > 1 && jsonServerFlags.has(name)) throw unknownFlag(name, '-');
    const negated = name.startsWith('no-') ? byWord.get(name.slice(3)) : undefined;
    if (negated && negated.row.kind !== 'flag') throw unknownFlag(name);
    const flag = byWord.get(name);
    if (flag) checkText(flag, flag.row.kind === 'number' ? (inline ?? argv[i + 1]) : inline);
  }
}

/** Checks what was written for a number, or behind the = of a switch. */
function checkText({ name, row }: Flag, text: string | undefined): void {
  if (text === undefined || (row.kind !== 'flag' && row.kind !== 'number')) return;
  const isRead = row.kind === 'flag' ? text === 'true' || text === 'false' : /^-?\d+$/.test(text);
  checkValue(row, { path: name, value: isRead ? JSON.parse(text) : text, where: '' });
}

/** Refuses flags that no row is about. yargs takes the `no-` off a flag that it does not know, too. */
function checkFlags(given: Readonly<Record<string, unknown>>): void {
  for (const [word, value] of Object.entries(given)) {
    if (!known.has(word)) throw unknownFlag(value === false ? `no-${word}` : word);
  }
}

/** The value of a flag. Of one that is given twice the last counts, unless it takes a list. */
function readValue({ flag, row }: Flag, sent: unknown): unknown {
  const value = Array.isArray(sent) && !isList(row) ? sent.at(-1) : sent;
  // json-server's -d is a delay.
  if (flag === 'dialect' && /^\d+$/.test(String(value)))
    throw badOption(`option 'dialect' takes a name, got '${value}'`, jsonServerFlags.get('delay'));
  return value;
}

export async function readLine(argv: readonly string[]): Promise<Line> {
  checkWords(argv);
  const { default: yargs } = await import('yargs');
  const parser = yargs([...argv])
    .scriptName('standin')
    .usage(
      '$0 [sources..]\n\nServes fixture files and folders as a complete REST API (default: ./fixtures, else ./db.json).',
    )
    .options(Object.fromEntries(flags.map((one) => [one.flag, toYargs(one)])))
    .option('demo', { type: 'boolean', describe: 'serve the sample data that comes with standin' })
    .example('$0 db.json', 'serve one file, reload as it is saved')
    .example('$0 fixtures --port 4000 --strict', 'serve a folder, check writes against the items there are')
    .detectLocale(false)
    .updateStrings({ 'Not enough arguments following: %s': "option '%s' takes a value" })
    .version(version)
    .help()
    .alias('h', 'help')
    .exitProcess(true)
    .fail((message, error) => {
      throw badOption(message ?? error.message);
    });
  const given: Readonly<Record<string, unknown>> & { readonly _: unknown[] } = await parser.parse();
  checkFlags(given);
  const sent = flags.filter(({ flag }) => given[flag] !== undefined);
  return {
    options: Object.fromEntries(sent.map((one) => [one.name, readValue(one, given[one.flag])])),
    sources: given._.map(String),
    demo: given.demo === true,
  };
}
