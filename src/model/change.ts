import type { Item } from './json.ts';

/** One item written: created without `before`, deleted without `after`. The key of a singleton is empty. */
export interface Change {
  readonly resource: string;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Where writes go before anyone reads them. A journal that throws fails the write. */
export interface Journal {
  /** Resolves once the changes of a batch of writes are kept. */
  write(changes: readonly Change[]): Promise<void>;
}
