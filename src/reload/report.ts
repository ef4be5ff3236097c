import { type Inputs, sourcesOf } from '../inputs.ts';
import type { LogLine } from '../options/options.ts';
import type { Settings } from '../options/settings.ts';
import { printable, printableLines } from '../printable.ts';
import type { FeedEvent } from '../store/feed.ts';
import type { Difference } from '../store/rebase.ts';

type Log = (line: LogLine) => void;

const show = ({ added, changed, removed }: Difference): string => `+${added} ~${changed} -${removed}`;

/** The files that are watched, and saved to; data in the config is read again with it. */
const pathsOf = (settings: Settings): string[] =>
  sourcesOf(settings).filter((source) => typeof source === 'string');

/** What is decided when the server starts and cannot change under way. */
const FIXED = ['port', 'host', 'watch', 'quiet', 'writes'] as const;

function warnOfRestart(before: Settings, after: Settings, log: Log): void {
  const changed: string[] = FIXED.filter((name) => before[name] !== after[name]);
  if (pathsOf(before).join('\n') !== pathsOf(after).join('\n')) changed.push('sources');
  for (const name of changed)
    log({ level: 'warn', text: `the option '${name}' changed: restart standin to apply it` });
}

/** Says what a reload did: `posts: +1 ~2 -0 (12 ms)`, and what is new to be warned of. */
export function report(
  before: Inputs,
  after: Inputs,
  found: ReadonlyMap<string, Difference>,
  ms: number,
  log: Log,
): void {
  for (const [name, difference] of found)
    log({ level: 'info', text: `${printable(name)}: ${show(difference)} (${ms} ms)` });
  warnOfRestart(before.settings, after.settings, log);
  const known = new Set(before.warnings);
  for (const text of after.warnings) if (!known.has(text)) log({ level: 'warn', text: printable(text) });
}

/** What a log is told has happened: a fault of the log, at once or later, is no fault of that. */
export async function tellLog(log: Settings['log'], line: LogLine): Promise<void> {
  try {
    // Whoever wrote the line, a user's dialect too: nothing in it is obeyed by a terminal.
    const { text, stack } = line;
    const stacked = stack === undefined ? {} : { stack: printableLines(stack) };
    await log?.({ ...line, text: printableLines(text), ...stacked });
  } catch (error) {
    process.emitWarning(`the option 'log' failed: ${error}`);
  }
}

/** A write that gave way to the file. */
export function reportConflict({ type, resource, key, session }: FeedEvent, log: Log): void {
  if (type !== 'conflict') return;
  const where = session === undefined ? '' : ` in session ${session}`;
  log({
    level: 'warn',
    text: printable(`${resource}/${key}${where}: the file changed it too, the file wins`),
  });
}
