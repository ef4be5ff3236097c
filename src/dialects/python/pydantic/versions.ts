import * as limits from './limits.ts';
import { kinds1 } from './v1/kinds.ts';
import { words1 } from './v1/words.ts';
import { kinds2 } from './v2/kinds.ts';
import { words2 } from './v2/words.ts';
import type { Version } from './version.ts';

const { minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = limits;
const { multipleOf, minItems, maxItems, uniqueItems, matched, searched, digits } = limits;

export const pydantic2: Version = {
  kinds: kinds2,
  limits: {
    text: [maxLength, minLength, searched],
    number: [digits, multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum],
    list: [maxItems],
    items: [minItems],
  },
  nulls: 'kind',
  pairs: false,
  union: 'closest',
  extras: 'sent',
  words: words2,
  error: ([type, msg, ctx], loc, { value }) => ({ type, loc, msg, input: value, ...(ctx ? { ctx } : {}) }),
  jsonError: ({ message, pos }) => ({
    type: 'json_invalid',
    loc: ['body', pos],
    msg: 'JSON decode error',
    input: {},
    ctx: { error: message },
  }),
};

export const pydantic1: Version = {
  kinds: kinds1,
  limits: {
    text: [minLength, maxLength, matched],
    number: [digits, exclusiveMinimum, minimum, exclusiveMaximum, maximum, multipleOf],
    list: [minItems, maxItems, uniqueItems],
    items: [],
  },
  nulls: 'own',
  pairs: true,
  union: 'first',
  extras: 'sorted',
  words: words1,
  error: ([type, msg, ctx], loc) => ({ loc, msg, type, ...(ctx ? { ctx } : {}) }),
  jsonError: ({ message, pos, line, column }, doc) => ({
    loc: ['body', pos],
    msg: `${message}: line ${line} column ${column} (char ${pos})`,
    type: 'value_error.jsondecode',
    ctx: { msg: message, doc, pos, lineno: line, colno: column },
  }),
};
