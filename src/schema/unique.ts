/** The text of a value in which the order of keys does not count: two values have one text when they are equal. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
  return `{${entries.sort().join()}}`;
}

/** The positions of the first element that comes again, and of the one that it equals. */
export function firstRepeated(list: readonly unknown[]): readonly [number, number] | undefined {
  const places = new Map<string, number>();
  for (const [place, element] of list.entries()) {
    const text = canonical(element);
    const first = places.get(text);
    if (first !== undefined) return [place, first];
    places.set(text, place);
  }
  return undefined;
}
