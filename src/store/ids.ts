import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { type Item, ownField, toPointer } from '../json/json.ts';
import type { Collection } from '../model/model.ts';
import { Problem, type Violation } from '../problem.ts';
import type { Shelf } from './shelf.ts';

/** What a dialect says about the ids of new items. */
export interface IdConventions {
  /** A client's own id: kept when it is free, or ignored for a generated one. */
  readonly client: 'keep' | 'ignore';
  /** 0 and false are no ids, as null and an empty text are none anywhere. */
  readonly truthy?: boolean;
  /**
   * `next`: never one that was used before. `highest`: one more than the highest there is now. `random`: always text.
   * `by-schema`: the highest and one where the schema lets clients write the id, else the next.
   */
  readonly numbers: 'next' | 'highest' | 'random' | 'by-schema';
  /** The length of a random text id. */
  readonly length: number;
}

const LARGEST = Number.MAX_SAFE_INTEGER;

type Rule = Pick<Violation, 'keyword' | 'params' | 'message'>;

/** The rule that a client's id breaks, whatever the schema says: some ids could not be told apart, or not be sent. */
function brokenRule(id: unknown): Rule | undefined {
  const message = `must be a number from -${LARGEST} to ${LARGEST}`;
  if (typeof id === 'number') {
    if (id > LARGEST) return { keyword: 'maximum', params: { comparison: '<=', limit: LARGEST }, message };
    if (id < -LARGEST) return { keyword: 'minimum', params: { comparison: '>=', limit: -LARGEST }, message };
    return undefined;
  }
  if (typeof id !== 'string')
    return { keyword: 'type', params: { type: ['string', 'number'] }, message: 'must be text or a number' };
  // A lone surrogate is no character: neither a URL nor UTF-8 can hold it.
  return /\p{Surrogate}/u.test(id)
    ? {
        keyword: 'format',
        params: { format: 'unicode text' },
        message: 'must be text without lone surrogates',
      }
    : undefined;
}

/** The id in a body, where the dialect lets clients choose one: it must be free, and one that can be addressed. */
export function clientId(
  collection: Collection,
  shelf: Shelf,
  body: Item,
  ids: IdConventions,
): string | number | undefined {
  const { idField, name } = collection;
  const sent = ownField(body, idField);
  if (ids.client === 'ignore' || sent === undefined || sent === null || sent === '') return undefined;
  if (ids.truthy && !sent) return undefined;
  const broken = brokenRule(sent);
  if (broken) {
    const violation = { path: toPointer([idField]), value: sent, schema: {}, ...broken };
    throw new Problem('invalid', `${idField} ${broken.message}`, { violations: [violation] });
  }
  const id = typedLike(collection, shelf, sent) as string | number;
  if (!shelf.get(String(id))) return id;
  throw new Problem('id-taken', `${name} has an item with the ${idField} ${JSON.stringify(sent)} already`, {
    resource: name,
    key: String(id),
  });
}

/** A free id of the collection's kind. Taken from a draft, it is burnt only by the commit. */
export function newId(collection: Collection, shelf: Shelf, ids: IdConventions): string | number {
  const kind = ids.numbers === 'random' ? 'text' : collection.idKind;
  if (kind === 'integer') {
    const highest = ids.numbers === 'highest' || (ids.numbers === 'by-schema' && isWritable(collection));
    return freeId(shelf, highest ? highestId(collection, shelf) + 1 : shelf.nextId);
  }
  const make = kind === 'uuid' ? randomUUID : () => nanoid(ids.length);
  let id: string = make();
  while (shelf.get(id)) id = make();
  return id;
}

/** The first free id from a number on; where there is none up to 2^53-1, the largest one below. */
function freeId(shelf: Shelf, from: number): number {
  let id = Math.max(from, -LARGEST);
  while (id <= LARGEST && shelf.get(String(id))) id++;
  return id <= LARGEST ? id : shelf.largestFreeId();
}

function isWritable({ check, idField }: Collection): boolean {
  const id = check?.shape.named(idField);
  return id !== undefined && !id.readOnly;
}

function highestId(collection: Collection, shelf: Shelf): number {
  if (shelf.size === 0) return 0;
  // Most often the highest is the one that was given last; only where that is gone, all must be looked at.
  if (shelf.get(String(shelf.highestId))) return shelf.highestId;
  const field = { path: collection.idField, date: false };
  const id = shelf.order([{ field, descending: true, missing: 'last' }]).at(0).item[collection.idField];
  if (typeof id !== 'number') return shelf.nextId - 1;
  shelf.highestId = id;
  return id;
}

/** An id or a key that points at an item: with the type it has there. Text of digits is a number where ids are. */
export function typedLike(collection: Collection, shelf: Shelf, value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const stored = shelf.get(String(value))?.item[collection.idField];
  if (stored !== undefined) return stored;
  const isNumber = collection.idKind === 'integer' && /^(0|[1-9]\d{0,15})$/.test(String(value));
  return isNumber && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
