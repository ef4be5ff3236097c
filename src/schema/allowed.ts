import type { JsonObject } from '../json/json.ts';

/** The types that all of some schemas allow; none where they say nothing of it. `null` is left out beside others. */
export function typesOf(parts: readonly JsonObject[]): readonly string[] {
  const [first = [], ...others] = parts
    .filter(({ type }) => type !== undefined)
    .map(({ type }) => [type].flat().map(String));
  const all = others.reduce(meet, first);
  return all.length > 1 ? all.filter((type) => type !== 'null') : all;
}

/** An integer is a number. */
const meet = (some: readonly string[], others: readonly string[]): string[] =>
  some.flatMap((type) => {
    if (others.includes(type)) return [type];
    const other = { integer: 'number', number: 'integer' }[type];
    return other && others.includes(other) ? ['integer'] : [];
  });

/** What a schema says of null itself, by each keyword that does. */
export function nullsOf({ type, nullable, enum: values, const: value }: JsonObject): boolean[] {
  return [
    ...(type === undefined ? [] : [nullable === true || [type].flat().includes('null')]),
    ...(Array.isArray(values) ? [values.includes(null)] : []),
    ...(value === undefined ? [] : [value === null]),
  ];
}
