import { expect } from 'vitest';
import type { Data, Source } from '../../src/json/source.ts';
import { buildModel } from '../../src/model/build.ts';
import type { Journal } from '../../src/model/change.ts';
import type { Collection } from '../../src/model/model.ts';
import { resolveOptions } from '../../src/options/settings.ts';
import { type Base, makeBase } from '../../src/store/base.ts';
import type { Session } from '../../src/store/session.ts';
import { State } from '../../src/store/state.ts';
import { wholeState } from '../../src/store/whole.ts';
import { type Files, Reference } from './reference.ts';

export async function built(files: Files) {
  const source = (name: string, value: unknown): Source => ({
    name,
    value,
    file: name,
    locate: () => ({ file: name }),
  });
  const resources = new Map(
    Object.entries(files).map(([name, rows]) => [name, source(name, structuredClone(rows))]),
  );
  return buildModel({ resources, schemas: new Map() } as Data, resolveOptions());
}

/** The real thing and the reference, side by side. */
export class Pair {
  readonly state: State;
  base: Base;
  readonly references = new Map<string, Reference>();
  files: Files;
  current = '';

  private constructor(state: State, base: Base, files: Files) {
    this.state = state;
    this.base = base;
    this.files = files;
    this.references.set('', new Reference(files));
  }

  static async make(files: Files, journal?: Journal): Promise<Pair> {
    const made = await built(files);
    const base = makeBase(made);
    const kept = journal ? { journal, reload: async () => {} } : {};
    const onListenerFault = (error: unknown) => {
      throw error;
    };
    const options = { sessionIdle: 3600, sessionCap: 100, onListenerFault, ...kept };
    return new Pair(new State(made.model, base, options), base, files);
  }

  get session(): Session {
    return this.sessionOf(this.current);
  }

  sessionOf(name: string): Session {
    return name === '' ? this.state.main : this.state.sessions.make(name);
  }

  get reference(): Reference {
    return this.references.get(this.current) as Reference;
  }

  collection(name: string): Collection {
    return this.session.store.model.resources.get(name) as Collection;
  }

  check(): void {
    for (const [name, reference] of this.references) {
      const { store } = this.sessionOf(name);
      expect(wholeState(store)).toEqual(reference.whole());
      for (const resource of Object.keys(this.files)) {
        const shelf = store.shelf(resource);
        const rows = reference.rows(resource);
        expect(shelf.size).toBe(rows.length);
        expect(shelf.nextId).toBe(reference.next(resource));
        for (const row of rows) expect(shelf.get(String(row.id))?.item).toEqual(row);
        const found = shelf.equal({ path: 'v', date: false }, [1, 2]).map(({ item }) => item);
        expect(found).toEqual(rows.filter(({ v }) => v === 1 || v === 2));
        const field = { path: 'v', date: false };
        const sorted = shelf.order([{ field, descending: true, missing: 'last' }]);
        const byValue = [...rows].sort((a, b) => (b.v ?? -1) - (a.v ?? -1));
        expect(sorted.slice(0, sorted.total).map(({ item }) => item)).toEqual(byValue);
      }
    }
  }
}
