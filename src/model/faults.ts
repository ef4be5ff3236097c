import { toPointer } from '../json/json.ts';
import type { Source } from '../json/source.ts';
import { showPlace } from '../problem.ts';
import { type Check, itemViolations, type Overlooks } from '../schema/check.ts';
import type { Documents } from '../schema/documents.ts';
import { MS_PER_VALUE, runsWithin, tooSlow } from '../schema/time-limit.ts';
import { canonical } from '../schema/unique.ts';
import type { Reading } from './reading.ts';

/** A fixture, and the rules that its items should keep. */
export interface Fixture {
  readonly source: Source;
  readonly reading: Reading;
  readonly idField: string;
  readonly unique: readonly (readonly string[])[];
  readonly check: Check | undefined;
  readonly documents: Documents;
  readonly overlooks: Overlooks;
}

interface Fault {
  readonly position: number;
  readonly path: string;
  readonly message: string;
  /** The item that has the value already. */
  readonly first?: number;
}

const LINES_PER_RESOURCE = 5;

/** Items that break a rule: served all the same, said at start with their place. */
export function faultsOf(fixture: Fixture): string[] {
  const { source } = fixture;
  const found = [...brokenItems(fixture), ...takenValues(fixture)];
  const lines = found.slice(0, LINES_PER_RESOURCE).map(({ position, path, message, first }) => {
    const other = first === undefined ? '' : ` by the item at ${placeIn(fixture, first)}`;
    return `${placeIn(fixture, position)}: ${source.name}${path} ${message}${other}`;
  });
  const more = found.length - lines.length;
  return more > 0 ? [...lines, `${source.name}: ${more} more faults`] : lines;
}

const placeIn = ({ source, reading }: Fixture, position: number): string =>
  showPlace(source.locate(reading.kind === 'collection' ? [position] : []));

function brokenItems(fixture: Fixture): Fault[] {
  const { reading, check, idField, overlooks, documents } = fixture;
  if (!check) return [];
  const isList = reading.kind === 'collection';
  const values: readonly unknown[] = isList ? reading.items : [reading.value];
  const judge = (value: unknown, position: number): Fault[] =>
    (isList ? itemViolations(check, value, idField) : check.violations(value))
      .filter((violation) => !overlooks(violation, check.shape))
      .map(({ path, message }) => ({ position, path, message }));
  const found: Fault[][] = [];
  let done = 0;
  const judgeAll = () => {
    for (; done < values.length; done++) found[done] = judge(values[done], done);
  };
  for (let before = -1; done < values.length; before = done) {
    // Stopped twice at one item: it alone takes too long.
    if (done === before)
      throw tooSlow(documents, fixture.source.name, `the item at ${placeIn(fixture, done)}`);
    runsWithin(MS_PER_VALUE, judgeAll);
  }
  return found.flat();
}

function takenValues({ reading, unique }: Fixture): Fault[] {
  return unique.flatMap((fields) => {
    const firsts = new Map<string, number>();
    const path = fields.length === 1 ? toPointer(fields) : '';
    const message = fields.length === 1 ? 'is taken' : `must be unique together: ${fields.join(', ')}; taken`;
    return reading.items.flatMap((item, position) => {
      const values = fields.map((field) => (Object.hasOwn(item, field) ? item[field] : null));
      // As in a write: an absent value equals no other, and lists and objects are not compared.
      if (values.some((value) => value === null || typeof value === 'object')) return [];
      const key = canonical(values);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, position);
      return first === undefined ? [] : [{ position, path, message, first }];
    });
  });
}
