import type { Violation } from '../../../../dialect/index.ts';
import { reprList } from '../../text.ts';
import type { Words, WordTable } from '../version.ts';

type Row = (violation: Violation) => Words;

const plain =
  (type: string, msg: string): Row =>
  () => [type, msg];

/** A text that cannot be read: the reason stands in the message and in `ctx`. */
const unreadable =
  (type: string, msg: string): Row =>
  ({ params }) => [type, `${msg}, ${params.error}`, { error: params.error }];

/** A limit that is named in the message and in `ctx`; ajv calls it `limit` too. */
const limited =
  (type: string, key: string, msg: (limit: unknown) => string): Row =>
  ({ params }) => [type, msg(params.limit), { [key]: params.limit }];

const counted = (count: unknown, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const sized =
  (what: string, noun: string, side: 'least' | 'most'): Row =>
  ({ params, value }) => {
    const length = Array.isArray(value) ? value.length : Object.keys(Object(value)).length;
    const bound = counted(params.limit, noun);
    return [
      side === 'least' ? 'too_short' : 'too_long',
      `${what} should have at ${side} ${bound} after validation, not ${length}`,
      {
        field_type: what,
        [side === 'least' ? 'min_length' : 'max_length']: params.limit,
        actual_length: length,
      },
    ];
  };

const listed =
  (type: string): Row =>
  ({ params }) => {
    const values = params.values ?? params.allowedValues ?? [params.allowedValue];
    const expected = reprList(values as unknown[], ' or ');
    return [type, `Input should be ${expected}`, { expected }];
  };

/** What a validator of the application would raise: ValueError. */
const custom =
  (message: (violation: Violation) => string): Row =>
  (violation) => ['value_error', `Value error, ${message(violation)}`, { error: {} }];

/** pydantic 2: one row a rule, and one for every other keyword of JSON Schema. */
export const words2: WordTable = {
  required: plain('missing', 'Field required'),
  none: plain('none_required', 'Input should be None'),
  str: plain('string_type', 'Input should be a valid string'),
  minLength: limited(
    'string_too_short',
    'min_length',
    (n) => `String should have at least ${counted(n, 'character')}`,
  ),
  maxLength: limited(
    'string_too_long',
    'max_length',
    (n) => `String should have at most ${counted(n, 'character')}`,
  ),
  pattern: ({ params }) => [
    'string_pattern_mismatch',
    `String should match pattern '${params.pattern}'`,
    { pattern: params.pattern },
  ],
  int: plain('int_type', 'Input should be a valid integer'),
  'int.text': plain('int_parsing', 'Input should be a valid integer, unable to parse string as an integer'),
  'int.fraction': plain(
    'int_from_float',
    'Input should be a valid integer, got a number with a fractional part',
  ),
  float: plain('float_type', 'Input should be a valid number'),
  'float.text': plain('float_parsing', 'Input should be a valid number, unable to parse string as a number'),
  finite: plain('finite_number', 'Input should be a finite number'),
  minimum: limited('greater_than_equal', 'ge', (n) => `Input should be greater than or equal to ${n}`),
  maximum: limited('less_than_equal', 'le', (n) => `Input should be less than or equal to ${n}`),
  exclusiveMinimum: limited('greater_than', 'gt', (n) => `Input should be greater than ${n}`),
  exclusiveMaximum: limited('less_than', 'lt', (n) => `Input should be less than ${n}`),
  multipleOf: ({ params }) => {
    const step = params.limit ?? params.multipleOf;
    return ['multiple_of', `Input should be a multiple of ${step}`, { multiple_of: step }];
  },
  bool: plain('bool_type', 'Input should be a valid boolean'),
  'bool.text': plain('bool_parsing', 'Input should be a valid boolean, unable to interpret input'),
  decimal: plain('decimal_type', 'Decimal input should be an integer, float, string or Decimal object'),
  'decimal.text': plain('decimal_parsing', 'Input should be a valid decimal'),
  maxDigits: limited(
    'decimal_max_digits',
    'max_digits',
    (n) => `Decimal input should have no more than ${counted(n, 'digit')} in total`,
  ),
  decimalPlaces: limited(
    'decimal_max_places',
    'decimal_places',
    (n) => `Decimal input should have no more than ${counted(n, 'decimal place')}`,
  ),
  wholeDigits: limited(
    'decimal_whole_digits',
    'whole_digits',
    (n) => `Decimal input should have no more than ${counted(n, 'digit')} before the decimal point`,
  ),
  date: plain('date_type', 'Input should be a valid date'),
  'date.text': unreadable('date_from_datetime_parsing', 'Input should be a valid date or datetime'),
  'date.inexact': plain(
    'date_from_datetime_inexact',
    'Datetimes provided to dates should have zero time - e.g. be exact dates',
  ),
  datetime: plain('datetime_type', 'Input should be a valid datetime'),
  'datetime.text': unreadable('datetime_from_date_parsing', 'Input should be a valid datetime or date'),
  'datetime.number': unreadable('datetime_parsing', 'Input should be a valid datetime'),
  time: plain('time_type', 'Input should be a valid time'),
  'time.text': unreadable('time_parsing', 'Input should be in a valid time format'),
  timedelta: plain('time_delta_type', 'Input should be a valid timedelta'),
  'timedelta.text': unreadable('time_delta_parsing', 'Input should be a valid timedelta'),
  uuid: plain('uuid_type', 'UUID input should be a string, bytes or UUID object'),
  'uuid.text': unreadable('uuid_parsing', 'Input should be a valid UUID'),
  url: plain('url_type', 'URL input should be a string or URL'),
  'url.text': unreadable('url_parsing', 'Input should be a valid URL'),
  'url.scheme': () => [
    'url_scheme',
    "URL scheme should be 'http' or 'https'",
    { expected_schemes: "'http' or 'https'" },
  ],
  'url.long': limited(
    'url_too_long',
    'max_length',
    (n) => `URL should have at most ${counted(n, 'character')}`,
  ),
  email: ({ params }) => [
    'value_error',
    `value is not a valid email address: ${params.reason}`,
    { reason: params.reason },
  ],
  'ipv4.text': plain('ip_v4_address', 'Input is not a valid IPv4 address'),
  'ipv6.text': plain('ip_v6_address', 'Input is not a valid IPv6 address'),
  enum: listed('enum'),
  literal: listed('literal_error'),
  const: listed('literal_error'),
  list: plain('list_type', 'Input should be a valid list'),
  minItems: sized('List', 'item', 'least'),
  maxItems: sized('List', 'item', 'most'),
  uniqueItems: custom(() => 'the items must be unique'),
  contains: custom(() => 'no item is one of those that must be there'),
  items: custom(({ params }) => `no more than ${params.limit} items are allowed`),
  minContains: custom(({ params }) => `at least ${counted(params.minContains, 'item')} must match`),
  maxContains: custom(({ params }) => `at most ${counted(params.maxContains, 'item')} may match`),
  additionalItems: sized('List', 'item', 'most'),
  unevaluatedItems: sized('List', 'item', 'most'),
  model: plain(
    'model_attributes_type',
    'Input should be a valid dictionary or object to extract fields from',
  ),
  dict: plain('dict_type', 'Input should be a valid dictionary'),
  minProperties: sized('Dictionary', 'item', 'least'),
  maxProperties: sized('Dictionary', 'item', 'most'),
  additionalProperties: plain('extra_forbidden', 'Extra inputs are not permitted'),
  unevaluatedProperties: plain('extra_forbidden', 'Extra inputs are not permitted'),
  propertyNames: ({ params }) => ['invalid_key', 'Keys should be valid', { key: params.propertyName }],
  dependentRequired: custom(
    ({ params }) => `${params.missingProperty} must be given with ${params.property}`,
  ),
  dependencies: custom(({ params }) => `${params.missingProperty} must be given with ${params.property}`),
  anyOf: plain('union_error', 'Input should be valid for one of the types of the union'),
  oneOf: plain('union_error', 'Input should be valid for exactly one of the types of the union'),
  not: custom(() => 'the value is one of those that are not permitted'),
  if: custom(() => 'the fields do not go together'),
  'false schema': custom(() => 'no value is permitted here'),
  type: ({ params }) => ['type_error', `Input should be a valid ${[params.type].flat().join(' or ')}`],
  format: ({ params }) => ['value_error', `Value error, not a valid ${params.format}`, { error: {} }],
  unique: custom(() => 'already registered'),
  exists: custom(({ params }) => `there is no such item in ${params.parent}`),
};
