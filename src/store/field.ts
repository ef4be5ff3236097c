import type { Item } from '../json/json.ts';
import type { Collection } from '../model/model.ts';
import { remember } from '../remember.ts';

export type Scalar = string | number | boolean | null;

/** A path into an item, such as `address.city`. Inside an array it stands for every element. */
export interface Field {
  readonly path: string;
  /** Texts at this path are moments: they are read as milliseconds since 1970. */
  readonly date: boolean;
  /** Texts at this path are numbers, written out so that no digit is lost. */
  readonly decimal?: boolean;
  /** A key of a relation, or what must be unique: looked up with every write, so that its index stays. */
  readonly isKey?: boolean;
}

export const fieldOf = (collection: Collection, path: string): Field => ({
  path,
  date: collection.dates.has(path),
  ...(collection.decimals.has(path) ? { decimal: true } : {}),
});

/** A date text as a moment; other values as they are. */
export function asMoment<T>(value: T): T | number {
  if (typeof value !== 'string') return value;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? value : moment;
}

/** A value as it is compared with others of its field. */
export const comparable = <T>(value: T, field: Field): T | number =>
  field.date ? asMoment(value) : field.decimal ? asNumber(value) : value;

const asNumber = <T>(value: T): T | number =>
  typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;

/** What names a field among the indexes. */
export const nameOfField = ({ path, date, decimal = false }: Field): string => `${path} ${date} ${decimal}`;

/** A field is asked of every item, and its path parted once. */
const steps = new WeakMap<Field, readonly string[]>();

/** Everything an item holds at a path; objects and arrays as they are at its end, arrays unfolded too. */
export function valuesAt(item: Item, field: Field): unknown[] {
  const found: unknown[] = [];
  // A field whose own name has a dot in it is found under that name first.
  if (Object.hasOwn(item, field.path)) collect(item[field.path], [], 0, found);
  else if (field.path.includes('.'))
    collect(
      item,
      remember(steps, field, () => field.path.split('.')),
      0,
      found,
    );
  return field.date || field.decimal ? found.map((value) => comparable(value, field)) : found;
}

function collect(value: unknown, steps: readonly string[], depth: number, found: unknown[]): void {
  const step = steps[depth];
  if (Array.isArray(value)) {
    if (step !== undefined && /^\d+$/.test(step) && Number(step) < value.length) {
      collect(value[Number(step)], steps, depth + 1, found);
    } else if (step !== undefined || depth === steps.length) {
      if (step === undefined) found.push(value);
      for (const element of value) {
        if (step === undefined && Array.isArray(element)) found.push(element);
        else collect(element, steps, depth, found);
      }
    }
  } else if (step === undefined) {
    found.push(value);
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, step)) {
    collect((value as Record<string, unknown>)[step], steps, depth + 1, found);
  }
}

export const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
