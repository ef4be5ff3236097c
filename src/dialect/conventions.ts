import type { WriteConventions } from '../store/writes.ts';

/** What dialects do differently, in four groups by who reads them. `rest` has the defaults. */
export interface Conventions {
  readonly paths: PathConventions;
  readonly bodies: BodyConventions;
  readonly writes: WriteConventions;
  readonly answers: AnswerConventions;
}

/** How paths are written, and which verbs they have. */
export interface PathConventions {
  /** A path's last slash: both forms served, or the other form redirected to this one (301 or 307). */
  readonly slash: 'either' | 'always' | 'never';
  /** Letters of resource names: `POSTS` is not `posts`, or is. */
  readonly caseSensitive: boolean;
  /**
   * Routes below an item: how deep, for items as well as lists, and whether the parent must be there. `late`: a list
   * below a missing parent is empty, and a create asks for the parent once its body is found good.
   */
  readonly nested: {
    readonly depth: number;
    readonly items: boolean;
    readonly parent: 'checked' | 'unchecked' | 'late';
  };
  /** Whether an item's URL is a 404 when the item does not meet the conditions in its query. */
  readonly itemFilters: boolean;
  /** A verb that a path does not have. */
  readonly missingVerb: 405 | 404;
  /** Which verbs Allow names. */
  readonly allow: 'all' | 'first';
  /** A write if writes are switched off. */
  readonly writesOff: 405 | 403;
  /** HEAD wherever there is GET. */
  readonly head: boolean;
  /** What OPTIONS answers when no browser asks. */
  readonly options: 'allow' | 'metadata' | 'missing';
  /** POST on a singleton replaces it. */
  readonly postSingleton: boolean;
  /** POST with X-HTTP-Method-Override is PUT, PATCH or DELETE. */
  readonly methodOverride: boolean;
}

/** What counts as a body, and when it is looked at. */
export interface BodyConventions {
  /** A body without a type, or with one that is not JSON. */
  readonly bodyTypes: BodyTypes;
  /** No bytes at all for a write that has a body: refused, or an empty object. */
  readonly emptyBody: 'refuse' | 'object';
  /** An array in place of an item: refused, or several items. */
  readonly arrayBody: 'refuse' | 'bulk';
  /** Which is looked at first: whether the path leads to something, or what the client sent. */
  readonly first: 'item' | 'body';
}

export interface BodyTypes {
  /** Media types that are JSON; `+json` and `application/*+json` stand for every type of that kind. */
  readonly json: readonly string[];
  /** Whether HTML forms are read as objects of texts. */
  readonly forms: boolean;
  /** A byte order mark before JSON is a fault of the text; RFC 8259, 8.1, lets it be ignored, too. */
  readonly markRefused?: boolean;
  /** What a body of another type, or of none, is. */
  readonly other: BodyFate;
  readonly untyped: BodyFate;
  /** NaN and Infinity, which JSON has not, are numbers. */
  readonly constants?: boolean;
}

/** Refused, read as JSON, taken as an empty object, or as the text it is. */
export type BodyFate = 'refuse' | 'json' | 'ignore' | 'text';

/** What answers carry, whatever they show. */
export interface AnswerConventions {
  /** `*` to every origin, or only to requests that name one. */
  readonly corsAlways: boolean;
  /** OPTIONS names the verbs of CORS when no browser asks for them, too. */
  readonly corsMethods: boolean;
  /** Strong validators and dates of items and lists. A dialect may write an ETag of its own instead. */
  readonly etags: boolean;
  /** Answers of 1 kB and more are compressed for clients that ask for it. */
  readonly gzip: boolean;
  /** PATCH and DELETE of an item that is not there: refused, or answered as if it were, if nothing is kept. */
  readonly missingItem: 'refuse' | 'pretend';
  /** Statuses as the hooks write them, for documents: of a create, of a delete, and of a body that breaks its schema. */
  readonly statuses: { readonly create: number; readonly remove: number; readonly invalid: number };
}

/** The conventions that a dialect gives. */
export type GivenConventions = PartOf<Conventions>;

/** A part of a value, at any depth; lists and functions are given as one. */
export type PartOf<T> = T extends readonly unknown[] | ((...given: never[]) => unknown)
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: PartOf<T[K]> }
    : T;

export const defaultConventions: Conventions = {
  paths: {
    slash: 'either',
    caseSensitive: true,
    nested: { depth: Number.POSITIVE_INFINITY, items: true, parent: 'checked' },
    itemFilters: false,
    missingVerb: 405,
    allow: 'all',
    writesOff: 405,
    head: true,
    options: 'allow',
    postSingleton: false,
    methodOverride: false,
  },
  bodies: {
    bodyTypes: { json: ['application/json', '+json'], forms: false, other: 'refuse', untyped: 'refuse' },
    emptyBody: 'refuse',
    arrayBody: 'bulk',
    first: 'item',
  },
  writes: {
    ids: { client: 'keep', numbers: 'next', length: 12 },
    idPosition: 'first',
    foreignKeys: 'declared',
    pathKeys: 'typed',
    put: 'replace',
    patch: 'shallow',
    onDelete: 'keep',
  },
  answers: {
    corsAlways: false,
    corsMethods: false,
    etags: true,
    gzip: false,
    missingItem: 'refuse',
    statuses: { create: 201, remove: 204, invalid: 422 },
  },
};

/** The conventions of one dialect, with a part said otherwise. */
export const alter = <T extends GivenConventions>(base: T, part: GivenConventions = {}): T =>
  merged(base, part) as T;

function merged(base: unknown, part: unknown): unknown {
  if (!isPlain(base) || !isPlain(part)) return part === undefined ? base : part;
  const names = [...new Set([...Object.keys(base), ...Object.keys(part)])];
  return Object.fromEntries(names.map((name) => [name, merged(base[name], part[name])]));
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
