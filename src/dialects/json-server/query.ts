import {
  type Asked,
  allOf,
  type Collection,
  type Condition,
  type Embed,
  firstOf,
  MOST_STEPS,
  type OperatorName,
  type Query,
  readParts,
  readPattern,
  type Scalar,
  type Sort,
  type Where,
  type Window,
  withoutRepeats,
} from '../../dialect/index.ts';
import type { Parts } from './parameters.ts';
import { readParams } from './params.ts';

/** The number that is written exactly so; `007` and `7.0` are texts. */
const number = (text: string): Scalar[] => (String(Number(text)) === text ? [Number(text)] : []);
const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Equality of the text form, narrowed by an index where that can hold it: an array is its texts joined by commas. */
function equality(path: string, values: readonly string[]): Where {
  const exact: Condition = { path, op: 'is', values };
  if (values.some((value) => value.includes(','))) return exact;
  const meant = values.flatMap((text): Scalar[] => [
    text,
    ...number(text),
    ...(Object.hasOwn(WORDS, text) ? [WORDS[text] as boolean] : []),
  ]);
  return { all: [{ path, op: 'eq', values: meant }, exact] };
}

/** The end of a range is compared as a number with numbers, and as a text with texts. */
const ends = (text: string): Scalar[] => (Number.isNaN(Number(text)) ? [text] : [text, Number(text)]);

/** Names what is no pattern, and leaves out what is more than one request may ask; a plain text counts as a step. */
function patternReader(asked: Asked): (name: string, texts: readonly string[]) => readonly string[] {
  let left = MOST_STEPS;
  return (name, texts) =>
    texts.filter((text) => {
      const { size, fault } = readPattern(text);
      if (fault !== undefined) asked.note(`${name}: '${text}' ${fault}; it is looked for as a plain text`);
      left -= Math.max(1, size);
      if (left < 0)
        asked.note(`ignored: the patterns of a request have at most ${MOST_STEPS} steps (${name})`);
      return left >= 0;
    });
}

/** How each operator of a name compares, but for equality. */
const operators: Readonly<Record<string, OperatorName>> = {
  gte: 'gte',
  lte: 'lte',
  ne: 'isNot',
  like: 'like',
};

/** Filters are and-ed, the values of one are or-ed. */
function filters(parts: Parts, asked: Asked): Where | undefined {
  const understood = patternReader(asked);
  const conditions: Where[] = [];
  for (const filter of firstOf('conditions', parts.filters, asked, ({ name }) => name)) {
    const { name, field: path, operator } = filter;
    const values = firstOf('values', filter.values, asked);
    const op = operators[operator];
    if (op) {
      const meant = op === 'like' ? understood(name, values) : op === 'isNot' ? values : values.flatMap(ends);
      if (meant.length > 0) conditions.push({ path, op, values: meant });
    } else {
      conditions.push(equality(path, values));
    }
  }
  return allOf(conditions);
}

function sorting({ sort = [] }: Parts, asked: Asked): readonly Sort[] {
  const keys = sort.map(
    ({ field: path, descending }): Sort => ({ path, descending, missing: descending ? 'first' : 'last' }),
  );
  return firstOf('sortKeys', withoutRepeats(keys), asked, ({ path }) => path);
}

const DEFAULT_LIMIT = 10;

/** `_page` before `_end` before `_limit`. */
function windowOf({ page, size, start = 0, end }: Parts): Window | undefined {
  if (page !== undefined) {
    const limit = size !== undefined && size > 0 ? size : DEFAULT_LIMIT;
    return { offset: (page - 1) * limit, limit };
  }
  if (end !== undefined) return { slice: [start, end] };
  return size === undefined ? undefined : { slice: [start, start + size] };
}

function partsOf(asked: Asked, collection: Collection): Parts {
  const parts: Parts = { filters: [] };
  readParts(parts, readParams(asked.query), { asked, collection });
  return parts;
}

const embeds = ({ embed = [] }: Parts, asked: Asked): readonly Embed[] =>
  firstOf('embeds', embed, asked, ({ name }) => name);

export function listQuery(asked: Asked, collection: Collection): Query {
  const parts = partsOf(asked, collection);
  const where = filters(parts, asked);
  const { search: text } = parts;
  const window = windowOf(parts);
  return {
    ...(where ? { where } : {}),
    ...(text ? { search: { text, truthy: true } } : {}),
    sort: sorting(parts, asked),
    ...(window ? { window } : {}),
    embed: embeds(parts, asked),
  };
}

export const itemQuery = (asked: Asked, collection: Collection): Query => ({
  embed: embeds(partsOf(asked, collection), asked),
});
