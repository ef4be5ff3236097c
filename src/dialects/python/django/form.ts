import { type Item, type Json, MAX_LEVELS, type Shape, setField, tooDeepAt } from '../../../dialect/index.ts';
import { isNullable, kindOf, mayBeBlank } from './field.ts';

/**
 * An HTML form as the JSON it stands for: fields of a nested object are called `address.city`, a list is a field that
 * is sent several times, a box that is not ticked is not sent, and an empty text may mean that there is nothing.
 */
export function readForm(form: Item, shape: Shape, partial: boolean, level = 1): Item {
  if (level > MAX_LEVELS) throw tooDeepAt(Object.keys(form)[0] ?? '');
  const body = {};
  for (const [name, field] of shape.fields) {
    const value = readField(form, name, field, partial, level);
    if (value !== undefined) setField(body, name, value);
  }
  return body;
}

function readField(
  form: Item,
  name: string,
  shape: Shape,
  partial: boolean,
  level: number,
): Json | undefined {
  const kind = kindOf(shape);
  if (kind === 'nested') {
    const inner = Object.entries(form).filter(([key]) => key.startsWith(`${name}.`));
    if (inner.length === 0) return undefined;
    return readForm(
      Object.fromEntries(inner.map(([key, value]) => [key.slice(name.length + 1), value])),
      shape,
      partial,
      level + 1,
    );
  }
  if (!Object.hasOwn(form, name))
    return kind === 'boolean' && !partial && !isNullable(shape) ? false : undefined;
  const value = form[name] as Json;
  if (kind === 'list') return [value].flat() as Json;
  // Of a field that is sent several times, the last counts.
  const last = Array.isArray(value) ? (value.at(-1) as Json) : value;
  if (last !== '' || mayBeBlank(shape)) return last;
  if (isNullable(shape)) return null;
  return shape.default === undefined ? last : undefined;
}
