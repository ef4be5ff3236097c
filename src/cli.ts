import { fileURLToPath } from 'node:url';
import { dialectNames } from './dialects/index.ts';
import { findConfig, findSource, readConfig } from './fixtures/config.ts';
import { nearest } from './nearest.ts';
import type { LogLine, Options } from './options/options.ts';
import type { OptionRow } from './options/row.ts';
import { optionTable } from './options/table.ts';
import { printable } from './printable.ts';
import { Problem } from './problem.ts';
import { createStandin, type Standin, version } from './standin.ts';

const DEMO = fileURLToPath(new URL('../fixtures', import.meta.url));

const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const yargsTypes = {
  text: 'string',
  any: 'string',
  number: 'number',
  flag: 'boolean',
  texts: 'array',
  origins: 'array',
} as const;

const rows = (Object.entries(optionTable) as [keyof Options, OptionRow][]).filter(
  ([, row]) => !row.configOnly,
);

/** One yargs option a row of the table. */
const flags = Object.fromEntries(
  rows.map(([name, row]) => {
    const words = row.kind === 'any' ? `${row.words}: ${dialectNames.join(', ')}` : row.words;
    const shown =
      row.default === undefined || row.default === '' ? {} : { defaultDescription: String(row.default) };
    const type = yargsTypes[row.kind as keyof typeof yargsTypes];
    return [
      flagOf(name),
      {
        ...(type === 'array' ? { type: 'string' as const, array: true } : { type }),
        describe: words,
        requiresArg: row.kind !== 'flag',
        ...(row.alias ? { alias: row.alias } : {}),
        ...(row.choices ? { choices: row.choices } : {}),
        ...(row.default === false || Array.isArray(row.default) ? {} : shown),
      },
    ];
  }),
);

const SEE_HELP = 'standin --help lists the options.';
const words = [...Object.keys(flags), 'demo', 'help', 'version'];
const spellings = new Set([
  ...words,
  ...rows.flatMap(([name, { alias = name }]) => [name, alias]),
  'h',
  '_',
  '$0',
]);

function checkFlags(given: readonly string[]): void {
  const unknown = given.find((name) => !spellings.has(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, words);
  throw new Problem('bad-option', `unknown option '${unknown}'`, {
    hint: near ? `Did you mean '--${near}'?` : SEE_HELP,
  });
}

async function parse(argv: readonly string[]): Promise<Options> {
  const { default: yargs } = await import('yargs');
  const parser = yargs([...argv])
    .scriptName('standin')
    .usage(
      '$0 [sources..]\n\nServes fixture files and folders as a complete REST API (default: ./fixtures, else ./db.json).',
    )
    .options(flags)
    .option('demo', { type: 'boolean', describe: 'serve the sample data that comes with standin' })
    .example('$0 db.json', 'serve one file, reload as it is saved')
    .example('$0 fixtures --port 4000 --strict', 'serve a folder, check writes against the items there are')
    .detectLocale(false)
    .version(version)
    .help()
    .alias('h', 'help')
    .exitProcess(true)
    .fail((message, error) => {
      throw new Problem('bad-option', message ?? error.message, { hint: SEE_HELP });
    });
  const given = await parser.parse();
  checkFlags(Object.keys(given));
  const options: Record<string, unknown> = {};
  for (const [name, row] of rows) {
    const sent = given[flagOf(name)];
    if (sent === undefined) continue;
    // Of a flag that is given twice the last counts, unless it takes a list.
    const value =
      Array.isArray(sent) && yargsTypes[row.kind as keyof typeof yargsTypes] !== 'array' ? sent.at(-1) : sent;
    if (row.kind === 'number' && Number.isNaN(value)) {
      throw new Problem('bad-option', `--${flagOf(name)} takes a number`, {
        hint: SEE_HELP,
      });
    }
    options[name] = value;
  }
  const named = [...(given.demo ? [DEMO] : []), ...given._.map(String)];
  const config = (given.config as string | undefined) ?? findConfig(process.cwd(), named);
  if (named.length > 0) return { ...options, ...(config ? { config } : {}), sources: named };
  const inConfig = config && (await readConfig(config)).sources !== undefined;
  const found = inConfig ? undefined : findSource(process.cwd());
  return { ...options, ...(config ? { config } : {}), ...(found ? { sources: [found] } : {}) };
}

const paint = (code: number, text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;

function print({ level, text, stack }: LogLine): void {
  if (level === 'info') console.log(text);
  else console.error(paint(level === 'warn' ? 33 : 31, text));
  if (stack) console.error(stack);
}

const SHOWN = 20;

/** What is served, where, and one line to try. */
function banner(standin: Standin, url: string, addresses: readonly string[]): string {
  const { model } = standin;
  const names = [...model.resources.keys()];
  const width = Math.max(0, ...names.slice(0, SHOWN).map((name) => name.length));
  const list = names.slice(0, SHOWN).map((name) => {
    const { kind } = model.resources.get(name) ?? {};
    const count = kind === 'collection' ? `${standin.count(name)} items` : String(kind);
    return `  ${name.padEnd(width)}  ${count.padEnd(12)}  ${paint(36, url + standin.path(name))}`;
  });
  const relations = model.relations.map(
    ({ child, field, parent, declared }) =>
      `  ${child}.${field} -> ${parent}${declared ? '' : ' (inferred)'}`,
  );
  const more = (all: number) => (all > SHOWN ? [`  … and ${all - SHOWN} more`] : []);
  const first = names.find((name) => model.resources.get(name)?.kind === 'collection') ?? names[0] ?? '';
  const open = addresses.some((address) => address === '0.0.0.0' || address === '::');
  return [
    `standin ${version} serves ${url}`,
    '',
    ...list,
    ...more(names.length),
    ...(relations.length > 0
      ? ['', 'Relations:', ...relations.slice(0, SHOWN), ...more(relations.length)]
      : []),
    '',
    `Try: curl ${url}${standin.path(first)}`,
    ...(open ? ['Open to the network: add --allow-host NAME for each name it is called by.'] : []),
    '',
  ].join('\n');
}

function fail(error: unknown): never {
  if (error instanceof Problem) {
    console.error(`${paint(31, 'standin:')} ${error}`);
    process.exit(error.exit);
  }
  console.error(error);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = await parse(process.argv.slice(2));
  if (options.sources === undefined && options.config === undefined) {
    throw new Problem('no-source', 'there is neither ./fixtures nor ./db.json here', {
      hint: 'Name a fixture file or a folder of them, or try standin --demo.',
    });
  }
  const standin = await createStandin({ log: print, ...options });
  for (const text of standin.warnings) print({ level: 'warn', text: printable(text) });
  const { url, addresses, port } = await standin.listen();
  let closing = false;
  const stop = () => {
    if (closing) process.exit(0);
    closing = true;
    standin.close().then(() => process.exit(0), fail);
  };
  // In place before anyone reads that it listens, and ends it.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const wanted = standin.settings.port;
  if (wanted !== 0 && port !== wanted) console.log(`Port ${wanted} is in use, took ${port}.`);
  console.log(banner(standin, url, addresses));
}

main().catch(fail);
