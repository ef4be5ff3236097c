import { type Field, valuesAt } from '../store/field.ts';
import type { Search } from './query.ts';
import type { Predicate } from './where.ts';

/** Whether any text of an item, however deep, contains the words looked for; upper and lower case are one. */
export function searcher({ text, paths, truthy = false }: Search): Predicate {
  const wanted = text.toLowerCase();
  const fields = paths?.map((path): Field => ({ path, date: false }));
  return ({ item }) =>
    fields
      ? fields.some((field) => valuesAt(item, field).some((value) => contains(value, wanted, truthy)))
      : contains(item, wanted, truthy);
}

function contains(value: unknown, wanted: string, truthy: boolean): boolean {
  if (truthy && !value) return false;
  if (typeof value === 'string') return value.toLowerCase().includes(wanted);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value).includes(wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => contains(inner, wanted, truthy));
}
