import type { Ajv as AjvType, ErrorObject } from 'ajv';
import { Problem, type Violation } from '../problem.ts';
import type { SchemaSource } from './data.ts';
import { isObject, type JsonObject, kindOf, toPointer } from './json.ts';

/** A compiled schema. */
export interface Check {
  readonly schema: JsonObject;
  /** Every broken rule at once; an empty list for a valid value. */
  violations(value: unknown): Violation[];
}

type Words = (error: ErrorObject) => string;
const list = (values: unknown): string =>
  (Array.isArray(values) ? values : [values]).map((v) => JSON.stringify(v)).join(', ');

/** Where our words are plainer than the library's. */
const words: Record<string, Words> = {
  required: () => 'is required',
  additionalProperties: () => 'is not a known field',
  unevaluatedProperties: () => 'is not a known field',
  type: (error) => `must be ${[error.params.type].flat().join(' or ')}, got ${kindOf(error.data)}`,
  enum: (error) => `must be one of ${list(error.params.allowedValues)}`,
  const: (error) => `must be ${list(error.params.allowedValue)}`,
  format: (error) => `must be a valid ${error.params.format}`,
};

/** The keywords that name a property of the object they stand on. */
const propertyParams: Record<string, string> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
};

function toViolation(error: ErrorObject): Violation {
  const param = propertyParams[error.keyword];
  const property = param === undefined ? undefined : (error.params as Record<string, string>)[param];
  return {
    path: property === undefined ? error.instancePath : `${error.instancePath}${toPointer([property])}`,
    keyword: error.keyword,
    params: error.params,
    value: error.data,
    schema: isObject(error.parentSchema) ? error.parentSchema : {},
    message: words[error.keyword]?.(error) ?? error.message ?? `breaks ${error.keyword}`,
  };
}

/** The branches of anyOf and oneOf fail one by one; the keyword's own error says it all. */
function outermost(errors: readonly ErrorObject[]): ErrorObject[] {
  const branching = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf');
  return errors.filter(
    (error) =>
      error.keyword !== 'if' &&
      !branching.some((branch) => error !== branch && error.schemaPath.startsWith(`${branch.schemaPath}/`)),
  );
}

/** Every rule that an item breaks. Its id is exempt where the schema does not name it. */
export function itemViolations(check: Check, item: unknown, idField: string): Violation[] {
  const found = check.violations(item);
  const { properties } = check.schema;
  if (isObject(properties) && Object.hasOwn(properties, idField)) return found;
  return found.filter(({ path }) => path !== toPointer([idField]));
}

type Draft = 'draft-07' | '2019-09' | '2020-12';

const loaders: Record<Draft, () => Promise<typeof AjvType>> = {
  'draft-07': async () => (await import('ajv')).Ajv,
  '2019-09': async () => (await import('ajv/dist/2019.js')).Ajv2019,
  '2020-12': async () => (await import('ajv/dist/2020.js')).Ajv2020,
};

function draftOf(source: SchemaSource): Draft {
  const uri = isObject(source.value) ? source.value.$schema : undefined;
  if (uri === undefined) return '2020-12';
  const text = String(uri);
  if (/draft-0[67]/.test(text)) return 'draft-07';
  if (text.includes('2019-09')) return '2019-09';
  if (text.includes('2020-12') || !text.includes('json-schema.org')) return '2020-12';
  throw new Problem(
    'bad-schema',
    `${source.name}: expected draft-07, 2019-09 or 2020-12 as $schema, found ${text}`,
    {
      place: source.locate(['$schema']),
    },
  );
}

/** One validator a draft; every schema file is known to each, so `$ref` works across files. */
async function makeAjv(draft: Draft, sources: readonly SchemaSource[]): Promise<AjvType> {
  const [Ajv, { default: formats }] = await Promise.all([loaders[draft](), import('ajv-formats')]);
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    // x-* keywords and unknown formats are other tools' business.
    strict: false,
    logger: false,
    // The `u` flag refuses escapes such as `\-` that every other validator takes.
    unicodeRegExp: false,
    addUsedSchema: false,
    validateSchema: false,
  });
  (formats as unknown as (ajv: AjvType) => void)(ajv);
  for (const source of sources) ajv.addSchema(withId(source), source.uri);
  return ajv;
}

const withId = (source: SchemaSource): JsonObject => {
  const schema = source.value as JsonObject;
  return typeof schema.$id === 'string' ? schema : { ...schema, $id: source.uri };
};

/** Compiles every schema, once per load. A schema that cannot be used is refused with its place. */
export async function compileSchemas(
  schemas: ReadonlyMap<string, SchemaSource>,
): Promise<Map<string, Check>> {
  const checks = new Map<string, Check>();
  const sources = [...schemas.values()];
  for (const source of sources) {
    if (!isObject(source.value)) {
      throw new Problem(
        'bad-schema',
        `${source.name}: a schema is an object, found ${kindOf(source.value)}`,
        {
          place: source.locate([]),
        },
      );
    }
  }
  const validators = new Map<Draft, AjvType>();
  for (const source of sources) {
    const draft = draftOf(source);
    const ajv = validators.get(draft) ?? (await makeAjv(draft, sources));
    validators.set(draft, ajv);
    checks.set(source.name, compileOne(ajv, source));
  }
  return checks;
}

function compileOne(ajv: AjvType, source: SchemaSource): Check {
  const { $schema: _, ...rest } = source.value as JsonObject;
  if (!ajv.validateSchema({ ...rest })) {
    const error = ajv.errors?.[0];
    const path = error?.instancePath.split('/').slice(1) ?? [];
    const wanted = error?.params.allowedValues
      ? `${error.message}: ${list(error.params.allowedValues)}`
      : error?.message;
    throw new Problem(
      'bad-schema',
      `${source.name}: the schema ${error?.instancePath || 'itself'} ${wanted}`,
      {
        place: source.locate(path),
      },
    );
  }
  try {
    const validate = ajv.getSchema(source.uri) ?? ajv.compile(withId(source));
    return {
      schema: source.value as JsonObject,
      violations: (value) => (validate(value) ? [] : outermost(validate.errors ?? []).map(toViolation)),
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Problem('bad-schema', `${source.name}: ${message}`, {
      place: source.locate([]),
      ...(message.includes("can't resolve reference")
        ? { hint: 'A $ref names another schema file or a part of this one.' }
        : {}),
    });
  }
}
