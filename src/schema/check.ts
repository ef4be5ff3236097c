import type { Ajv as AjvType, AsyncValidateFunction, ValidateFunction } from 'ajv';
import { fromPointer, isObject, type JsonObject, toPointer } from '../json/json.ts';
import type { SchemaSource } from '../json/source.ts';
import { Problem, type Violation } from '../problem.ts';
import { Documents } from './documents.ts';
import type { Draft } from './drafts.ts';
import { type Document, follow, placeOf, uriOf, type Where, whereIs } from './parts.ts';
import { type Shape, shapeOf } from './shape.ts';
import { MS_PER_VALUE, runsWithin, tooSlow } from './time-limit.ts';
import { makeValidator } from './validator.ts';
import { toViolations } from './violations.ts';

/** A compiled schema. */
export interface Check {
  readonly shape: Shape;
  /** Every broken rule at once; an empty list for a valid value. */
  violations(value: unknown): Violation[];
}

/** Faults of a schema that the backend does not see. */
export type Overlooks = (violation: Violation, shape: Shape) => boolean;

/** Every rule that an item breaks. Its id is no part of what is checked where the schema does not name it. */
export function itemViolations(check: Check, item: unknown, idField: string): Violation[] {
  const naming = check.shape.naming(idField);
  if (naming === 'all' || !isObject(item) || !Object.hasOwn(item, idField)) return check.violations(item);
  const { [idField]: _, ...others } = item;
  if (naming === 'none') return check.violations(others);
  // Some forms of an item have an id and others do not: it is good when either holds.
  const found = check.violations(item);
  return found.length > 0 && check.violations(others).length === 0 ? [] : found;
}

export interface Compiled {
  /** By the name of the schema. */
  readonly checks: Map<string, Check>;
  readonly documents: Documents;
  /** The rules that values break of the part of a schema that each is for. */
  violationsOf(values: ReadonlyMap<JsonObject, unknown>): Map<JsonObject, Violation[]>;
}

/**
 * Compiles schemas, once per load; `others` are there to be referred to. One that cannot be used is refused with its
 * place.
 */
export async function compileSchemas(
  schemas: Iterable<SchemaSource>,
  others: Iterable<SchemaSource> = [],
): Promise<Compiled> {
  const named = new Set(schemas);
  const documents = new Documents([...named, ...others]);
  const validators = new Map<Draft, AjvType>();
  for (const document of documents.all) {
    const { draft } = document;
    if (!validators.has(draft)) validators.set(draft, withDocuments(await makeValidator(draft), documents));
    checkSchema(validators.get(draft) as AjvType, document);
  }
  const checks = new Map<string, Check>();
  for (const document of documents.all) {
    const { draft, source } = document;
    if (!named.has(source)) continue;
    checks.set(source.name, compileOne(validators.get(draft) as AjvType, document, documents.parts));
  }
  return { checks, documents, violationsOf: (values) => checkValues(validators, documents, values) };
}

function checkValues(
  validators: ReadonlyMap<Draft, AjvType>,
  documents: Documents,
  values: ReadonlyMap<JsonObject, unknown>,
): Map<JsonObject, Violation[]> {
  const found = new Map<JsonObject, Violation[]>();
  for (const [draft, ajv] of validators) {
    const parts = [...values.keys()].filter((part) => whereIs(part)?.document.draft === draft);
    for (const [part, violation] of checkParts(ajv, documents, parts, values))
      found.set(part, [...(found.get(part) ?? []), violation]);
  }
  return found;
}

const nameOf = (part: JsonObject): string => (whereIs(part) as Where).document.source.name;

/** Compiling is what takes time, so the parts are compiled as one object. */
function checkParts(
  ajv: AjvType,
  documents: Documents,
  parts: readonly JsonObject[],
  values: ReadonlyMap<JsonObject, unknown>,
): (readonly [JsonObject, Violation])[] {
  const properties = Object.fromEntries(parts.map((part, i) => [i, { $ref: uriOf(whereIs(part) as Where) }]));
  const alone = () => parts.flatMap((part) => checkParts(ajv, documents, [part], values));
  const found: Violation[] = [];
  let isDone: boolean;
  try {
    const validate = ajv.compile({ properties });
    const all = { ...parts.map((part) => values.get(part)) };
    isDone = runsWithin(MS_PER_VALUE, () => found.push(...violationsBy(validate, all)));
  } catch {
    // Something that no resource uses may refer to what does not exist.
    return parts.length === 1 ? [] : alone();
  }
  if (!isDone && parts.length > 1) return alone();
  if (!isDone) throw tooSlow(documents, nameOf(parts[0] as JsonObject), 'a default');
  return found.map((violation) => {
    const [i, ...path] = fromPointer(violation.path);
    return [parts[Number(i)] as JsonObject, { ...violation, path: toPointer(path) }];
  });
}

const violationsBy = (validate: ValidateFunction | AsyncValidateFunction, value: unknown): Violation[] =>
  validate(value) ? [] : toViolations(validate.errors ?? []);

/** Every schema file is known to each validator, so `$ref` works across files. */
function withDocuments(ajv: AjvType, { all, parts }: Documents): AjvType {
  for (const document of all)
    attempt(document, parts, () => ajv.addSchema(document.schema, document.source.uri));
  return ajv;
}

function checkSchema(ajv: AjvType, { schema, source }: Document): void {
  if (ajv.validateSchema(schema)) return;
  const error = ajv.errors?.[0];
  const path = fromPointer(error?.instancePath ?? '');
  const wanted = error && toViolations([error])[0]?.message;
  const came = error?.keyword === 'enum' ? `, got ${JSON.stringify(error.data)}` : '';
  throw new Problem(
    'bad-schema',
    `${source.name}: the schema ${error?.instancePath || 'itself'} ${wanted}${came}`,
    {
      place: source.locate(path),
      ...(path.at(-1) === 'required'
        ? { hint: 'It is a list of names, and stands beside "properties".' }
        : {}),
    },
  );
}

function compileOne(ajv: AjvType, document: Document, parts: readonly JsonObject[]): Check {
  const { schema, source } = document;
  const validate = attempt(document, parts, () => {
    const compiled = ajv.getSchema(source.uri) ?? ajv.compile(schema);
    // Some references that the validator does not understand lead it in circles; they do so for any object.
    compiled({});
    return compiled;
  });
  return {
    shape: shapeOf(schema),
    violations: (value) => violationsBy(validate, value),
  };
}

function attempt<T>(document: Document, parts: readonly JsonObject[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw refusal(error as Error, document, parts);
  }
}

/** What the validator throws says what is wrong, but not where. */
function refusal(error: Error, { source }: Document, parts: readonly JsonObject[]): Problem {
  const lost = parts.find((part) => !follow(part) && error.message.includes(`reference ${part.$ref} from`));
  const message = lost
    ? `can't resolve reference ${lost.$ref}`
    : error instanceof RangeError
      ? 'its references lead round in circles, or it is nested too deeply'
      : error.message;
  const hint = /^https?:/.test(String(lost?.$ref))
    ? 'Schemas are not read from the web: save it as a file beside this one, and refer to that.'
    : 'A $ref names another file or a part of this one.';
  return new Problem('bad-schema', `${source.name}: ${message}`, {
    place: (lost && placeOf(lost, '$ref')) ?? source.locate([]),
    ...(lost ? { hint } : {}),
  });
}
