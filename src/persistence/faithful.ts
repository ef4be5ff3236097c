import { basename } from 'node:path';
import { isObject, type JsonObject, toPointer } from '../json/json.ts';
import type { Change, ContentsReader } from '../model/change.ts';
import { Problem, type Violation } from '../problem.ts';
import type { Loss, Path } from '../sources/formats/format.ts';
import type { Layout } from '../sources/layout.ts';

/** A loss, and the item it is in. */
interface Lost extends Loss {
  readonly item?: unknown;
}

type Rule = (layout: Layout, changes: readonly Change[], contents: ContentsReader) => Lost | undefined;

/** Throws `invalid` where a file, read again, would say something else than what is to be written to it. */
export function checkFaithful(layout: Layout, changes: readonly Change[], contents: ContentsReader): void {
  const own = changes.filter(({ resource }) => layout.names.includes(resource));
  for (const rule of rules) {
    const lost = rule(layout, own, contents);
    if (lost) throw refusal(layout, lost, own);
  }
}

const rules: readonly Rule[] = [numbers, lists, cells, form];

/** JSON reads 1e999 and has no way to write what it becomes. */
function numbers({ format }: Layout, changes: readonly Change[]): Lost | undefined {
  if (format.constants) return undefined;
  for (const { after } of changes) {
    const path = notFinite(after);
    if (path) return { item: after, path, reason: `is beyond the numbers that ${format.name} can hold` };
  }
  return undefined;
}

function notFinite(value: unknown): Path | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inside] of Object.entries(value)) {
    const path = notFinite(inside);
    if (path) return [key, ...path];
  }
  return undefined;
}

/** A list that holds objects is a collection, and read as one. */
function lists(_layout: Layout, changes: readonly Change[]): Lost | undefined {
  const list = changes.find(({ key, after }) => key === '' && Array.isArray(after) && after.some(isObject));
  return (
    list && { item: list.after, path: [], reason: 'would be a collection: a plain list holds no objects' }
  );
}

function cells(
  { format, names: [name = ''] }: Layout,
  changes: readonly Change[],
  contents: ContentsReader,
): Lost | undefined {
  if (!format.isList) return undefined;
  const items = contents.contentsOf(name);
  if (!Array.isArray(items))
    return { item: items, path: [], reason: `is no list, and ${format.name} holds nothing else` };
  const loss = format.loss?.(items, new Set(changes.map(({ after }) => after)));
  if (!loss) return undefined;
  const [position, ...path] = loss.path;
  return { ...loss, item: items[Number(position)], path };
}

/** What a file is taken for depends on what it holds. */
function form(
  { form, formOf, names, compose }: Layout,
  _changes: unknown,
  contents: ContentsReader,
): Lost | undefined {
  if (form === 'django') {
    const isEmpty = (name: string) => (contents.contentsOf(name) as readonly unknown[]).length === 0;
    const empty = names.find(isEmpty);
    return empty === undefined
      ? undefined
      : {
          path: [],
          reason: `would leave no record of ${empty}, and Django's fixtures hold nothing but records`,
        };
  }
  const found = formOf(compose((name) => contents.contentsOf(name)));
  return found === form ? undefined : { path: [], reason: `would ${MISTAKEN[found ?? 'nothing']}` };
}

const MISTAKEN = {
  django: "be taken for Django's fixtures, records of a model and its fields",
  set: 'be taken for a set of resources, for a file of an object is one',
  resource: 'be taken for one resource',
  nothing: 'be no fixtures at all: a file is a list of items or an object of resources',
} as const;

function refusal(
  { file, names: [first = ''] }: Layout,
  { item, path, reason }: Lost,
  changes: readonly Change[],
): Problem {
  const written = changes.find(({ after }) => after === item);
  const isSent = written !== undefined && item !== undefined;
  const others =
    isObject(item) && !isSent ? `${path.join('.')} of ${JSON.stringify(item)}`.slice(0, 100) : '';
  const message = others === '' ? reason : `would change another item: ${others} ${reason}`;
  const violation: Violation = {
    path: isSent ? toPointer(path) : '',
    keyword: 'file',
    params: {},
    value: isSent ? path.reduce<unknown>((at, step) => (at as JsonObject)[step], item) : undefined,
    schema: {},
    message,
  };
  return new Problem('invalid', `${(isSent && path.join('.')) || 'the write'} ${message}`, {
    violations: [violation],
    resource: written?.resource ?? first,
    hint: `Nothing was changed: ${basename(file)} must say again what it is given.`,
  });
}
