import type { LiveEntry } from './entry.ts';
import { type Field, isScalar, type Scalar, valuesAt } from './field.ts';

/** A value among the values, and its list of entries. */
const VALUE_BYTES = 120;

/** Which entries hold a value in a field. */
export class EqualityIndex {
  readonly #field: Field;
  bytes = 0;
  readonly #entries = new Map<Scalar, LiveEntry[]>();

  constructor(field: Field, entries: Iterable<LiveEntry>) {
    this.#field = field;
    for (const entry of entries) this.add(entry);
  }

  /** How many different values there are; 0 when no entry has the field. */
  get size(): number {
    return this.#entries.size;
  }

  get(value: Scalar): readonly LiveEntry[] {
    return this.#entries.get(value) ?? [];
  }

  add(entry: LiveEntry): void {
    for (const value of valuesAt(entry.item, this.#field)) {
      if (!isScalar(value)) continue;
      const same = this.#entries.get(value);
      if (!same) {
        this.#entries.set(value, [entry]);
        this.bytes += bytesOf(value);
      } else if (same.at(-1) !== entry) {
        same.push(entry);
        this.bytes += 8;
      }
    }
  }

  delete(entry: LiveEntry): void {
    for (const value of valuesAt(entry.item, this.#field)) {
      const same = isScalar(value) ? this.#entries.get(value) : undefined;
      const at = same?.indexOf(entry) ?? -1;
      if (at === -1) continue;
      same?.splice(at, 1);
      if (same?.length !== 0) this.bytes -= 8;
      else if (this.#entries.delete(value as Scalar)) this.bytes -= bytesOf(value as Scalar);
    }
  }
}

const bytesOf = (value: Scalar): number => VALUE_BYTES + (typeof value === 'string' ? value.length : 0);
