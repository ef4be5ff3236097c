import {
  type Asked,
  bounds,
  type Collection,
  type Filter,
  firstOf,
  isObject,
  isScalar,
  isWholeOperator,
  type JsonObject,
  MAX_WHERE_DEPTH,
  meanings,
  type Scalar,
  type Where,
  type WholeOperatorName,
} from '../../dialect/index.ts';

/** Ids are text, also where the file has numbers. */
const condition = (
  { idField }: Collection,
  path: string,
  op: WholeOperatorName,
  values: readonly Scalar[],
): Where => ({ path, op, values, as: path === idField ? 'text' : 'value' });

/** `field:op`; an operator in lower case is spelled `field_op` too, unless that is a field. */
export function splitName(name: string, { fields }: Collection): { path: string; op: string } {
  const colon = name.lastIndexOf(':');
  if (colon !== -1 && colon < name.length - 1)
    return { path: name.slice(0, colon), op: name.slice(colon + 1) };
  if (!name.includes('_')) return { path: name, op: 'eq' };
  const [, path = name, op = 'eq'] = (fields.has(name) ? undefined : /^(.+)_([a-z]+)$/.exec(name)) ?? [];
  return isWholeOperator(op) ? { path, op } : { path: name, op: 'eq' };
}

/** What the text of a URL stands for: one thing where it is compared, any of them where it must equal. */
function valuesOf(text: string, op: WholeOperatorName, asked: Asked): Scalar[] {
  if (op === 'in') return firstOf('values', text.split(','), asked).flatMap((one) => meanings(one.trim()));
  if (op === 'eq' || op === 'ne') return meanings(text);
  return op === 'contains' || op === 'startsWith' || op === 'endsWith' ? [text] : meanings(text).slice(-1);
}

export function readFilter({ field, operator, values }: Filter, collection: Collection, asked: Asked): Where {
  const op = isWholeOperator(operator) ? operator : 'eq';
  return condition(collection, field, op, valuesOf(values[0] ?? '', op, asked));
}

const NOTHING: Where = { any: [] };

/** `_where`: objects of operators, nested as the items are, and `or`. */
export function readWhere(text: string | undefined, collection: Collection, asked: Asked): Where | undefined {
  const group = text === undefined ? undefined : readJson(text);
  if (text !== undefined && group === undefined) asked.note('ignored: _where takes a JSON object');
  if (group === undefined) return undefined;
  const { most } = bounds.conditions;
  if (conditionsIn(group) <= most) return readGroup(group, [], { collection, asked });
  asked.note(`ignored: _where holds at most ${most} conditions, nested at most ${MAX_WHERE_DEPTH} deep`);
  return undefined;
}

/** An array counts as the object that it is. */
function readJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** How many conditions a `_where` holds; without an end where it is nested too deep. */
function conditionsIn(value: unknown, depth = 1): number {
  if (!isObject(value)) return 1;
  if (depth > MAX_WHERE_DEPTH) return Number.POSITIVE_INFINITY;
  const inner = Object.entries(value).flatMap(([key, one]) =>
    key === 'or' && Array.isArray(one) ? one : [one],
  );
  return inner.reduce((sum: number, one) => sum + conditionsIn(one, depth + 1), inner.length === 0 ? 1 : 0);
}

interface About {
  readonly collection: Collection;
  readonly asked: Asked;
}

function readGroup(group: JsonObject, path: readonly string[], about: About): Where {
  const field = path.join('.');
  const operators = path.length === 0 ? [] : Object.keys(group).filter(isWholeOperator);
  if (operators.length > 0)
    return {
      all: operators.map((op) => condition(about.collection, field, op, scalars(group[op], op, about))),
    };
  const entries = Object.entries(group);
  const all: Where = { all: entries.map(([key, value]) => readEntry(key, value, path, about)) };
  const unknown =
    path.length === 0 ? undefined : entries.find(([key, value]) => key !== 'or' && !isObject(value));
  if (unknown === undefined) return all;
  // A word that is neither an operator nor a field inside: ignored where there is nothing inside.
  about.asked.note(`ignored: ${field} has no operator '${unknown[0]}' (_where)`);
  return { any: [{ not: { path: field, op: 'object', values: [] } }, all] };
}

function readEntry(key: string, value: unknown, path: readonly string[], about: About): Where {
  if (key === 'or') {
    const choices = Array.isArray(value) ? value.filter(isObject) : [];
    return { any: choices.map((one) => readGroup(one, path, about)) };
  }
  return isObject(value) ? readGroup(value, [...path, key], about) : NOTHING;
}

const scalars = (value: unknown, op: WholeOperatorName, { asked }: About): readonly Scalar[] =>
  firstOf('values', (op === 'in' ? [value].flat() : [value]).filter(isScalar), asked);
