import {
  type Asked,
  type Collection,
  fromPointer,
  isObject,
  limits,
  shapeOf,
  singular,
  type Violation,
} from '../../../dialect/index.ts';
import { Fault } from '../pydantic/fault.ts';
import { type Kind, kindOf } from '../pydantic/kind.ts';
import { isScalarKind } from '../pydantic/model.ts';
import type { Version } from '../pydantic/version.ts';

/** `blogPosts` is `blog_post`. */
const snake = (name: string): string =>
  singular(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-\s]+/g, '_')
    .toLowerCase();

/** `Blog post`, as an application would call it in a message. */
export function titleOf(name: string): string {
  const words = snake(name).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const paramOf = ({ name, idField }: Collection): string => `${snake(name)}_${idField}`;

/** The kind of a collection's ids: what the schema says of the field, else what the items have. */
export function idKind({ check, idField, idKind }: Collection): Kind {
  const own = check?.shape.fields.get(idField);
  if (own) return kindOf(own);
  return idKind === 'integer' ? 'int' : idKind === 'uuid' ? 'uuid' : 'str';
}

type Loc = (string | number)[];

/** Where a fault stands: `["body", "contacts", 0, "kind"]`. Only the body tells an index from a name of digits. */
function locOf(violation: Violation, asked: Asked): Loc {
  const { path, params } = violation;
  if (violation.in === 'path') return ['path', paramOf(collectionOf(violation, asked))];
  if (violation.in === 'query') return ['query', ...fromPointer(path)];
  const loc: Loc = ['body'];
  let value: unknown = asked.body;
  for (const step of fromPointer(path)) {
    loc.push(Array.isArray(value) && /^\d+$/.test(step) ? Number(step) : step);
    value = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[step] : undefined;
  }
  return loc.concat(typeof params.branch === 'string' ? [params.branch] : []);
}

const collectionOf = ({ params }: Violation, asked: Asked): Collection =>
  asked.shelves.model.resources.get(String(params.resource)) as Collection;

/** What the general keywords come to for a value: `type` of an integer that got a text is a text that is none. */
function sharpen(version: Version, violation: Violation, kind: Kind): Violation {
  if (violation.value === null && version.nulls === 'own') return { ...violation, keyword: 'null' };
  if (kind === 'list' || kind === 'model' || kind === 'dict') return { ...violation, keyword: kind };
  if (!isScalarKind(kind)) return violation;
  const found = version.kinds[kind](violation.value, shapeOf(violation.schema));
  return found instanceof Fault ? { ...violation, keyword: found.rule, params: found.params } : violation;
}

/** One entry of `detail`. */
function entryOf(version: Version, violation: Violation, asked: Asked): object {
  const { keyword, schema, message } = violation;
  const sharp =
    keyword === 'id'
      ? sharpen(version, violation, idKind(collectionOf(violation, asked)))
      : keyword === 'type' || keyword === 'format'
        ? sharpen(version, violation, kindOf(shapeOf(schema)))
        : violation;
  const row = Object.hasOwn(version.words, sharp.keyword) ? version.words[sharp.keyword] : undefined;
  const words = row?.(sharp) ?? (['value_error', message] as const);
  const loc = locOf(violation, asked);
  return version.error(words, branched(version, loc, violation), violation);
}

/** Only pydantic 2 names the branch of a union. */
const branched = (version: Version, loc: Loc, { params }: Violation): Loc =>
  version.union === 'first' && typeof params.branch === 'string' ? loc.slice(0, -1) : loc;

/** Each entry quotes what is wrong, and of an object that lacks a field all of it: of many inside each other, too much. */
export function detailOf(version: Version, violations: readonly Violation[], asked: Asked): object[] {
  let left: number = limits.quoted.bytes;
  return violations.map((violation) => {
    const entry: { readonly input?: unknown } = entryOf(version, violation, asked);
    if (left >= 0 && entry.input !== undefined) left -= JSON.stringify(entry.input).length;
    return left >= 0 ? entry : { ...entry, input: undefined };
  });
}
