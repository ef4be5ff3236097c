import type { Item } from '../json/json.ts';
import { Problem } from '../problem.ts';

/** One item written: created without `before`, deleted without `after`. The key of a singleton is empty. */
export interface Change {
  readonly resource: string;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** What a journal may read: each resource as it will be. */
export interface ContentsReader {
  /** The items of a collection in their order, or the value of any other resource. */
  contentsOf(resource: string): unknown;
}

/** Where writes go before anyone reads them. A journal that throws fails the write; a refusal is the fault of one. */
export interface Journal {
  /** Throws `not-saved` for a write that could never be kept, so that none beside it fails with it. */
  check?(changes: readonly Change[], contents: ContentsReader): void;
  /**
   * Resolves once a batch of writes is kept, with nothing; or, where others changed what it would write over, with
   * the resources whose place is no longer as it was read. Then nothing was kept.
   */
  write(changes: readonly Change[], contents: ContentsReader): Promise<readonly string[]>;
  /** Lets other programs save: between a write that found their changes and the next one they wait. */
  release?(): void;
}

const AGAIN = 'Nothing was changed. Try again when the file is whole and can be written.';

/** A write that could not be kept, this time. */
export function notSaved(why: string, hint = AGAIN): Problem {
  return new Problem('not-saved', `the write could not be saved: ${why}`, {
    hint,
    headers: { 'Retry-After': '1' },
  });
}
