import type { JsonObject } from '../json/json.ts';
import { nullsOf } from './allowed.ts';
import { follow } from './parts.ts';
import { subschemas } from './vocabulary.ts';

/** Schemas of which only some hold, depending on the value. */
export interface Branches {
  /** Whether one of them must hold: `anyOf` and `oneOf`. */
  readonly alternatives: boolean;
  readonly schemas: readonly JsonObject[];
}

/** Schemas that hold together, with every `$ref` and `allOf` of theirs followed. */
export interface Gathered {
  /** The schemas that hold for every value, the nearest first. */
  readonly parts: readonly JsonObject[];
  /** The same, each after what it builds on. */
  readonly inOrder: readonly JsonObject[];
  readonly choices: readonly Branches[];
  /** What else holds here: schemas around a branch. */
  readonly around: readonly JsonObject[];
  /** What is said of null, each time that something is. */
  readonly nulls: readonly boolean[];
}

/** What already holds around a branch is left out of it, so that a branch may refer to the schema that it is in. */
export function gather(schemas: readonly JsonObject[], around: readonly JsonObject[] = []): Gathered {
  const held = new Set(around);
  const parts = new Set<JsonObject>();
  const choices: Branches[] = [];
  const nulls: boolean[] = [];
  const add = (schema: JsonObject, isForNull: boolean): JsonObject[] => {
    if (parts.has(schema) || held.has(schema)) return [];
    parts.add(schema);
    if (isForNull) nulls.push(...nullsOf(schema));
    const target = follow(schema);
    const before = target ? add(target, isForNull) : [];
    for (const { schema: inner } of only(schema, 'allOf')) before.push(...add(inner, isForNull));
    for (const [group, branches] of groupsOf(schema)) {
      const others = branches.filter((branch) => !isNull(branch));
      const alternatives = group === 'anyOf' || group === 'oneOf';
      if (!alternatives || others.length > 1) choices.push({ alternatives, schemas: others });
      else {
        // A choice between one schema and null is that schema, for all but null.
        const takesNull = others.length < branches.length;
        if (takesNull && isForNull) nulls.push(true);
        for (const one of others.length > 0 ? others : branches)
          before.push(...add(one, isForNull && !takesNull));
      }
    }
    return [...before, schema];
  };
  const inOrder = schemas.map((schema) => add(schema, true)).reverse();
  return { parts: [...parts], inOrder: inOrder.flat(), choices, around, nulls };
}

/** Which branches are about the same choice, by the keyword that holds them. */
const groups: Readonly<Record<string, (path: readonly (string | number)[]) => string>> = {
  anyOf: () => 'anyOf',
  oneOf: () => 'oneOf',
  if: () => 'if',
  then: () => 'then',
  else: () => 'then',
  dependentSchemas: (path) => path.join('/'),
  dependencies: (path) => path.join('/'),
};

function groupsOf(schema: JsonObject): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  for (const { keyword, schema: branch, path } of subschemas(schema)) {
    const group = groups[keyword]?.(path);
    if (group !== undefined) found.set(group, [...(found.get(group) ?? []), branch]);
  }
  // What is always good is no schema that says something, but a branch all the same.
  for (const [group, branches] of found) {
    const all = schema[group];
    if (Array.isArray(all) && all.includes(true)) branches.push({});
  }
  return found;
}

const only = (schema: JsonObject, keyword: string) =>
  [...subschemas(schema)].filter((one) => one.keyword === keyword);

const isNull = (schema: JsonObject): boolean =>
  [schema, follow(schema)].some((one) => one?.type === 'null' || one?.const === null);

/** The keywords among some that are true, or given, in a schema that can be reached from others. */
export function mentioned(schemas: readonly JsonObject[]): ReadonlySet<string> {
  const flags = new Set<string>();
  const seen = new Set<JsonObject>();
  const next = [...schemas];
  for (let schema = next.pop(); schema; schema = next.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    for (const access of ['readOnly', 'writeOnly']) if (schema[access] === true) flags.add(access);
    if (Object.hasOwn(schema, 'default')) flags.add('default');
    const target = follow(schema);
    if (target) next.push(target);
    for (const inner of subschemas(schema)) next.push(inner.schema);
  }
  return flags;
}
