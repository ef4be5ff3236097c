import type { Violation } from '../../../dialect/index.ts';
import type { Limit, Reader } from './fault.ts';
import type { ScalarKind } from './kind.ts';

/** `type`, `msg` and `ctx` of an error. */
export type Words = readonly [type: string, msg: string, ctx?: Readonly<Record<string, unknown>>];
export type WordTable = Readonly<Record<string, (violation: Violation) => Words>>;

/** In what pydantic 1 and pydantic 2 differ. */
export interface Version {
  readonly kinds: Readonly<Record<ScalarKind, Reader>>;
  /** In the order in which they are tested; the first that is broken is told. */
  readonly limits: {
    readonly text: readonly Limit[];
    readonly number: readonly Limit[];
    readonly list: readonly Limit[];
    /** Told only of a list whose items are good. */
    readonly items: readonly Limit[];
  };
  /** null where it does not belong: a rule of its own, or the rule of the kind. */
  readonly nulls: 'own' | 'kind';
  /** A list of pairs is an object: Python's `dict(value)`. */
  readonly pairs: boolean;
  /** A union takes the first branch that can read a value, or one that needs no coercion before that. */
  readonly union: 'first' | 'closest';
  /** Fields that are not permitted: by name, or as they were sent. */
  readonly extras: 'sorted' | 'sent';
  readonly words: WordTable;
  /** One entry of `detail`. */
  error(words: Words, loc: readonly (string | number)[], violation: Violation): object;
  /** Of a body that is not JSON. */
  jsonError(
    error: { readonly message: string; readonly pos: number; readonly line: number; readonly column: number },
    text: string,
  ): object;
}
