import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '../json/source.ts';
import { type Change, type ContentsReader, type Journal, notSaved } from '../model/change.ts';
import { Problem } from '../problem.ts';
import type { Format } from '../sources/formats/format.ts';
import type { Layout } from '../sources/layout.ts';
import type { FileCache, SourceOption } from '../sources/load.ts';
import { checkFaithful } from './faithful.ts';
import { homeOf } from './home.ts';
import { LateLines } from './late.ts';
import { removeLeftovers } from './leftovers.ts';
import { Locks } from './lock.ts';
import { reasonOf } from './reason.ts';
import { Replacement, syncFolder, type Target } from './replace.ts';
import { settled } from './settled.ts';

/** The sample data that is shipped; not a user's to write. */
export const DEMO: string = fileURLToPath(new URL('../../fixtures', import.meta.url));

function cannotSave(what: string, hint: string): Problem {
  return new Problem('cannot-save', `${what} cannot be saved`, { hint });
}

/** Throws `cannot-save` where a source has no file that could be written. */
export function checkSaveable(sources: readonly SourceOption[], layouts: readonly Layout[]): void {
  const hint = 'Choose --writes memory, or put the data in a JSON file.';
  if (sources.some((source) => typeof source !== 'string')) throw cannotSave('data passed in code', hint);
  for (const { file, format } of layouts) {
    if (!format.stringify) throw cannotSave(file, hint);
    if (dirname(file) === DEMO)
      throw cannotSave('the sample data', 'Copy it into a folder of your own first.');
  }
}

interface Ready {
  readonly layout: Layout;
  readonly replacement: Replacement;
}

/** A journal that rewrites the files that the resources came from: each whole, or as it was. */
export class Saver implements Journal {
  #layouts = new Map<string, Layout>();
  readonly #sources: readonly string[];
  readonly #cache: FileCache;
  readonly #onSaved: (file: string, version: string) => void;
  readonly #locks = new Locks();
  readonly #late = new LateLines();

  constructor(
    sources: readonly SourceOption[],
    cache: FileCache,
    onSaved: (file: string, version: string) => void,
  ) {
    this.#onSaved = onSaved;
    this.#sources = sources.map((source) => resolve(String(source)));
    this.#cache = cache;
  }

  /** Removes what saves that were killed left. */
  async clean(): Promise<void> {
    const targets = await Promise.all([...this.#layouts.keys()].map(targetOf));
    const folders = [...this.#sources, ...targets.map(({ file }) => dirname(file))];
    for (const folder of new Set(folders)) removeLeftovers(folder);
  }

  /** The files as they were last read. */
  use(layouts: readonly Layout[]): void {
    this.#layouts = new Map(layouts.map((layout) => [layout.file, layout]));
  }

  check(changes: readonly Change[]): void {
    this.#layoutsOf(resourcesOf(changes));
  }

  async write(changes: readonly Change[], contents: ContentsReader): Promise<readonly string[]> {
    const resources = resourcesOf(changes);
    const layouts = this.#layoutsOf(resources);
    for (const layout of layouts) checkFaithful(layout, changes, contents);
    try {
      const touched = await this.#replace(layouts, contents);
      return touched ? resources.filter((name) => touched.names.includes(name)) : [];
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-saved') throw error;
      throw notSaved(`${layouts.map(({ file }) => basename(file)).join(', ')}: ${reasonOf(error)}`);
    }
  }

  release(): void {
    this.#locks.release();
  }

  close(): Promise<void> {
    return this.#late.close();
  }

  /** All files of a batch, or none. Gives back one that others have changed. */
  async #replace(layouts: readonly Layout[], contents: ContentsReader): Promise<Layout | undefined> {
    const targets = await Promise.all(layouts.map(({ file }) => targetOf(file)));
    await this.#locks.take(targets.map(({ file }) => file));
    const ready: Ready[] = [];
    try {
      for (const [i, layout] of layouts.entries()) {
        const target = targets[i] as Target;
        await settled(target.file, layout.version);
        const compose = () => textOf(layout, contents);
        const replacement = await Replacement.prepare(target, layout.version, compose);
        if (!replacement) return layout;
        ready.push({ layout, replacement });
      }
      const touched = await this.#swap(ready);
      if (touched) return touched;
      for (const one of ready) this.#remember(one.layout, one.replacement.version, contents);
      for (const one of ready.filter(addsUp)) {
        const old = one.replacement.handOver();
        if (old) this.#late.follow(old);
      }
      return undefined;
    } finally {
      for (const { replacement } of ready) await replacement.close();
    }
  }

  async #swap(ready: readonly Ready[]): Promise<Layout | undefined> {
    let isKept = false;
    try {
      const moved = ready.find(({ replacement }) => !replacement.swap((file) => this.#locks.isHeld(file)));
      if (moved) return moved.layout;
      for (const folder of new Set(ready.map(({ replacement }) => dirname(replacement.file))))
        await syncFolder(folder);
      const touched = ready.find((one) => !one.replacement.isClean(addsUp(one)));
      isKept = touched === undefined;
      return touched?.layout;
    } finally {
      if (!isKept) for (const { replacement } of ready) replacement.undo();
    }
  }

  /** The files that hold the resources, each once. */
  #layoutsOf(resources: readonly string[]): Layout[] {
    const layouts = new Map(this.#layouts);
    const files = resources.map((name) => {
      const all = [...layouts.values()];
      const layout = all.find(({ names }) => names.includes(name)) ?? homeOf(name, this.#sources, all);
      layouts.set(layout.file, layout);
      return layout.file;
    });
    return [...new Set(files)].map((file) => layouts.get(file) as Layout);
  }

  /** What was written is what would be read: no reload is due, and the next one finds nothing new. */
  #remember(layout: Layout, version: string, contents: ContentsReader): void {
    const saved = { ...layout, version };
    this.#layouts.set(layout.file, saved);
    const known = this.#cache.get(layout.file)?.sources ?? [];
    const sources = layout.names.map((name): Source => {
      const source = known.find((one) => one.name === name);
      return {
        ...(source ?? { name, file: layout.file, locate: () => ({ file: layout.file }) }),
        value: contents.contentsOf(name),
      };
    });
    this.#cache.set(layout.file, { version, sources, layout: saved });
    this.#onSaved(layout.file, version);
  }
}

/** Whether lines that others add to the old text are lines of the new one, too. */
const addsUp = ({ layout: { format }, replacement }: Ready): boolean =>
  format.isList === true && (!format.hasHeader || replacement.hasSameHead);

const resourcesOf = (changes: readonly Change[]): string[] => [
  ...new Set(changes.map(({ resource }) => resource)),
];

const targetOf = async (path: string): Promise<Target> => ({
  path,
  file: await realpath(path).catch(() => path),
});

function textOf(layout: Layout, contents: ContentsReader): string {
  const value = layout.compose((name) => contents.contentsOf(name));
  const { format, style } = layout;
  return (format.stringify as NonNullable<Format['stringify']>)(value, style);
}
