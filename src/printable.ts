/**
 * What a terminal obeys, or shows as a line of its own: control characters, line ends, what turns the direction of
 * text, and halves of characters.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const EVERY_UNSAFE = new RegExp(UNSAFE.source, 'gu');

const escaped = (char: string): string => {
  const short = JSON.stringify(char).slice(1, -1);
  return short === char ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : short;
};

/** Text of a client, or of a file that a client may have written, as a line of the log shows it: `\n` for a line end. */
export const printable = (text: string): string =>
  UNSAFE.test(text) ? text.replace(EVERY_UNSAFE, escaped) : text;

/** The same for text that has lines of its own. */
export const printableLines = (text: string): string =>
  UNSAFE.test(text) ? text.split('\n').map(printable).join('\n') : text;
