interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What a map holds under a key; made, and kept there, the first time. */
export function remember<K, V>(memory: Memory<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

/** The same, for at most so many keys: the one that was asked for longest ago goes. */
export function rememberSome<K, V>(memory: Map<K, V>, key: K, most: number, make: () => V): V {
  const value = memory.get(key) ?? make();
  memory.delete(key);
  memory.set(key, value);
  if (memory.size > most) memory.delete(memory.keys().next().value as K);
  return value;
}
