import type { Model } from '../model/model.ts';
import type { Dialect } from './dialect.ts';
import { didYouMean } from './params.ts';

/** Lookups that `filters` lists and this dialect has not: a config may be shared by several, so each is a warning. */
export function unknownLookups(model: Model, { name: dialect, lookups }: Dialect): string[] {
  if (!lookups) return [];
  const lines: string[] = [];
  for (const resource of model.resources.values()) {
    const { filters = [] } = resource.kind === 'collection' ? resource.settings : {};
    if (Array.isArray(filters)) continue;
    for (const [field, names] of Object.entries(filters))
      for (const lookup of names.filter((one) => !lookups.includes(one))) {
        const hint = didYouMean(lookup, lookups) ?? `It has: ${lookups.join(', ')}.`;
        lines.push(
          `resources.${resource.name}.filters.${field}: ${dialect} has no lookup '${lookup}'. ${hint}`,
        );
      }
  }
  return lines;
}
