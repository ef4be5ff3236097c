import type { LogLine } from '../options/options.ts';
import { printable } from '../printable.ts';

export const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;

/** The line of what nobody expected. Of its stack, only the places are ours to print as they are. */
export function faultLine(before: string, error: unknown): LogLine {
  const message = printable(error instanceof Error ? error.message : String(error));
  const places = error instanceof Error ? (error.stack?.match(/^\s+at .*$/gm) ?? []) : [];
  const text = `${printable(before)}${message}`;
  if (places.length === 0) return { level: 'error', text };
  return { level: 'error', text, stack: [`${(error as Error).name}: ${message}`, ...places].join('\n') };
}

const MAX_NOTES = 1000;
const MAX_NOTE = 500;

/**
 * Writes what was ignored, and where. What is the same is written once, wherever it comes again, so that a client that
 * polls, or reads one item after the other, does not fill the log; a reload begins again.
 */
export function makeNote(log: (line: LogLine) => void): (where: string, text: string) => void {
  const written = new Set<string>();
  return (where, text) => {
    const note = shorten(printable(text), MAX_NOTE);
    if (written.has(note)) return;
    if (written.size >= MAX_NOTES) written.delete(written.values().next().value as string);
    written.add(note);
    log({ level: 'warn', text: shorten(printable(`${where}: ${text}`), MAX_NOTE) });
  };
}
