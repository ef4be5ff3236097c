import { isObject, type Json, type JsonObject, setField } from '../json/json.ts';
import type { SchemaSource } from '../json/source.ts';
import { Problem } from '../problem.ts';

/** The versions of JSON Schema that a validator is made for. Drafts 04 and 06 are read as 07. */
export type Draft = 'draft-07' | '2019-09' | '2020-12';

/** A part of a copy of a schema: it may be changed, because nobody else holds it. */
export type Editable = Record<string, Json>;

const LATEST = '2020-12';

export function draftOf(source: SchemaSource): Draft {
  const uri = isObject(source.value) ? source.value.$schema : undefined;
  if (uri === undefined) return LATEST;
  const text = String(uri);
  if (/draft-0[467]/.test(text)) return 'draft-07';
  if (text.includes('2019-09')) return '2019-09';
  if (text.includes(LATEST) || !text.includes('json-schema.org')) return LATEST;
  throw new Problem(
    'bad-schema',
    `${source.name}: expected draft-04, draft-06, draft-07, 2019-09 or 2020-12 as $schema, found ${text}`,
    { place: source.locate(['$schema']) },
  );
}

/** Draft-04 has `id` for `$id`; a schema that has it and names no draft is of that time. */
export const isDraft04 = ({ $schema, id }: JsonObject): boolean =>
  $schema === undefined ? typeof id === 'string' : /draft-04/.test(String($schema));

const EXCLUSIVE = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const;

/** Rewrites a part of a draft-04 schema in the words of draft-07. */
export function fromDraft04(part: Editable): void {
  if (typeof part.id === 'string' && part.$id === undefined) {
    part.$id = part.id;
    delete part.id;
  }
  for (const [exclusive, limit] of EXCLUSIVE) {
    if (typeof part[exclusive] !== 'boolean') continue;
    const value = part[exclusive] ? part[limit] : undefined;
    if (value === undefined) delete part[exclusive];
    else {
      part[exclusive] = value;
      delete part[limit];
    }
  }
}

/** What an `if` has seen counts for `unevaluatedProperties` without a `then`, too; the validator needs one. */
export function thenForIf(part: Editable): void {
  if (part.if !== undefined && part.then === undefined) part.then = part.if;
}

/** The validator does not see a property called `__proto__`; under a pattern it does. */
export function patternForProto(part: Editable): void {
  const { properties, patternProperties } = part;
  if (!isObject(properties) || !Object.hasOwn(properties, '__proto__')) return;
  const { __proto__: proto, ...others } = properties as Editable;
  part.properties = others as JsonObject;
  part.patternProperties = setField({ ...(patternProperties as JsonObject) }, '^__proto__$', proto);
}
