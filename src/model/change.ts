import type { Item } from './json.ts';

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

/** Where writes go before anyone reads them. A journal that throws fails the write. */
export interface Journal {
  /**
   * Resolves once a batch of writes is kept, with nothing; or, where others changed what it would write over, with
   * the resources whose place is no longer as it was read. Then nothing was kept.
   */
  write(changes: readonly Change[], contents: ContentsReader): Promise<readonly string[]>;
}
