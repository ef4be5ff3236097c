import { type Item, isObject, toPointer } from '../../json/json.ts';
import type { Collection } from '../../model/model.ts';
import { Problem, type Violation } from '../../problem.ts';

/** A longer sentence helps nobody: the details have the rest. */
const TOLD = 3;

interface Several<In> {
  readonly collection: Collection;
  /** What became of all of them, when one is refused. */
  readonly ended: string;
  /** What else an item is called, where the client did not send it. */
  readonly keyOf?: (one: In) => string;
}

interface Refused {
  readonly index: number;
  readonly name: string;
  readonly problem: Problem;
  readonly faults: readonly Violation[];
}

/**
 * Does the same for each of several items. An item that is refused is named by its index, in the sentence and in the
 * pointers of the details; the faults of all items are reported together.
 */
export function each<In, Out>(all: readonly In[], several: Several<In>, work: (one: In) => Out): Out[] {
  const { collection, keyOf } = several;
  const refused: Refused[] = [];
  const done = all.map((one, index) => {
    try {
      return work(one);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const name = `item ${index}${keyOf ? ` (${collection.name}/${keyOf(one)})` : ''}`;
      const faults = faultsOf(problem, collection, one);
      refused.push({ index, name, problem, faults: faults.map((fault) => at(index, fault)) });
      return undefined as Out;
    }
  });
  if (refused.length > 0) throw allRefused(refused, all.length, several);
  return done;
}

function allRefused(
  refused: readonly Refused[],
  count: number,
  { collection, ended }: Omit<Several<never>, 'keyOf'>,
): Problem {
  // What is no fault of fields has a code of its own, and is reported alone.
  const alone = refused.find(({ faults }) => faults.length === 0);
  if (alone) {
    const { code, message, facts } = alone.problem;
    return new Problem(code, `${alone.name}: ${message}; ${ended}`, facts);
  }
  const violations = refused.flatMap(({ faults }) => faults);
  const sentences = refused.slice(0, TOLD).map(({ name, problem }) => `${name}: ${problem.message}`);
  const more = refused.length > TOLD ? `; and ${refused.length - TOLD} more` : '';
  const isTaken = violations.every(({ keyword }) => keyword === 'unique');
  return new Problem(
    isTaken ? 'not-unique' : 'invalid',
    `${refused.length} of ${count} items refused, ${ended}: ${sentences.join('; ')}${more}`,
    { violations, resource: collection.name },
  );
}

const at = (index: number, fault: Violation): Violation => ({ ...fault, path: `/${index}${fault.path}` });

/** What is wrong with one of several items. An id that is taken is a fault of that item like any other. */
function faultsOf({ code, facts }: Problem, { idField }: Collection, body: unknown): readonly Violation[] {
  if (code !== 'id-taken') return facts.violations ?? [];
  const value = isObject(body) ? (body as Item)[idField] : undefined;
  return [
    { path: toPointer([idField]), keyword: 'unique', params: {}, value, schema: {}, message: 'is taken' },
  ];
}
