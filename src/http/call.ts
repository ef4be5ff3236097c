import type { Context } from 'koa';
import type { ActionName, Asked } from '../dialect/dialect.ts';
import type { Item } from '../json/json.ts';
import type { Collection, Relation, Resource } from '../model/model.ts';
import { Problem, type Violation } from '../problem.ts';
import type { Session } from '../store/session.ts';
import type { Draft, Shelves } from '../store/store.ts';
import { type Fixed, NOTHING_FIXED, type Writing } from '../store/writes.ts';
import type { Live } from './live.ts';
import { sentOf } from './sent.ts';
import { sessionOf } from './stages/session.ts';

/** What a path leads to. */
export interface Target {
  readonly resource: Resource;
  /** The item; undefined for a list and for a singleton. */
  readonly key?: string;
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

/** Thrown by a request that finds its model replaced, before it changed anything. */
export class Stale extends Error {}

/** One request on its way: what the dialect may see of it, and what the actions find out. */
export class Call implements Asked {
  readonly ctx: Context;
  readonly live: Live;
  readonly method: string;
  readonly session: Session;
  /** The path before the API's own, of a session that is named there. */
  readonly base: string;
  action: ActionName = 'root';
  target: Target | undefined;
  allow = '';
  format: string | undefined;
  readonly bodyFaults: Violation[] = [];
  location?: string;
  body?: unknown;
  /** The item that the answer shows. */
  item?: Item;
  /** What the write of this request runs on, while it does. */
  draft: Draft | undefined;

  constructor(ctx: Context, live: Live, { session, base } = sessionOf(ctx, live)) {
    this.ctx = ctx;
    this.live = live;
    this.method = ctx.method;
    this.session = session;
    this.base = base;
  }

  /** After waiting for a body: a reload meanwhile means that the request starts again on the new model. */
  checkCurrent(): void {
    if (!this.live.isCurrent()) throw new Stale();
  }

  get resource(): Resource | undefined {
    return this.target?.resource;
  }

  get faults(): readonly Violation[] {
    return this.target?.faults ?? [];
  }

  get key(): string | undefined {
    return this.target?.key;
  }

  /** How the dialect writes, with what it found wrong with this body. */
  get writing(): Writing {
    const { writes } = this.live.dialect.conventions;
    return this.bodyFaults.length > 0 ? { ...writes, faults: this.bodyFaults } : writes;
  }

  get fixed(): Fixed {
    return this.target?.fixed ?? NOTHING_FIXED;
  }

  get shelves(): Shelves {
    return this.draft ?? this.session.store;
  }

  get origin(): string {
    return `${this.ctx.protocol}://${this.ctx.get('host')}`;
  }

  get path(): string {
    return this.base + sentOf(this.ctx).path;
  }

  get query(): string {
    return this.ctx.querystring;
  }

  get sentQuery(): string {
    return sentOf(this.ctx).query;
  }

  get prefix(): string {
    return this.base + this.live.settings.prefix;
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
    this.bodyFaults.push(violation);
  }

  note(text: string, facts: Parameters<Asked['note']>[1] = {}): void {
    if (this.isStrict) throw new Problem('unknown-parameter', text.replace(/^ignored:? /, ''), facts);
    const { hint } = facts;
    this.live.note(`${this.method} ${this.path}`, hint === undefined ? text : `${text}. ${hint}`);
  }
}
