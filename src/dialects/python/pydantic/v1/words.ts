import type { Violation } from '../../../../dialect/index.ts';
import { reprList } from '../../text.ts';
import type { Words, WordTable } from '../version.ts';

type Row = (violation: Violation) => Words;

const plain =
  (type: string, msg: string): Row =>
  () => [type, msg];

/** A limit that is named in the message and, as `limit_value` or by its own name, in `ctx`. */
const limited =
  (type: string, msg: (limit: unknown) => string, key = 'limit_value'): Row =>
  ({ params }) => [type, msg(params.limit), { [key]: params.limit }];

const listed =
  (type: string, msg: string, ctx: (values: unknown, given: unknown) => Record<string, unknown>): Row =>
  ({ params, value }) => {
    const values = (params.values ?? params.allowedValues ?? [params.allowedValue]) as unknown[];
    return [type, `${msg}; permitted: ${reprList(values)}`, ctx(values, value)];
  };

const literal = listed('value_error.const', 'unexpected value', (permitted, given) => ({ given, permitted }));

const custom =
  (message: (violation: Violation) => string): Row =>
  (violation) => ['value_error', message(violation)];

const least = (n: unknown, noun: string) => `ensure this value has at least ${n} ${noun}`;
const most = (n: unknown, noun: string) => `ensure this value has at most ${n} ${noun}`;
const noMore = (n: unknown, noun: string) => `ensure that there are no more than ${n} ${noun}`;

const bool = 'value could not be parsed to a boolean';
const decimal = 'value is not a valid decimal';

/** pydantic 1: one row a rule, and one for every other keyword of JSON Schema. */
export const words1: WordTable = {
  required: plain('value_error.missing', 'field required'),
  null: plain('type_error.none.not_allowed', 'none is not an allowed value'),
  none: plain('type_error.not_none', 'value is not None'),
  expected: ({ params }) => [
    'type_error',
    `invalid type; expected ${params.kind}, string, bytes, int or float`,
  ],
  str: plain('type_error.str', 'str type expected'),
  minLength: limited('value_error.any_str.min_length', (n) => least(n, 'characters')),
  maxLength: limited('value_error.any_str.max_length', (n) => most(n, 'characters')),
  pattern: ({ params }) => [
    'value_error.str.regex',
    `string does not match regex "${params.pattern}"`,
    { pattern: params.pattern },
  ],
  int: plain('type_error.integer', 'value is not a valid integer'),
  float: plain('type_error.float', 'value is not a valid float'),
  finite: plain('value_error.decimal.not_finite', decimal),
  minimum: limited('value_error.number.not_ge', (n) => `ensure this value is greater than or equal to ${n}`),
  maximum: limited('value_error.number.not_le', (n) => `ensure this value is less than or equal to ${n}`),
  exclusiveMinimum: limited('value_error.number.not_gt', (n) => `ensure this value is greater than ${n}`),
  exclusiveMaximum: limited('value_error.number.not_lt', (n) => `ensure this value is less than ${n}`),
  multipleOf: ({ params }) => {
    const step = params.limit ?? params.multipleOf;
    return [
      'value_error.number.not_multiple',
      `ensure this value is a multiple of ${step}`,
      { multiple_of: step },
    ];
  },
  bool: plain('type_error.bool', bool),
  'bool.strict': plain('value_error.strictbool', 'value is not a valid boolean'),
  'decimal.text': plain('type_error.decimal', decimal),
  maxDigits: limited('value_error.decimal.max_digits', (n) => noMore(n, 'digits in total'), 'max_digits'),
  decimalPlaces: limited(
    'value_error.decimal.max_places',
    (n) => noMore(n, 'decimal places'),
    'decimal_places',
  ),
  wholeDigits: limited(
    'value_error.decimal.whole_digits',
    (n) => noMore(n, 'digits before the decimal point'),
    'whole_digits',
  ),
  'date.text': plain('value_error.date', 'invalid date format'),
  'datetime.text': plain('value_error.datetime', 'invalid datetime format'),
  'time.text': plain('value_error.time', 'invalid time format'),
  'timedelta.text': plain('value_error.duration', 'invalid duration format'),
  'uuid.text': plain('type_error.uuid', 'value is not a valid uuid'),
  'url.scheme.missing': plain('value_error.url.scheme', 'invalid or missing URL scheme'),
  'url.scheme': () => [
    'value_error.url.scheme',
    'URL scheme not permitted',
    { allowed_schemes: ['http', 'https'] },
  ],
  'url.host': plain('value_error.url.host', 'URL host invalid'),
  'url.host.top': plain('value_error.url.host', 'URL host invalid, top level domain required'),
  'url.port': plain('value_error.url.port', 'URL port invalid, port cannot exceed 65535'),
  'url.extra': ({ params }) => [
    'value_error.url.extra',
    `URL invalid, extra characters found after valid URL: ${reprList([params.extra])}`,
    { extra: params.extra },
  ],
  email: plain('value_error.email', 'value is not a valid email address'),
  'ipv4.text': plain('value_error.ipv4address', 'value is not a valid IPv4 address'),
  'ipv6.text': plain('value_error.ipv6address', 'value is not a valid IPv6 address'),
  enum: listed('type_error.enum', 'value is not a valid enumeration member', (values) => ({
    enum_values: values,
  })),
  literal,
  const: literal,
  list: plain('type_error.list', 'value is not a valid list'),
  minItems: limited('value_error.list.min_items', (n) => least(n, 'items')),
  maxItems: limited('value_error.list.max_items', (n) => most(n, 'items')),
  uniqueItems: plain('value_error.list.unique_items', 'the list has duplicated items'),
  contains: custom(() => 'no item is one of those that must be there'),
  items: custom(({ params }) => `no more than ${params.limit} items are allowed`),
  minContains: custom(({ params }) => `at least ${params.minContains} items must match`),
  maxContains: custom(({ params }) => `at most ${params.maxContains} items may match`),
  additionalItems: limited('value_error.list.max_items', (n) => most(n, 'items')),
  unevaluatedItems: limited('value_error.list.max_items', (n) => most(n, 'items')),
  model: plain('type_error.dict', 'value is not a valid dict'),
  dict: plain('type_error.dict', 'value is not a valid dict'),
  minProperties: limited('value_error', (n) => least(n, 'items')),
  maxProperties: limited('value_error', (n) => most(n, 'items')),
  additionalProperties: plain('value_error.extra', 'extra fields not permitted'),
  unevaluatedProperties: plain('value_error.extra', 'extra fields not permitted'),
  propertyNames: custom(({ params }) => `'${params.propertyName}' is not a valid key`),
  dependentRequired: custom(
    ({ params }) => `${params.missingProperty} must be given with ${params.property}`,
  ),
  dependencies: custom(({ params }) => `${params.missingProperty} must be given with ${params.property}`),
  anyOf: custom(() => 'value is valid for none of the types of the union'),
  oneOf: custom(() => 'value is not valid for exactly one of the types of the union'),
  not: custom(() => 'the value is one of those that are not permitted'),
  if: custom(() => 'the fields do not go together'),
  'false schema': custom(() => 'no value is permitted here'),
  type: ({ params }) => ['type_error', `value is not a valid ${[params.type].flat().join(' or ')}`],
  format: ({ params }) => ['value_error', `value is not a valid ${params.format}`],
  unique: custom(() => 'already registered'),
  exists: custom(({ params }) => `there is no such item in ${params.parent}`),
};
