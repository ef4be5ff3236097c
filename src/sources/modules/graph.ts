import { versionOf } from '../layout.ts';
import { readRegular } from '../read.ts';

/** A file as it last ran, and the files that it asked for. */
interface Node {
  /** Of its bytes. */
  version: string;
  readonly imports: Set<string>;
}

/** Of a file that was asked for and is not there. */
const MISSING = '';
/** No file on the disk has this version, so that one that bears it counts as changed. */
const FAILED = 'failed';

/**
 * The users' modules by path, and what each imports. Node runs a URL once: a file that changed gets a turn of its own
 * in its URL, and so does each file that imports it, as it must be run again with what changed.
 */
export class Graph {
  readonly #nodes = new Map<string, Node>();
  readonly #turns = new Map<string, number>();
  #turn = 0;

  turn(path: string): number {
    return this.#turns.get(path) ?? 0;
  }

  ran(path: string, version: string): void {
    this.#nodes.set(path, { version, imports: new Set() });
  }

  imported(by: string, path: string): void {
    this.#nodes.get(by)?.imports.add(path);
  }

  /** What was asked for and is not there: when it comes, whoever asked is run again. */
  missed(by: string, path: string): void {
    this.imported(by, path);
    this.ran(path, MISSING);
  }

  /** The file, what it imports, and what these import. */
  reach(entry: string): Set<string> {
    const all = new Set([entry]);
    for (const path of all) for (const next of this.#nodes.get(path)?.imports ?? []) all.add(next);
    return all;
  }

  /** Tells what runs from the file from anything else that could; undefined before it has run. */
  version(entry: string): string | undefined {
    if (!this.#nodes.has(entry)) return undefined;
    const lines = [...this.reach(entry)].map((path) => `${this.#nodes.get(path)?.version} ${path}`);
    return versionOf(lines.sort().join('\n'));
  }

  /** Looks at what runs from the file: what changed on the disk gets a new turn, and so does all that imports it. */
  async refresh(entry: string): Promise<ReadonlySet<string>> {
    const nodes = [...this.reach(entry)].flatMap((path) => {
      const node = this.#nodes.get(path);
      return node ? [{ path, node }] : [];
    });
    const stale = new Set<string>();
    await Promise.all(
      nodes.map(async ({ path, node }) => {
        const version = await readRegular(path).then(versionOf, () => MISSING);
        if (version !== node.version) stale.add(path);
        node.version = version;
      }),
    );
    for (const path of stale) {
      this.#turns.set(path, ++this.#turn);
      for (const [by, { imports }] of this.#nodes) if (imports.has(path)) stale.add(by);
    }
    return stale;
  }

  /** Node keeps a failure as well: the next time, everything that runs from the file does so again. */
  failed(entry: string): void {
    for (const path of this.reach(entry)) {
      const node = this.#nodes.get(path);
      if (node && node.version !== MISSING) node.version = FAILED;
    }
  }
}
