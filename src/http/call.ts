import type { Context } from 'koa';
import type { ActionName, Asked, DialectParameter } from '../dialect/dialect.ts';
import { parametersOf } from '../dialect/understood.ts';
import type { Collection, Relation, Resource } from '../model/model.ts';
import { Problem, type Violation } from '../problem.ts';
import type { Session } from '../store/session.ts';
import type { Draft, Shelves } from '../store/store.ts';
import { type Fixed, NOTHING_FIXED } from '../store/writes.ts';
import type { Live } from './live.ts';
import type { Outcome } from './outcome.ts';

/** What a path leads to. */
export interface Found {
  readonly resource: Resource | undefined;
  /** The item; undefined for a list and for a singleton. */
  readonly key: string | undefined;
  /** The nearest parent, by the relation that leads up to it. */
  readonly fixed: Fixed;
  /** Every item on the way, down to the one that `key` names. */
  readonly steps: readonly Step[];
  /** The ids in the path that cannot be any. */
  readonly faults: readonly Violation[];
}

/** One item of a path, and the relation that led down to its collection. */
export interface Step {
  readonly collection: Collection;
  readonly key: string;
  readonly relation: Relation | undefined;
}

export type Action = (call: Call) => Outcome | Promise<Outcome>;

/** What a request is about: what its path leads to, and what its method does there. */
export interface Target extends Found {
  readonly allow: string;
  readonly format: string | undefined;
  readonly action: ActionName;
  readonly run: Action;
}

export const NOTHING_FOUND: Found = {
  resource: undefined,
  key: undefined,
  fixed: NOTHING_FIXED,
  steps: [],
  faults: [],
};

export const NO_TARGET: Target = {
  ...NOTHING_FOUND,
  allow: '',
  format: undefined,
  action: 'root',
  run: () => {
    throw new Error('a request without a target came to its action');
  },
};

/** What only a part of the code that makes an answer sees of it. */
interface View {
  /** What a write runs on. */
  readonly draft?: Draft;
  /** What a PUT turned out to be. */
  readonly action?: ActionName;
  readonly location?: string;
  /** Takes the faults that the dialect finds in a body. */
  readonly report?: (violation: Violation) => void;
}

/** Thrown by a request that finds its model replaced, before it changed anything. */
export class Stale extends Error {}

/** One request and its target. Refusals are written further out than a target is found, so all stages have the same one. */
export class Call implements Asked {
  readonly ctx: Context;
  /** What the request sees, from its beginning or since it began again. */
  live: Live;
  /** The path before the API's own, of a session that is named there. */
  base = '';
  sessionName: string | undefined;
  /** Everybody's, until the one is entered that the request names. */
  session: Session;
  /** The path and query that were sent, where the option `routes` has put others in their place. */
  sent: { readonly path: string; readonly query: string } | undefined;
  target = NO_TARGET;
  private readonly view: View = {};
  private readonly read: { body?: unknown } = {};

  constructor(ctx: Context, live: Live) {
    this.ctx = ctx;
    this.live = live;
    this.session = live.state.main;
  }

  /** The same call, seen with something more. */
  with(more: View): Call {
    return Object.create(this, { view: { value: { ...this.view, ...more } } });
  }

  /** Begins again, as it was sent, on what a reload put in place. */
  restart(live: Live): void {
    const { ctx, sent } = this;
    if (sent) ctx.url = sent.query === '' ? sent.path : `${sent.path}?${sent.query}`;
    this.sent = undefined;
    this.target = NO_TARGET;
    this.live = live;
  }

  /** After waiting for a body: a reload meanwhile means that the request starts again on the new model. */
  checkCurrent(): void {
    if (!this.live.isCurrent()) throw new Stale();
  }

  get method(): string {
    return this.ctx.method;
  }

  /** What was sent, or what a patch made of an item: refusals quote it. */
  get body(): unknown {
    return this.read.body;
  }

  set body(body: unknown) {
    this.read.body = body;
  }

  get action(): ActionName {
    return this.view.action ?? this.target.action;
  }

  get location(): string | undefined {
    return this.view.location;
  }

  get shelves(): Shelves {
    return this.view.draft ?? this.session.store;
  }

  get allow(): string {
    return this.target.allow;
  }

  get format(): string | undefined {
    return this.target.format;
  }

  get resource(): Resource | undefined {
    return this.target.resource;
  }

  get faults(): readonly Violation[] {
    return this.target.faults;
  }

  get key(): string | undefined {
    return this.target.key;
  }

  get fixed(): Fixed {
    return this.target.fixed;
  }

  get origin(): string {
    return `${this.ctx.protocol}://${this.ctx.get('host')}`;
  }

  /** The path as it was sent, without the name of a session. */
  get ownPath(): string {
    return this.sent?.path ?? this.ctx.path;
  }

  get path(): string {
    return this.base + this.ownPath;
  }

  get query(): string {
    return this.ctx.querystring;
  }

  get sentQuery(): string {
    return this.sent?.query ?? this.ctx.querystring;
  }

  get prefix(): string {
    return this.base + this.live.settings.prefix;
  }

  parameters(collection: Collection): readonly DialectParameter[] {
    return parametersOf(this.live.dialect, collection, 'list', this.live.model);
  }

  /** A write is strict: a condition that was ignored would widen what it reaches. */
  get strict(): boolean {
    return this.method === 'PATCH' || this.method === 'DELETE' || this.isStrict;
  }

  /** Whether somebody asked to refuse what is not understood. */
  get isStrict(): boolean {
    return this.live.settings.strictQuery || this.prefers('handling') === 'strict';
  }

  get isRead(): boolean {
    return this.method === 'GET' || this.method === 'HEAD';
  }

  header(name: string): string {
    return this.ctx.get(name);
  }

  /** A preference of the client (RFC 7240): its value, empty where it has none, undefined where it is not stated. */
  prefers(name: string): string | undefined {
    const header = this.ctx.get('prefer');
    if (header === '') return undefined;
    for (const part of header.split(',')) {
      const [key = '', value = ''] = (part.split(';')[0] ?? '').split('=');
      if (key.trim().toLowerCase() === name)
        return value
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .toLowerCase();
    }
    return undefined;
  }

  report(violation: Violation): void {
    this.view.report?.(violation);
  }

  note(text: string, facts: Parameters<Asked['note']>[1] = {}): void {
    if (this.isStrict) throw new Problem('unknown-parameter', text.replace(/^ignored:? /, ''), facts);
    const { hint } = facts;
    this.live.note(`${this.method} ${this.path}`, hint === undefined ? text : `${text}. ${hint}`);
  }
}
