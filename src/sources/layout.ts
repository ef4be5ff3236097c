import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { isObject } from '../json/json.ts';
import type { Source } from '../json/source.ts';
import { type DjangoFixture, djangoComposer, isDjangoFixture } from './django.ts';
import type { Format, Style } from './formats/format.ts';

/** Its keys are resources, it is one itself, or it holds the records that Django dumps. */
export type Form = 'set' | 'resource' | 'django';

/** How a file of fixtures is put together: enough to write it again with other items in it. */
export interface Layout {
  readonly file: string;
  readonly format: Format;
  /** Its bytes, as they were last read or written; undefined for a file that is not there yet. */
  readonly version: string | undefined;
  readonly style: Style;
  readonly form: Form;
  /** What the file would be taken for if it held this value; undefined where for nothing at all. */
  formOf(value: unknown): Form | undefined;
  /** The resources in it, in their order. */
  readonly names: readonly string[];
  /** Puts the contents of its resources together. */
  compose(contentsOf: (resource: string) => unknown): unknown;
}

/** Tells the bytes of a file from any others: their number and their hash. */
export const versionOf = (bytes: Buffer | string): string =>
  `${Buffer.byteLength(bytes)}-${createHash('sha1').update(bytes).digest('hex')}`;

/** How many bytes a version has. */
export const sizeOf = (version = '0'): number => Number.parseInt(version, 10);

export const stem = (file: string): string => basename(file, extname(file));

/** Whether the keys of a file are resources, or the file is one itself. */
export const isSet = (
  file: string,
  inFolder: boolean,
  value: unknown,
  format: Format,
): value is Record<string, unknown> =>
  isObject(value) && !format.isList && (!inFolder || stem(file) === 'db');

const formReader =
  (file: string, inFolder: boolean, format: Format) =>
  (value: unknown): Form | undefined => {
    if (isDjangoFixture(value)) return 'django';
    if (isSet(file, inFolder, value, format)) return 'set';
    return inFolder || Array.isArray(value) ? 'resource' : undefined;
  };

const readStyle = (text: string): Style => ({
  indent: /^\s*[[{]\s*?\n([ \t]+)/.exec(text)?.[1] ?? /\n([ \t]+)\S/.exec(text)?.[1] ?? '',
  finalNewline: text.endsWith('\n'),
  crlf: text.includes('\r\n'),
});

interface ReadFile {
  readonly file: string;
  readonly inFolder: boolean;
  readonly idField: string;
  readonly value: unknown;
  readonly text: string;
  readonly version: string;
  readonly format: Format;
  readonly sources: readonly Source[];
}

export function readLayout({
  file,
  inFolder,
  idField,
  value,
  text,
  version,
  format,
  sources,
}: ReadFile): Layout {
  const names = sources.map(({ name }) => name);
  const formOf = formReader(file, inFolder, format);
  const form = formOf(value) as Form;
  const composers: Record<Form, () => Layout['compose']> = {
    django: () => djangoComposer(value as DjangoFixture, names, idField),
    set: () => setComposer(value as Record<string, unknown>, names),
    resource: () => (contentsOf) => contentsOf(names[0] as string),
  };
  return { file, format, version, style: readStyle(text), form, formOf, names, compose: composers[form]() };
}

/** Keys that are no resource, such as `$schema`, stay where they were. */
function setComposer(value: Readonly<Record<string, unknown>>, names: readonly string[]): Layout['compose'] {
  const rest = new Map(Object.entries(value).filter(([name]) => !names.includes(name)));
  return (contentsOf) =>
    Object.fromEntries(
      Object.keys(value).map((key) => [key, rest.has(key) ? rest.get(key) : contentsOf(key)]),
    );
}

/** A set of resources, with one more. */
export const withResource = (layout: Layout, name: string): Layout => {
  const names = [...layout.names, name];
  return {
    ...layout,
    names,
    compose: (contentsOf) => ({ ...(layout.compose(contentsOf) as object), [name]: contentsOf(name) }),
  };
};

export const newFile = (file: string, name: string, format: Format): Layout => ({
  file,
  format,
  version: undefined,
  style: { indent: '  ', finalNewline: true, crlf: false },
  form: 'resource',
  formOf: formReader(file, true, format),
  names: [name],
  compose: (contentsOf) => contentsOf(name),
});
