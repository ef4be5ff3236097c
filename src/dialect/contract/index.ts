import { type Case, type Start, withApi } from './case.ts';
import { checking } from './checking.ts';
import { reading } from './reading.ts';
import { restSpelling, type Spelling } from './spelling.ts';
import { writing } from './writing.ts';

export type { Answer } from './ask.ts';
export { type Api, type Start, withApi } from './case.ts';
export { restSpelling, type Spelling } from './spelling.ts';

export interface ContractRow {
  readonly name: string;
  /**
   * Rejects with an `AssertionError` if the dialect does not keep to this row. `start` is given options and starts a
   * server with them, in the dialect, on a free port. A dialect with parameters or bodies of its own says how they are written.
   */
  run(start: Start, spelling?: Spelling): Promise<void>;
}

const toRow = ({ name, options, run }: Case): ContractRow => ({
  name,
  run: (start, spelling = restSpelling) => withApi(start, spelling, options, run),
});

/**
 * What every dialect does, as rows for any test runner:
 * `for (const { name, run } of contract) test(name, () => run(start))`.
 */
export const contract: readonly ContractRow[] = [...reading, ...writing, ...checking].map(toRow);
