import { dialectNames } from '../dialects/index.ts';
import type { Options } from '../options/options.ts';
import type { OptionRow } from '../options/row.ts';
import { optionTable } from '../options/table.ts';

/** An option that the command takes as a flag: `pageSize` is `--page-size`. */
export interface Flag {
  readonly name: keyof Options;
  readonly flag: string;
  readonly row: OptionRow;
}

const rows = Object.entries(optionTable) as [keyof Options, OptionRow][];

export const flags: readonly Flag[] = rows
  .filter(([, row]) => !row.configOnly)
  .map(([name, row]) => ({
    name,
    row,
    flag: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  }));

/** The options that only a config file has. */
export const configKeys: readonly string[] = rows.filter(([, row]) => row.configOnly).map(([name]) => name);

const LISTS: ReadonlySet<string> = new Set(['texts', 'origins']);

export const isList = ({ kind }: OptionRow): boolean => LISTS.has(kind);

/** What `--help` says. The values that a flag may have stand in the text, and are checked as the config's are. */
function describe({ kind, description, choices }: OptionRow): string {
  const known = kind === 'any' ? dialectNames : choices;
  return known ? `${description}: ${known.join(', ')}` : description;
}

/** A flag as yargs reads it. */
export function toYargs({ row }: Flag) {
  const { kind, alias, default: value } = row;
  const hasDefault = value !== undefined && value !== '' && value !== false && !isList(row);
  return {
    type:
      kind === 'flag' ? ('boolean' as const) : kind === 'number' ? ('number' as const) : ('string' as const),
    array: isList(row),
    describe: describe(row),
    requiresArg: kind !== 'flag',
    ...(alias ? { alias } : {}),
    ...(hasDefault ? { defaultDescription: String(value) } : {}),
  };
}
