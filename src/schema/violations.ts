import type { ErrorObject } from 'ajv';
import { isObject, kindOf, toPointer } from '../json/json.ts';
import type { Violation } from '../problem.ts';

/** A fault as the validator reports it, with those of the schemas that its keyword tried. */
interface Fault {
  readonly error: ErrorObject;
  readonly tried: readonly Fault[];
}

interface Placed extends Fault {
  /** Among all that the validator reports. */
  readonly place: number;
}

type Words = (error: ErrorObject, tried: readonly Fault[]) => string;
const list = (values: unknown): string =>
  (Array.isArray(values) ? values : [values]).map((v) => JSON.stringify(v)).join(', ');

/** Where our words are plainer than the library's. */
const words: Record<string, Words> = {
  required: () => 'is required',
  additionalProperties: () => 'is not a known field',
  unevaluatedProperties: () => 'is not a known field',
  type: (error) => wrongType([error.params.type].flat(), error.data),
  enum: (error) => `must be one of ${list(error.params.allowedValues)}`,
  const: (error) => `must be ${list(error.params.allowedValue)}`,
  format: (error) => `must be a valid ${error.params.format}`,
  propertyNames: (_error, tried) =>
    ['is not an allowed name', ...tried.map((fault) => wordsOf(fault))].join(': '),
  anyOf: choice,
  oneOf: choice,
  minLength: ({ params }) => `must have at least ${count(params.limit, 'character')}`,
  maxLength: ({ params }) => `must have at most ${count(params.limit, 'character')}`,
  minItems: ({ params }) => `must have at least ${count(params.limit, 'item')}`,
  maxItems: ({ params }) => `must have at most ${count(params.limit, 'item')}`,
  items: ({ params }) => `must have at most ${count(params.limit, 'item')}`,
  unevaluatedItems: ({ params }) =>
    params.limit === undefined
      ? 'has items that its schema does not allow'
      : `must have at most ${count(params.limit, 'item')}`,
  minProperties: ({ params }) => `must have at least ${count(params.limit, 'field')}`,
  maxProperties: ({ params }) => `must have at most ${count(params.limit, 'field')}`,
  uniqueItems: ({ params }) =>
    `must not hold the same item twice: items ${params.j} and ${params.i} are equal`,
  not: () => 'is what the schema under "not" excludes',
  'false schema': () => 'is not allowed',
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const wrongType = (types: readonly string[], value: unknown): string =>
  `must be ${types.join(' or ')}, got ${kindOf(value)}`;

/** Of several forms of which none fits: their types, or what is wrong in the only one of the value's type. */
function choice(error: ErrorObject, tried: readonly Fault[]): string {
  const isOther = (fault: Fault) =>
    fault.error.keyword === 'type' && fault.error.instancePath === error.instancePath;
  const others = tried.filter(isOther);
  const types = others.flatMap((fault) => [fault.error.params.type].flat() as string[]);
  if (types.length > 0 && others.length === tried.length) return wrongType([...new Set(types)], error.data);
  const message = error.message ?? '';
  if ((error.schema as readonly unknown[]).length - others.length !== 1) return message;
  const inside = tried
    .filter((fault) => !isOther(fault))
    .map((fault) => {
      const { path, message } = toViolation(fault);
      return [path.slice(error.instancePath.length + 1).replaceAll('/', '.'), message].join(' ').trim();
    });
  return inside.length > 0 ? `${message}: ${inside.join('; ')}` : message;
}

const wordsOf = ({ error, tried }: Fault): string =>
  words[error.keyword]?.(error, tried) ?? error.message ?? `breaks ${error.keyword}`;

interface OfProperty {
  /** The parameter that names the property of the object the keyword stands on. */
  readonly param: string;
  /** What is wrong about it; else the object, as it lacks the property. */
  readonly value?: (object: Readonly<Record<string, unknown>>, property: string) => unknown;
}

const held: OfProperty['value'] = (object, property) => object[property];

const ofProperties: Readonly<Record<string, OfProperty>> = {
  required: { param: 'missingProperty' },
  additionalProperties: { param: 'additionalProperty', value: held },
  unevaluatedProperties: { param: 'unevaluatedProperty', value: held },
  propertyNames: { param: 'propertyName', value: (_object, property) => property },
};

function toViolation(fault: Fault): Violation {
  const { keyword, instancePath, params, data, parentSchema } = fault.error;
  const { param = '', value } = ofProperties[keyword] ?? {};
  const property = (params as Record<string, string | undefined>)[param];
  return {
    path: property === undefined ? instancePath : `${instancePath}${toPointer([property])}`,
    keyword,
    params,
    value: property === undefined || !value ? data : value(data as Record<string, unknown>, property),
    schema: isObject(parentSchema) ? parentSchema : {},
    message: wordsOf(fault),
  };
}

/**
 * One violation for each broken rule. What a keyword such as `anyOf` found in the schemas that it tried is no rule of
 * its own: those faults stand before the keyword's, which says in `tried` how many there are.
 */
export function toViolations(errors: readonly ErrorObject[]): Violation[] {
  const found: Placed[] = [];
  for (const [place, error] of errors.entries()) {
    // A condition is no rule: what it leads to is.
    if (error.keyword === 'if') continue;
    const { tried, ...params } = error.params as { readonly tried?: number };
    if (tried === undefined) {
      found.push({ error, tried: [], place });
      continue;
    }
    let first = found.length;
    while (first > 0 && isTried(found[first - 1] as Placed, error, place - tried)) first--;
    found.push({ error: { ...error, params }, tried: found.splice(first), place });
  }
  return found.map(toViolation);
}

/** `propertyNames` reports each name by itself: the one before is not among what it tried. */
const isTried = ({ error, place }: Placed, of: ErrorObject, from: number): boolean =>
  place >= from &&
  !(
    error.keyword === 'propertyNames' &&
    error.schemaPath === of.schemaPath &&
    error.instancePath === of.instancePath
  );
