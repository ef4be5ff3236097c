/** What a value must be. Rows inside a row say it of what an object or a list holds. */
export interface ValueRow {
  readonly kind: Kind;
  readonly choices?: readonly (string | number)[];
  /** The least and the most: of a number itself, of a list its length. */
  readonly min?: number;
  readonly max?: number;
  /** The form of a text, and what to call it. */
  readonly form?: { readonly pattern: RegExp; readonly wanted: string };
  /** Of a list: what each item must be. */
  readonly items?: ValueRow;
  /** Of an object whose keys are names that users choose: what each value must be. */
  readonly values?: ValueRow;
  /** Of an object whose keys are ours: a row for each. */
  readonly keys?: Readonly<Record<string, ValueRow>>;
  readonly required?: true;
  /** Where something that must be there is not: what to do. */
  readonly lack?: string;
  /** The value is one of these. They are told apart by their kind. */
  readonly either?: readonly ValueRow[];
}

export type Kind =
  | 'text'
  | 'number'
  | 'endless'
  | 'flag'
  | 'texts'
  | 'origins'
  | 'object'
  | 'map'
  | 'list'
  | 'function'
  | 'middleware'
  | 'null'
  | 'any';

export interface OptionRow extends ValueRow {
  readonly description: string;
  readonly default?: unknown;
  readonly alias?: string;
  /** A key of the config and of createStandin() only. */
  readonly configOnly?: true;
}
