import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { isObject } from '../model/json.ts';
import type { Collection } from '../model/model.ts';
import type { Shelf } from './shelf.ts';

/** What a dialect says about the ids of new items. */
export interface IdRules {
  /** A client's own id: kept when it is free, or passed over for a generated one. */
  readonly client: 'keep' | 'ignore';
  /**
   * `next`: never one that was used before. `highest`: one more than the highest there is now. `random`: always text.
   * `by-schema`: the highest and one where the schema lets clients write the id, else the next.
   */
  readonly numbers: 'next' | 'highest' | 'random' | 'by-schema';
  /** The length of a random text id. */
  readonly length: number;
}

/** A free id of the collection's kind. Taken from a draft, it is burnt only by the commit. */
export function newId(collection: Collection, shelf: Shelf, rules: IdRules): string | number {
  const kind = rules.numbers === 'random' ? 'text' : collection.idKind;
  if (kind === 'integer') {
    const highest = rules.numbers === 'highest' || (rules.numbers === 'by-schema' && isWritable(collection));
    return highest ? highestId(collection, shelf) + 1 : shelf.nextId;
  }
  const make = kind === 'uuid' ? randomUUID : () => nanoid(rules.length);
  let id: string = make();
  while (shelf.get(id)) id = make();
  return id;
}

function isWritable({ check, idField }: Collection): boolean {
  const properties = check?.schema.properties;
  const id = isObject(properties) && Object.hasOwn(properties, idField) ? properties[idField] : undefined;
  return isObject(id) && id.readOnly !== true;
}

function highestId(collection: Collection, shelf: Shelf): number {
  if (shelf.size === 0) return 0;
  const field = { path: collection.idField, date: false };
  const id = shelf.order([{ field, descending: true, missing: 'last' }]).at(0).item[collection.idField];
  return typeof id === 'number' ? id : shelf.nextId - 1;
}

/** An id or a key that points at an item: with the type it has there. Text of digits is a number where ids are. */
export function typedLike(collection: Collection, shelf: Shelf, value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const stored = shelf.get(String(value))?.item[collection.idField];
  if (stored !== undefined) return stored;
  return collection.idKind === 'integer' && /^(0|[1-9]\d{0,14})$/.test(String(value)) ? Number(value) : value;
}
