import { type Shape, shapeOf, type Violation } from '../../../dialect/index.ts';
import { pythonText, pythonType } from '../text.ts';
import { type Kind, kindOf } from './field.ts';

const format = (what: string, forms: string): string =>
  `${what} has wrong format. Use one of these formats instead: ${forms}.`;

/** What a field says of a value that it cannot read. */
export const invalid: Record<Kind, (value: unknown, shape?: Shape) => string> = {
  pk: (value) => `Incorrect type. Expected pk value, received ${pythonType(value)}.`,
  choice: (value) => `"${pythonText(value)}" is not a valid choice.`,
  string: () => 'Not a valid string.',
  email: () => 'Enter a valid email address.',
  url: () => 'Enter a valid URL.',
  slug: () => 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.',
  ip: (_value, shape) =>
    `Enter a valid ${{ ipv4: 'IPv4', ipv6: 'IPv6' }[String(shape?.format)] ?? 'IPv4 or IPv6'} address.`,
  uuid: () => 'Must be a valid UUID.',
  date: () => format('Date', 'YYYY-MM-DD'),
  datetime: () => format('Datetime', 'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]'),
  time: () => format('Time', 'hh:mm[:ss[.uuuuuu]]'),
  duration: () => format('Duration', '[DD] [HH:[MM:]]ss[.uuuuuu]'),
  decimal: () => 'A valid number is required.',
  integer: () => 'A valid integer is required.',
  float: () => 'A valid number is required.',
  boolean: () => 'Must be a valid boolean.',
  list: (value) => `Expected a list of items but got type "${pythonType(value)}".`,
  many: (value) => `Expected a list of items but got type "${pythonType(value)}".`,
  nested: (value) => `Invalid data. Expected a dictionary, but got ${pythonType(value)}.`,
  dict: (value) => `Expected a dictionary of items but got type "${pythonType(value)}".`,
  json: () => 'Value must be valid JSON.',
};

export const REQUIRED = 'This field is required.';
export const NULL = 'This field may not be null.';
export const BLANK = 'This field may not be blank.';

/** A field of a model has a validator of the model's; a field of a nested serializer is a RegexField. */
export const pattern = (depth: number): string =>
  depth > 1 ? 'This value does not match the required pattern.' : 'Enter a valid value.';

/** The keywords that set a limit. */
export const limits = {
  minLength: (limit) => `Ensure this field has at least ${limit} characters.`,
  maxLength: (limit) => `Ensure this field has no more than ${limit} characters.`,
  minimum: (limit) => `Ensure this value is greater than or equal to ${limit}.`,
  maximum: (limit) => `Ensure this value is less than or equal to ${limit}.`,
  exclusiveMinimum: (limit) => `Ensure this value is greater than ${limit}.`,
  exclusiveMaximum: (limit) => `Ensure this value is less than ${limit}.`,
  minItems: (limit) => `Ensure this field has at least ${limit} elements.`,
  maxItems: (limit) => `Ensure this field has no more than ${limit} elements.`,
  items: (limit) => `Ensure this field has no more than ${limit} elements.`,
  additionalItems: (limit) => `Ensure this field has no more than ${limit} elements.`,
  minProperties: (limit) => `Ensure this field has at least ${limit} entries.`,
  maxProperties: (limit) => `Ensure this field has no more than ${limit} entries.`,
} as const satisfies Record<string, (limit: unknown) => string>;

type Words = (violation: Violation) => string;

const UNLIKE = 'This value matches none of the allowed forms.';
const FORBIDDEN = 'This value is not allowed.';

function unread({ value, schema }: Violation): string {
  const shape = shapeOf(schema);
  return invalid[kindOf(shape)](value, shape);
}

const nullOr =
  (words: Words): Words =>
  (violation) =>
    violation.value === null ? NULL : words(violation);
const notChosen: Words = nullOr(({ value }) => invalid.choice(value));
const missing: Words = ({ params }) =>
  `The field ${params.missingProperty} is required when ${params.property} is given.`;

/** The sentence for every other keyword of JSON Schema, and for what the store checks. */
export const words: Readonly<Record<string, Words>> = {
  required: () => REQUIRED,
  type: nullOr(unread),
  enum: notChosen,
  const: notChosen,
  format: unread,
  pattern: ({ path }) => pattern(path.split('/').length - 1),
  multipleOf: ({ params }) => `Ensure this value is a multiple of step size ${params.multipleOf}.`,
  unevaluatedItems: () => 'This field holds elements that are not allowed.',
  uniqueItems: () => 'Ensure this field has no duplicate elements.',
  contains: ({ params }) => `Ensure this field has at least ${params.minContains ?? 1} matching elements.`,
  additionalProperties: () => 'This field is not expected.',
  unevaluatedProperties: () => 'This field is not expected.',
  propertyNames: ({ params }) => `"${params.propertyName}" is not a valid name.`,
  dependentRequired: missing,
  dependencies: missing,
  anyOf: () => UNLIKE,
  oneOf: ({ params }) =>
    params.passingSchemas ? 'This value matches more than one of the allowed forms.' : UNLIKE,
  not: () => FORBIDDEN,
  if: () => FORBIDDEN,
  'false schema': () => FORBIDDEN,
  exists: ({ value }) => `Invalid pk "${pythonText(value)}" - object does not exist.`,
};

/** A model's name in running text, and as a class: `blog post` and `BlogPost`. */
export const verbose = (model: string): string =>
  model
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_\s]+/g, ' ')
    .toLowerCase();

export const className = (model: string): string =>
  verbose(model).replace(/(?:^| )(.)/g, (_, letter: string) => letter.toUpperCase());

/** What is said of one broken rule. A fault that the dialect found brings its own sentence. */
export function sentence(violation: Violation, model: string): string {
  const { keyword, params, message } = violation;
  if (keyword === 'unique') {
    const fields = (params.fields as readonly string[]).map((field) => field.replaceAll('_', ' '));
    return fields.length === 1
      ? `${verbose(model)} with this ${fields[0]} already exists.`
      : `The fields ${(params.fields as readonly string[]).join(', ')} must make a unique set.`;
  }
  if (Object.hasOwn(limits, keyword)) return limits[keyword as keyof typeof limits](params.limit);
  return words[keyword]?.(violation) ?? message;
}

/** The rule that a field of objects breaks with a value that holds no fields. */
export const UNREADABLE = 'unreadable';

/** Whether what is said is about an object or a list of objects as a whole. */
export const isWhole = ({ keyword, schema, path, value }: Violation): boolean =>
  path === '' ||
  keyword === UNREADABLE ||
  (value !== null &&
    !['required', 'null', 'additionalProperties', 'unevaluatedProperties'].includes(keyword) &&
    ['nested', 'many'].includes(kindOf(shapeOf(schema))));
