import type { Item } from '../../src/json/json.ts';
import type { Where } from '../../src/query/query.ts';

/** The plainest answer to a query: no index, no plan, every item looked at. */
export interface Data {
  readonly people: readonly Item[];
  readonly teams: readonly Item[];
}

/** Everything at a path; arrays stand for each of their elements, and for themselves at its end. */
function at(value: unknown, steps: readonly string[]): unknown[] {
  const [step, ...rest] = steps;
  if (Array.isArray(value)) {
    if (step === undefined) return [value, ...value.flatMap((one) => at(one, []))];
    return value.flatMap((one) => at(one, steps));
  }
  if (step === undefined) return [value];
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
  return has ? at((value as Record<string, unknown>)[step], rest) : [];
}

/** What a path leads to from a person: `team.name` goes by way of the key. */
export function valuesOf(data: Data, person: Item, path: string): { values: unknown[]; from: boolean } {
  const [first, ...rest] = path.split('.');
  if (first !== 'team') return { values: at(person, path.split('.')), from: true };
  const team = data.teams.find(({ id }) => String(id) === String(person.teamId));
  return { values: team ? at(team, rest) : [], from: team !== undefined };
}

const same = (a: unknown, b: unknown) => typeof a === typeof b && a === b;
const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';
const lower = (value: unknown) => String(value).toLowerCase();

/** One row an operator: whether it holds for what is stored and what is wanted. */
const holds: Readonly<Record<string, (stored: unknown[], wanted: readonly unknown[]) => boolean>> = {
  eq: (stored, wanted) => stored.some((one) => wanted.some((other) => same(one, other))),
  in: (stored, wanted) => stored.some((one) => wanted.some((other) => same(one, other))),
  ne: (stored, wanted) =>
    stored.length > 0 && !stored.some((one) => wanted.some((other) => same(one, other))),
  nin: (stored, wanted) =>
    stored.length > 0 && !stored.some((one) => wanted.some((other) => same(one, other))),
  lt: (stored, wanted) => compared(stored, wanted, (a, b) => a < b),
  lte: (stored, wanted) => compared(stored, wanted, (a, b) => a <= b),
  gt: (stored, wanted) => compared(stored, wanted, (a, b) => a > b),
  gte: (stored, wanted) => compared(stored, wanted, (a, b) => a >= b),
  contains: (stored, wanted) => textual(stored, wanted, (a, b) => a.includes(b)),
  startsWith: (stored, wanted) => textual(stored, wanted, (a, b) => a.startsWith(b)),
  endsWith: (stored, wanted) => textual(stored, wanted, (a, b) => a.endsWith(b)),
  exists: (stored, wanted) => wanted.includes(stored.length > 0),
};

export const operatorNames = Object.keys(holds);

function compared(
  stored: unknown[],
  wanted: readonly unknown[],
  test: (a: number | string, b: number | string) => boolean,
): boolean {
  const ordered = (value: unknown): value is number | string => value !== null && typeof value !== 'object';
  return stored.some((one) =>
    wanted.some((other) => ordered(one) && ordered(other) && typeof one === typeof other && test(one, other)),
  );
}

const textual = (
  stored: unknown[],
  wanted: readonly unknown[],
  test: (a: string, b: string) => boolean,
): boolean =>
  stored.some((one) =>
    wanted.some((other) => isText(one) && typeof other === 'string' && test(lower(one), lower(other))),
  );

export function passes(data: Data, person: Item, where: Where): boolean {
  if ('all' in where) return where.all.every((one) => passes(data, person, one));
  if ('any' in where) return where.any.some((one) => passes(data, person, one));
  if ('not' in where) return !passes(data, person, where.not);
  const { values, from } = valuesOf(data, person, where.path);
  // A condition on a relation asks for a related item that meets it.
  return from && (holds[where.op]?.(values, where.values) ?? false);
}

export function mentions(value: unknown, text: string): boolean {
  if (value === null) return false;
  if (typeof value === 'object') return Object.values(value).some((one) => mentions(one, text));
  return lower(value).includes(text.toLowerCase());
}

const RANK = ['boolean', 'number', 'string', 'object'];

export function order(a: unknown, b: unknown): number {
  const [x, y] = [RANK.indexOf(typeof a), RANK.indexOf(typeof b)];
  if (x !== y) return x - y;
  if (typeof a === 'object') return order(JSON.stringify(a), JSON.stringify(b));
  return (a as number) < (b as number) ? -1 : Number((a as number) > (b as number));
}

export interface Key {
  readonly path: string;
  readonly descending: boolean;
}

/** Missing values and null stand last, whichever way the sort goes; equal items stay as they were. */
export function sorted(data: Data, people: readonly Item[], sort: readonly Key[]): Item[] {
  return [...people].sort((a, b) => {
    for (const { path, descending } of sort) {
      const [x, y] = [a, b].map((one) => valuesOf(data, one, path).values[0] ?? undefined);
      if (x === undefined && y === undefined) continue;
      if (x === undefined) return 1;
      if (y === undefined) return -1;
      const found = order(x, y);
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  });
}
