import type { Item, JsonObject } from '../json/json.ts';
import type { Collection, Model, Relation, Resource } from '../model/model.ts';
import type { Options } from '../options/options.ts';
import type { Facts, Problem, Violation } from '../problem.ts';
import type { Page, Query } from '../query/query.ts';
import type { DeleteRule } from '../store/remove.ts';
import type { Shelves } from '../store/store.ts';
import type { Fixed, WriteRules } from '../store/writes.ts';

export type ActionName = 'list' | 'create' | 'read' | 'replace' | 'update' | 'remove' | 'root';

/** What leaves the server. `body` is the text as it is sent; undefined for none. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
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
  /** A request header, empty when it was not sent. */
  header(name: string): string;
  /** Whether a parameter that is not understood is refused. */
  readonly strict: boolean;
  /** Names something that was not understood in the log; where a client or the config asks for that, it is refused. */
  note(text: string, facts?: Pick<Facts, 'parameter' | 'hint'>): void;
  /** The path of the item that was created, read or written. */
  readonly location?: string;
  /** The body as the client sent it, parsed; for words about it. */
  readonly body?: unknown;
  /** The ids in the path that cannot be any, for a dialect that tells them together with the faults of the body. */
  readonly faults: readonly Violation[];
  /** Tells a fault of the body that only the dialect sees; nobody else is asked about that field. */
  report(violation: Violation): void;
}

/** Names that are understood; a `Set` is one. Not all that it has need be listed: those are for a hint. */
export interface Names extends Iterable<string> {
  has(name: string): boolean;
}

/** What a dialect says about requests that shared code asks it. Everything has one answer in `rest`. */
export interface Rules extends WriteRules {
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
  /** A write where writes are switched off. */
  readonly writesOff: 405 | 403;
  /** HEAD wherever there is GET. */
  readonly head: boolean;
  /** What OPTIONS answers where no browser asks. */
  readonly options: 'allow' | 'metadata' | 'missing';
  /** POST on a singleton replaces it. */
  readonly postSingleton: boolean;
  /** A body without a type, or with one that is not JSON. */
  readonly bodyTypes: BodyTypes;
  /** No bytes at all where a body belongs: refused, or an empty object. */
  readonly emptyBody: 'refuse' | 'object';
  /** An array where an item belongs: refused, or several items. */
  readonly arrayBody: 'refuse' | 'bulk';
  /** Which is looked at first: whether the path leads to something, or what the client sent. */
  readonly first: 'item' | 'body';
  /** `*` to every origin, or only to requests that name one. */
  readonly corsAlways: boolean;
  /** OPTIONS names the verbs of CORS where no browser asks for them, too. */
  readonly corsMethods: boolean;
  /** POST with X-HTTP-Method-Override is PUT, PATCH or DELETE. */
  readonly methodOverride: boolean;
  /** Strong validators and dates of items and lists. A dialect may write an ETag of its own instead. */
  readonly etags: boolean;
  /** Answers of 1 kB and more are compressed for clients that ask for it. */
  readonly gzip: boolean;
  /** PATCH and DELETE of an item that is not there: refused, or answered as if it were, where nothing is kept. */
  readonly missingItem: 'refuse' | 'pretend';
}

export interface BodyTypes {
  /** Media types that are JSON; `+json` and `application/*+json` stand for every type of that kind. */
  readonly json: readonly string[];
  /** Whether HTML forms are read as objects of texts. */
  readonly forms: boolean;
  /** A byte order mark before JSON is a fault of the text; RFC 8259, 8.1, lets it be passed over, too. */
  readonly markRefused?: boolean;
  /** What a body of another type, or of none, is. */
  readonly other: BodyFate;
  readonly untyped: BodyFate;
  /** NaN and Infinity, which JSON has not, are numbers. */
  readonly constants?: boolean;
}

/** Refused, read as JSON, taken as an empty object, or as the text it is. */
export type BodyFate = 'refuse' | 'json' | 'ignore' | 'text';

/**
 * A pair of pure translations around the neutral core: a request into a `Query`, and an answer into a `Reply`.
 * Shared code never asks which dialect it is; it asks the rules.
 */
export interface Dialect {
  readonly name: string;
  readonly rules: Rules;
  /** Defaults of options that this dialect sets otherwise. Explicit options win. */
  readonly defaults?: Options;
  /**
   * The parameters that this request may have: any other is named in the log, or refused. Undefined where the query's
   * own reader says so.
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
  /** What a body that is no object stands for. Without it, and where it gives none, `bad-body`. */
  wrap?(body: unknown, asked: Asked): unknown;
  /** Makes what a client sent fit its schema, as far as the backend would; the rest is left for the check to refuse. */
  coerce?(body: Item, schema: JsonObject | undefined, action: ActionName, asked: Asked): Item;
  list(page: Page, asked: Asked): Reply;
  /** One item that was read, created or written. */
  item(item: Item, asked: Asked): Reply;
  /** After a delete: `item` is what was there. */
  removed(item: Item, asked: Asked): Reply;
  /** The answer at `/`. Without it there is no such path. */
  root?(model: Model, asked: Asked): Reply;
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
