import {
  type Asked,
  bounds,
  meanings,
  type OperatorName,
  type Relation,
  type Scalar,
  type Shape,
  type Where,
} from '../../../dialect/index.ts';
import { pythonText } from '../text.ts';
import { pythonUuid } from '../uuid.ts';
import { readDate, readDateTime, readDuration, readTime } from './dates.ts';
import { readDecimal, writeDecimal } from './decimal.ts';
import { choicesOf, type Kind } from './field.ts';

/** One field of a filter's form. */
export interface Field {
  readonly asked: Asked;
  readonly path: string;
  readonly kind: Kind;
  readonly shape: Shape;
  readonly relation: Relation | undefined;
}

/** The values a text stands for, none where it is no condition at all, or the sentence that refuses it. */
type Read = readonly Scalar[] | { readonly refused: string };
type Reader = (text: string, field: Field) => Read;

const one = (value: Scalar | undefined, refused: string): Read =>
  value === undefined ? { refused } : [value];

/** The day of a date as people write it too: `4/19/2023`. */
const dayOf = (text: string): string | undefined =>
  readDate(text.replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, '$3-$1-$2'));

const number: Reader = (text) => {
  const decimal = readDecimal(text);
  return decimal ? [Number(writeDecimal(decimal))] : { refused: 'Enter a number.' };
};

const boolean: Reader = (text) => {
  const word = text.toLowerCase();
  return word === 'true' || word === '1' ? [true] : word === 'false' || word === '0' ? [false] : [];
};

const choice: Reader = (text, { shape }) => {
  const found = choicesOf(shape)?.find((value) => pythonText(value) === text) as Scalar | undefined;
  return one(found, `Select a valid choice. ${text} is not one of the available choices.`);
};

const pk: Reader = (text, { asked, relation }) => {
  const found = relation && asked.shelves.shelf(relation.parent).get(text);
  if (found) return [text, ...(String(Number(text)) === text ? [Number(text)] : [])];
  return { refused: 'Select a valid choice. That choice is not one of the available choices.' };
};

/** How the form reads each kind of field; all others are read as text. */
const readers: Partial<Record<Kind, Reader>> = {
  integer: number,
  float: number,
  decimal: number,
  boolean,
  choice,
  pk,
  json: meanings,
  date: (text) => one(dayOf(text), 'Enter a valid date.'),
  datetime: (text) => one(readDateTime(text) ?? readDateTime(dayOf(text) ?? ''), 'Enter a valid date/time.'),
  time: (text) => one(readTime(text), 'Enter a valid time.'),
  duration: (text) => one(readDuration(text), 'Enter a valid duration.'),
  uuid: (text) => one(pythonUuid(text), 'Enter a valid UUID.'),
};

const own: Reader = (text, field) => (readers[field.kind] ?? asText)(text, field);
const asText: Reader = (text) => [text];

/** Values parted by commas, each read as the field reads one; unknown choices are ignored. */
const several: Reader = (text, field) => {
  const found: Scalar[] = [];
  const parts = text.split(',');
  const { most } = bounds.values;
  if (parts.length > most)
    return { refused: `Ensure there are at most ${most} values (there are ${parts.length}).` };
  for (const part of parts) {
    const values = own(part.trim(), field);
    if (!('refused' in values)) found.push(...values);
    else if (field.kind !== 'choice') return values;
  }
  return found;
};

const pair: Reader = (text, field) =>
  text.split(',').length === 2 ? several(text, field) : { refused: 'Range query expects two values.' };

const year: Reader = (text) =>
  /^\d{1,4}$/.test(text) ? [text.padStart(4, '0')] : { refused: 'Enter a number.' };

/** One lookup of a filter: how its text is read, and the condition that the values make. */
interface Lookup {
  readonly read: Reader;
  where(path: string, values: readonly Scalar[]): Where;
  readonly description: string;
  /** A value as people write it. */
  readonly example?: string;
}

const by =
  (op: OperatorName): Lookup['where'] =>
  (path, values) => ({ path, op, values });

/** From the first moment of one text to before the first of another. */
const within = (path: string, from: string, to: string): Where => ({
  all: [
    { path, op: 'gte', values: [from] },
    { path, op: 'lt', values: [to] },
  ],
});

/** The spellings of Django's lookups; `contains` and `startswith` ignore case, as they do on SQLite. */
export const lookups: Readonly<Record<string, Lookup>> = {
  exact: { read: own, where: by('eq'), description: 'equals the value' },
  iexact: { read: asText, where: by('same'), description: 'equals the text; upper and lower case are one' },
  contains: {
    read: asText,
    where: by('contains'),
    description: 'holds the text; upper and lower case are one',
  },
  icontains: {
    read: asText,
    where: by('contains'),
    description: 'holds the text; upper and lower case are one',
  },
  startswith: {
    read: asText,
    where: by('startsWith'),
    description: 'begins with the text; upper and lower case are one',
  },
  istartswith: {
    read: asText,
    where: by('startsWith'),
    description: 'begins with the text; upper and lower case are one',
  },
  endswith: {
    read: asText,
    where: by('endsWith'),
    description: 'ends with the text; upper and lower case are one',
  },
  iendswith: {
    read: asText,
    where: by('endsWith'),
    description: 'ends with the text; upper and lower case are one',
  },
  gt: { read: own, where: by('gt'), description: 'is more' },
  gte: { read: own, where: by('gte'), description: 'is not less' },
  lt: { read: own, where: by('lt'), description: 'is less' },
  lte: { read: own, where: by('lte'), description: 'is not more' },
  in: { read: several, where: by('in'), description: 'is one of a list', example: '1,2' },
  range: {
    description: 'lies between two values',
    example: '1,2',
    read: pair,
    where: (path, [from = null, to = null]) => ({
      all: [
        { path, op: 'gte', values: [from] },
        { path, op: 'lte', values: [to] },
      ],
    }),
  },
  isnull: {
    description: 'has no value, or has one',
    example: 'true',
    read: boolean,
    where: (path, [isNull]) => {
      const absent: Where = {
        any: [
          { path, op: 'eq', values: [null] },
          { path, op: 'exists', values: [false] },
        ],
      };
      return isNull === true ? absent : { not: absent };
    },
  },
  year: {
    description: 'lies in the year',
    example: '2024',
    read: year,
    where: (path, [text]) =>
      within(path, `${text}-01-01`, `${String(Number(text) + 1).padStart(4, '0')}-01-01`),
  },
  date: {
    description: 'lies on the day',
    example: '2024-02-29',
    read: (text) => one(dayOf(text), 'Enter a valid date.'),
    where: (path, [text]) => {
      const next = new Date(`${text}T00:00:00Z`);
      next.setUTCDate(next.getUTCDate() + 1);
      return within(path, String(text), next.toISOString().slice(0, 10));
    },
  },
};
