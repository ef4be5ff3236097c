import type { Live } from '../live.ts';
import { splitPath } from '../path.ts';

/** The path of a request as the rows write it. */
export interface ReadPath {
  /** Decoded, names in the letters of the model. */
  readonly segments: readonly string[];
  /** The path that a router matches. */
  readonly path: string;
  /** What a suffix of the path asks for, where the dialect reads one. */
  readonly format: string | undefined;
}

/** Reads paths as a dialect does: its suffixes, its slashes, its letters. Undefined outside the prefix. */
export function pathReader(live: Live): (path: string) => ReadPath | undefined {
  const { prefix } = live.settings;
  const nameOf = nameReader(live);
  return (path) => {
    const split = splitPath(path, prefix);
    if (!split) return undefined;
    const { segments: read, format } = live.dialect.segments?.(split, live.model) ?? {
      segments: split,
      format: undefined,
    };
    const segments = nameOf ? read.map((segment, i) => (i % 2 === 0 ? nameOf(segment) : segment)) : read;
    return { segments, path: `${prefix}/${segments.map(encodeURIComponent).join('/')}`, format };
  };
}

/** A name in a path as the model writes it, where letters do not matter. */
function nameReader({ model, dialect }: Live): ((segment: string) => string) | undefined {
  if (dialect.conventions.paths.caseSensitive) return undefined;
  const pages = [...(dialect.pages?.keys() ?? [])].map((path) => path.slice(1));
  const names = new Map([...pages, ...model.resources.keys()].map((name) => [name.toLowerCase(), name]));
  return (segment) =>
    model.resources.has(segment) ? segment : (names.get(segment.toLowerCase()) ?? segment);
}
