import type { Item } from '../json/json.ts';
import type { Collection, Model, Relation, Resource } from '../model/model.ts';
import type { Options } from '../options/options.ts';
import type { Facts, Problem, Violation } from '../problem.ts';
import type { Page, Query } from '../query/query.ts';
import type { Shape } from '../schema/shape.ts';
import type { DeleteRule } from '../store/remove.ts';
import type { Shelves } from '../store/store.ts';
import type { Fixed } from '../store/writes.ts';
import type { Conventions, GivenConventions } from './conventions.ts';
import type { Parameter, QueryParts } from './parameter.ts';
import type { Param } from './params.ts';

export type ActionName = 'list' | 'create' | 'read' | 'replace' | 'update' | 'remove' | 'root';

/** A stream of Node's, as far as a reply needs it: a project that uses this package may have no types of Node. */
export interface Readable extends AsyncIterable<unknown> {
  readonly readable: boolean;
  destroy(error?: Error): unknown;
}

/** What leaves the server: text, bytes or a stream; without a `body` there is none. A list is a header sent several times. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array | Readable;
}

/** A request, as far as a dialect may look at it. */
export interface Asked {
  readonly action: ActionName;
  readonly method: string;
  readonly resource: Resource | undefined;
  /** The id in the path, where it names an item. */
  readonly key: string | undefined;
  /** The parents that the path names, by the relation that leads to them. */
  readonly fixed: Fixed;
  /** The format that the path's suffix asks for, where the dialect reads one. */
  readonly format: string | undefined;
  /** The verbs of this path, as an `Allow` header has them; empty where the path leads nowhere. */
  readonly allow: string;
  readonly shelves: Shelves;
  /** `http://host:port`, for absolute links. */
  readonly origin: string;
  /** The path as it was sent, with the prefix; no query. */
  readonly path: string;
  /** The query to read, without the question mark: as it was sent, or as the option `routes` rewrites it. */
  readonly query: string;
  /** The query as it was sent, for links that lead back through the same rewriting. */
  readonly sentQuery: string;
  /** The part of every path before the first resource, such as `/api`. */
  readonly prefix: string;
  /** The parameters that the dialect has for lists of a collection. */
  parameters(collection: Collection): readonly DialectParameter[];
  /** A request header, empty when it was not sent. */
  header(name: string): string;
  /** Whether a parameter that is not understood is refused. */
  readonly strict: boolean;
  /** Names something that was not understood in the log; where a client or the config asks for that, it is refused. */
  note(text: string, facts?: Pick<Facts, 'parameter' | 'hint'>): void;
  /** The path of the item that was created, read or written. */
  readonly location?: string | undefined;
  /** The body as the client sent it, parsed; for words about it. */
  readonly body?: unknown;
  /** The ids in the path that cannot be any, for a dialect that tells them together with the faults of the body. */
  readonly faults: readonly Violation[];
  /** Tells a fault of the body that only the dialect sees; nobody else is asked about that field. */
  report(violation: Violation): void;
}

/** What a parameter is asked of. */
export interface About {
  readonly asked: Asked;
  readonly collection: Collection;
}

export type DialectParameter = Parameter<QueryParts, About>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a body is: everything in a list, an item, a singleton or value, a page of text; nothing; or what is wrong. */
export type Answer = 'list' | 'item' | 'value' | 'page' | 'nothing' | 'problem';

/** One route that is served, as data. HEAD goes with GET and is none. */
export interface Route {
  /** `*` for what is more than three collections deep, where the path decides. */
  readonly method: Method | '*';
  /** With the prefix; `:id` stands for one segment, `*` for one or more. */
  readonly path: string;
  /** Unique, and the same as long as the resources are: `createEventGuest`. */
  readonly name: string;
  readonly kind: 'api' | 'page' | 'control';
  readonly resource?: string;
  readonly action?: ActionName;
  /** Only for a request whose query picks items out: PATCH and DELETE of a list. */
  readonly filtered?: true;
  /** What it takes: an item, some fields of one, or the value of a singleton; undefined for none. */
  readonly body?: 'item' | 'part' | 'value';
  /** What it answers, by status, apart from what any request may be answered: 400, 405, 415 and their like. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What the query may hold. */
  readonly parameters: readonly DialectParameter[];
}

/** Names that are understood; a `Set` is one. Not all that it has need be listed: those are for a hint. */
export interface Names extends Iterable<string> {
  has(name: string): boolean;
}

/**
 * A pair of pure translations around the neutral core: a request into a `Query`, and an answer into a `Reply`.
 * Shared code never asks which dialect it is; it asks the conventions.
 */
export interface Dialect {
  readonly name: string;
  /** What this backend does otherwise than `rest`; what is not given is as there. */
  readonly conventions?: GivenConventions;
  /** Defaults of options that this dialect sets otherwise. Explicit options win. */
  readonly defaults?: Options;
  /**
   * The parameters that requests of an action may have, one row each; none where it is left out. Asked once for a
   * model: what `listQuery` and `itemQuery` read, what is refused or named in the log, and what documents say.
   */
  parameters?(resource: Resource | undefined, action: ActionName, model: Model): readonly DialectParameter[];
  /** Splits a query into parameters, where that is not as everywhere else. */
  params?(query: string): readonly Param[];
  /**
   * The names that this request may have, where the rows alone do not say that: any other is named in the log, or
   * refused. Undefined where the query's own reader does so.
   */
  understands?(asked: Asked): Names | undefined;
  /** The lookups that `filters` in the config may list for a field, where the dialect reads those. */
  readonly lookups?: readonly string[];
  /** Reads the query of a list. Throws `bad-parameter`. */
  listQuery(asked: Asked, collection: Collection): Query;
  /** Reads the query of one item: what to embed, which fields. */
  itemQuery(asked: Asked, collection: Collection): Query;
  /** Reads the segments of a path before they are routed, where that takes more than decoding them. */
  segments?(
    segments: readonly string[],
    model: Model,
  ): { readonly segments: readonly string[]; readonly format?: string };
  /** The key that a text in a path stands for; undefined where it cannot be one. */
  readKey?(text: string, collection: Collection): string | undefined;
  /** Looks at a request before anything is done for it, once its path is known to lead somewhere. Throws. */
  admit?(asked: Asked): void;
  /** What OPTIONS answers, with `options: 'metadata'`. */
  options?(asked: Asked): Reply;
  /**
   * Takes a parsed body out of its envelope, such as `{data: …}`, or gives its fields the names that are stored. Asked
   * about an object, and about each object of a list; not about JSON Patch and JSON Merge Patch. What it throws
   * refuses the write.
   */
  readBody?(body: Item, asked: Asked): unknown;
  /** What a body that is no object stands for. Without it, and where it gives none, `bad-body`. */
  wrap?(body: unknown, asked: Asked): unknown;
  /** Makes what a client sent fit its shape, as far as the backend would; the rest is left for the check to refuse. */
  coerce?(body: Item, shape: Shape | undefined, action: ActionName, asked: Asked): Item;
  list(page: Page, asked: Asked): Reply;
  /** One item that was read, created or written. */
  item(item: Item, asked: Asked): Reply;
  /** After a delete: `item` is what was there. */
  removed(item: Item, asked: Asked): Reply;
  /** The answer at `/`. Without it there is no such path. `routes` makes the list of all that is served. */
  root?(model: Model, asked: Asked, routes: () => readonly Route[]): Reply;
  /** Sends a client to the other form of a path, where `slash` serves one form only. */
  moved?(path: string, asked: Asked): Reply;
  problem(problem: Problem, asked: Asked): Reply;
  /** How an item is shown, where that is not as it is stored. Called once per item. */
  show?(item: Item, collection: Collection): Item;
  /** What a delete does to children, where that depends on the key or on the request; the config wins. */
  onDelete?(relation: Relation, asked: Asked): DeleteRule;
  /** Pages of the dialect's own, by path; only read. A resource of that name comes first. */
  readonly pages?: ReadonlyMap<string, (asked: Asked) => Reply>;
  /** Milliseconds to hold an answer back. */
  delay?(asked: Asked): number;
  /** Headers of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A dialect with every convention. */
export interface CompleteDialect extends Dialect {
  readonly conventions: Conventions;
}
