import {
  badParameter,
  type Collection,
  type Condition,
  checkBound,
  didYouMean,
  isField,
  isObject,
  isScalar,
  MAX_WHERE_DEPTH,
  meanings,
  type OperatorName,
  Problem,
  pathNames,
  type Scalar,
  type Shelves,
  type Where,
} from '../../dialect/index.ts';
import { isKnownPath } from './place.ts';

/** The operators of the grammar; `_like` is what json-server's users call `contains`, and as literal. */
const words: ReadonlyMap<string, OperatorName> = new Map([
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
const names = [...words.keys()];
const toOperator = (name: string): OperatorName | undefined => words.get(name);

interface Key {
  readonly path: string;
  readonly op: OperatorName;
}

/** `views`, `views:gte` or `views_gte`; undefined where the path leads nowhere. A name that is a field is a field first. */
export function readKey(shelves: Shelves, collection: Collection, name: string): Key | undefined {
  if (isField(shelves, collection, name)) return { path: name, op: 'eq' };
  if (!name.includes(':') && isKnownPath(shelves, collection, name)) return { path: name, op: 'eq' };
  const colon = name.lastIndexOf(':');
  if (colon > 0) {
    const [path, word] = [name.slice(0, colon), name.slice(colon + 1)];
    const op = toOperator(word);
    if (!op) {
      const takes = `Operators: ${names.join(', ')}.`;
      throw badParameter(
        name,
        word,
        `there is no operator '${word}'`,
        `${didYouMean(word, names) ?? ''} ${takes}`.trim(),
      );
    }
    return isKnownPath(shelves, collection, path) ? { path, op } : undefined;
  }
  const underscore = name.lastIndexOf('_');
  const op = underscore > 0 ? toOperator(name.slice(underscore + 1)) : undefined;
  const path = name.slice(0, underscore);
  return op && isKnownPath(shelves, collection, path) ? { path, op } : undefined;
}

/** One parameter, with every value that was sent for it; any of them counts. */
export function toCondition({ path, op }: Key, name: string, values: readonly string[]): Where {
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
      const op = toOperator(key);
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
