import { relative } from 'node:path';
import type { Resource } from '../model/model.ts';
import type { Options, WriteMode } from '../options/options.ts';
import { printable } from '../printable.ts';
import { type Standin, version } from '../standin.ts';
import { paint } from './terminal.ts';

const SHOWN = 20;

/** What becomes of writes, in a few words. */
const modes: Readonly<Record<WriteMode, string>> = {
  memory: 'memory (the files stay as they are)',
  fake: 'fake (answered, and not kept)',
  file: 'file (saved to the fixtures)',
  off: 'off (refused)',
};

const cyan = (text: string): string => paint(process.stdout, 'cyan', text);

/** At most so many lines, and how many more there are. */
const few = (lines: readonly string[]): string[] =>
  lines.length > SHOWN ? [...lines.slice(0, SHOWN), `  … and ${lines.length - SHOWN} more`] : [...lines];

function sizeOf({ name, kind }: Resource, standin: Standin): string {
  if (kind !== 'collection') return kind;
  const count = standin.count(name);
  return `${count} ${count === 1 ? 'item' : 'items'}`;
}

/** A line a resource: its name, what it holds, whether a schema checks it, its URL. */
function resourceLines(standin: Standin, url: string): string[] {
  const resources = [...standin.model.resources.values()];
  const cells = resources.map((resource) => [
    printable(resource.name),
    sizeOf(resource, standin),
    standin.schemas.includes(resource.name) ? 'schema' : '',
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(...cells.slice(0, SHOWN).map((row) => row[i]?.length ?? 0)));
  return resources.map(({ name }, i) => {
    const columns = (cells[i] ?? []).map((cell, at) => cell.padEnd(widths[at] ?? 0));
    // A column that nobody has is none.
    return `  ${[...columns.filter((column) => column !== ''), cyan(url + standin.path(name))].join('  ')}`;
  });
}

function relationLines({ model }: Standin): string[] {
  const lines = model.relations.map(({ child, field, parent, declared }) =>
    printable(`  ${child}.${field} -> ${parent}${declared ? '' : ' (inferred)'}`),
  );
  return lines.length === 0 ? [] : ['Relations:', ...few(lines), ''];
}

/** What answers, and how: the options that decide most. */
function settingsLine({ settings: { dialect, writes } }: Standin, config: string | undefined): string {
  const name = typeof dialect === 'string' ? dialect : String((dialect as { name?: unknown }).name);
  const file = config === undefined ? 'none' : relative(process.cwd(), config);
  return printable(`Dialect: ${name}. Writes: ${modes[writes]}. Config: ${file}.`);
}

/** What is served, where and how, and one line to try. */
export function banner(
  standin: Standin,
  { config }: Options,
  { url, addresses }: { readonly url: string; readonly addresses: readonly string[] },
): string {
  const { resources } = standin.model;
  const isOpen = addresses.some((address) => address === '0.0.0.0' || address === '::');
  const first =
    [...resources.values()].find(({ kind }) => kind === 'collection') ?? [...resources.values()][0];
  return [
    `standin ${version} serves ${url}`,
    settingsLine(standin, config),
    '',
    ...(first
      ? [
          ...few(resourceLines(standin, url)),
          '',
          ...relationLines(standin),
          `Try: curl ${url}${standin.path(first.name)}`,
        ]
      : [
          'There is nothing to serve: the sources hold no resource. Add an array of items, such as posts.json.',
        ]),
    ...(isOpen ? ['Open to the network: add --allow-host NAME for each name it is called by.'] : []),
    '',
  ].join('\n');
}
