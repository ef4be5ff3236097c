import {
  badParameter,
  type Collection,
  type Condition,
  checkBound,
  didYouMean,
  isObject,
  isScalar,
  MAX_WHERE_DEPTH,
  meanings,
  type OperatorName,
  Problem,
  pathNames,
  type Scalar,
  type SentFilter,
  type Shelves,
  type Where,
} from '../../dialect/index.ts';
import { isKnownPath } from './place.ts';

/** The operators of `_where`; `like` is what json-server's users call `contains`, and as literal. */
export const operatorOf: ReadonlyMap<string, OperatorName> = new Map([
  ['eq', 'eq'],
  ['ne', 'ne'],
  ['lt', 'lt'],
  ['lte', 'lte'],
  ['gt', 'gt'],
  ['gte', 'gte'],
  ['in', 'in'],
  ['nin', 'nin'],
  ['contains', 'contains'],
  ['startsWith', 'startsWith'],
  ['endsWith', 'endsWith'],
  ['exists', 'exists'],
  ['like', 'contains'],
]);
const names = [...operatorOf.keys()];

/** Refuses a name whose operator does not exist; without one, it may be anything. */
export function checkOperator(name: string): void {
  const colon = name.lastIndexOf(':');
  const word = name.slice(colon + 1);
  if (colon <= 0 || operatorOf.has(word)) return;
  const hint = `${didYouMean(word, names) ?? ''} Operators: ${names.join(', ')}.`.trim();
  throw badParameter(name, word, `there is no operator '${word}'`, hint);
}

/** One parameter, with every value that was sent for it; any of them counts. */
export function toCondition({ name, field: path, operator, values }: SentFilter): Where {
  const op = operatorOf.get(operator) ?? 'eq';
  if (op === 'exists') {
    const words = values.map((value) => value.toLowerCase());
    const odd = words.find((word) => word !== 'true' && word !== 'false');
    if (odd !== undefined) throw badParameter(name, odd, `${name} takes true or false, got '${odd}'`);
    return { path, op, values: words.map((word) => word === 'true') };
  }
  const isList = op === 'in' || op === 'nin';
  const texts = isList ? values.flatMap((value) => value.split(',')) : values;
  checkBound('values', texts.length);
  return { path, op, values: texts.flatMap(meanings) };
}

type GroupReader = (value: unknown, depth: number) => Where;

/**
 * `_where`: conditions as JSON, with `and`, `or` and `not`. Its values have the types they have in JSON. `count` is told of
 * each condition, and of each group that holds none.
 */
export function readWhere(
  shelves: Shelves,
  collection: Collection,
  text: string,
  count: (more: number) => void,
): Where {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badParameter(
      '_where',
      text,
      '_where takes JSON, such as {"or":[{"views":{"gte":10}},{"title":"Boats"}]}',
    );
  }
  const deeper = (depth: number): number => {
    if (depth < MAX_WHERE_DEPTH) return depth + 1;
    throw new Problem('too-much', `_where is nested at most ${MAX_WHERE_DEPTH} deep`);
  };
  const list = (value: unknown, depth: number, key: string): Where[] => {
    if (!Array.isArray(value))
      throw badParameter('_where', text, `_where: '${key}' takes an array of conditions`);
    if (value.length === 0) count(1);
    return value.map((one) => group(one, deeper(depth)));
  };
  const groups: Readonly<Record<string, GroupReader>> = {
    and: (value, depth) => ({ all: list(value, depth, 'and') }),
    or: (value, depth) => ({ any: list(value, depth, 'or') }),
    not: (value, depth) => ({ not: group(value, deeper(depth)) }),
  };
  const group: GroupReader = (value, depth) => {
    if (!isObject(value)) throw badParameter('_where', text, '_where: a condition is an object');
    const parts = Object.entries(value).flatMap(([key, inner]) => {
      const reader = Object.hasOwn(groups, key) ? groups[key] : undefined;
      return reader ? [reader(inner, depth)] : field(key, inner, depth);
    });
    if (parts.length === 0) count(1);
    return parts.length === 1 ? (parts[0] as Where) : { all: parts };
  };
  const field = (path: string, value: unknown, depth: number): Where[] => {
    if (!isKnownPath(shelves, collection, path)) {
      throw badParameter(
        '_where',
        path,
        `_where: ${collection.name} has no field '${path}'`,
        didYouMean(path, pathNames(shelves, collection)),
      );
    }
    if (!isObject(value)) return [condition(path, 'eq', value)];
    return Object.entries(value).flatMap(([key, inner]) => {
      const op = operatorOf.get(key);
      if (op) return [condition(path, op, inner)];
      if (isKnownPath(shelves, collection, `${path}.${key}`))
        return field(`${path}.${key}`, inner, deeper(depth));
      throw badParameter(
        '_where',
        key,
        `_where: there is no operator '${key}'`,
        didYouMean(key, names) ?? `Operators: ${names.join(', ')}.`,
      );
    });
  };
  const condition = (path: string, op: OperatorName, value: unknown): Condition => {
    count(1);
    const values = Array.isArray(value) ? value : [value];
    checkBound('values', values.length);
    if (!values.every(isScalar))
      throw badParameter('_where', text, `_where: ${path} ${op} takes text, a number, true, false or null`);
    return { path, op, values: values as Scalar[] };
  };
  return group(json, 1);
}
