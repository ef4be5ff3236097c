import type { Position } from '../../json/text.ts';
import { Problem } from '../../problem.ts';

/** One way of writing fixtures down. */
export interface Format {
  /** How messages name it. */
  readonly name: string;
  /** The file is one collection, whatever stands in it. */
  readonly isList?: true;
  /** Its first line says what the others mean. */
  readonly hasHeader?: true;
  /** NaN and Infinity, which JSON has not, can be written. */
  readonly constants?: true;
  /** Throws `bad-fixture` with the place of the fault. */
  parse(text: string, file: string): unknown;
  /** Where a part of the value stands in the text. */
  locate?(text: string, path: Path): Position | undefined;
  /** Writes a value down; undefined where that cannot be done. Comments are lost. */
  stringify?(value: unknown, style: Style): string;
  /** What would not read the same again, where the format cannot hold all that JSON can. `written` is what is new. */
  loss?(value: unknown, written: ReadonlySet<unknown>): Loss | undefined;
  /** The value comes from running the file, not from its text. */
  readonly isModule?: true;
}

export type Path = readonly (string | number)[];

/** A part of a value that a file cannot say again, and why. */
export interface Loss {
  readonly path: Path;
  readonly reason: string;
}

/** How a file is laid out, as far as a save keeps it. */
export interface Style {
  /** The white space of one level; empty for all on one line. */
  readonly indent: string;
  readonly finalNewline: boolean;
  /** Lines end as on Windows. */
  readonly crlf: boolean;
}

/** A text whose lines end with `\n`, as the style has it. */
export function styled(text: string, { finalNewline, crlf }: Style): string {
  const plain = `${text.replace(/\n$/, '')}${finalNewline ? '\n' : ''}`;
  return crlf ? plain.replaceAll('\n', '\r\n') : plain;
}

export function fault(file: string, message: string, position?: Position): Problem {
  return new Problem('bad-fixture', message, { place: { file, ...position } });
}
