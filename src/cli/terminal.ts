import type { WriteStream } from 'node:tty';
import type { LogLine } from '../options/options.ts';

const codes = { red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Colour = keyof typeof codes;

const { stdout, stderr } = process;
const { NO_COLOR, ...env } = process.env;

/** The streams that show colours: terminals, unless NO_COLOR holds anything (no-color.org). */
const coloured: readonly WriteStream[] = [stdout, stderr].filter(
  (stream) => stream.isTTY && !NO_COLOR && stream.hasColors(env),
);

/** Colours text for a stream that shows colours; for any other it stays as it is. */
export const paint = (stream: WriteStream, colour: Colour, text: string): string =>
  coloured.includes(stream) ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;

function colourOf(status: number): Colour {
  if (status >= 500) return 'red';
  if (status >= 400) return 'yellow';
  return status >= 300 ? 'cyan' : 'green';
}

/** Writes a line of the log: requests and reloads to stdout, what is wrong to stderr. */
export function print({ level, text, status, stack }: LogLine): void {
  if (level === 'info') {
    // Neither a method nor a URL holds a space: the first number between two is the status.
    console.log(
      status === undefined
        ? text
        : text.replace(` ${status} `, ` ${paint(stdout, colourOf(status), String(status))} `),
    );
  } else {
    console.error(paint(stderr, level === 'warn' ? 'yellow' : 'red', text));
  }
  if (stack) console.error(stack);
}
