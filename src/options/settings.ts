import type { Options } from './options.ts';
import type { OptionRow } from './row.ts';
import { optionTable } from './table.ts';

type Defaulted = {
  [K in keyof typeof optionTable as (typeof optionTable)[K] extends { default: unknown }
    ? K
    : never]-?: Required<Options>[K];
};

/** Every option with its value: what was given, else the dialect's default, else the table's. */
export type Settings = Options & Defaulted;

/** The first layer that says anything about an option decides it. */
export function resolveOptions(...layers: readonly Options[]): Settings {
  const rows = Object.entries(optionTable) as [keyof Options, OptionRow][];
  const defaults = Object.fromEntries(
    rows.filter(([, row]) => 'default' in row).map(([name, row]) => [name, row.default]),
  );
  const settings: Record<string, unknown> = defaults;
  for (const layer of [...layers].reverse()) {
    for (const [name, value] of Object.entries(layer)) if (value !== undefined) settings[name] = value;
  }
  return settings as unknown as Settings;
}
