import { fromPointer, setField, type Violation } from '../../../dialect/index.ts';
import { isWhole, sentence } from './words.ts';

/** `{"name": ["..."], "address": {"city": ["..."]}}`: the sentences about each field, in a list. */
export interface Errors {
  [field: string]: string[] | Errors;
}

const WHOLE = 'non_field_errors';

/** Every sentence in its place. What stands inside a field is told in place of what is wrong with it as a whole. */
export function errorsOf(violations: readonly Violation[], model: string, order: readonly string[]): Errors {
  const found: Errors = {};
  const told = new Set<string>();
  for (const violation of violations) {
    const path = fromPointer(violation.path);
    // A list of keys tells its faults as one field.
    const steps = violation.keyword === 'exists' ? path.slice(0, 1) : path;
    const at = isWhole(violation) ? [...steps, WHOLE] : steps;
    const text = sentence(violation, model);
    const name = JSON.stringify([at, text]);
    if (!told.has(name)) place(found, at, text);
    told.add(name);
  }
  return withoutTuples(inOrder(found, order), violations);
}

function place(errors: Errors, steps: readonly string[], text: string): void {
  const [step = WHOLE, ...rest] = steps;
  const old = Object.hasOwn(errors, step) ? errors[step] : undefined;
  if (rest.length > 0) {
    const inner = old && !Array.isArray(old) ? old : {};
    setField(errors, step, inner);
    place(inner, rest, text);
  } else if (!old) setField(errors, step, [text]);
  else if (Array.isArray(old)) old.push(text);
}

/** Fields as the serializer has them. */
function inOrder(errors: Errors, order: readonly string[]): Errors {
  const sorted: Errors = {};
  for (const field of [...order, ...Object.keys(errors)])
    if (Object.hasOwn(errors, field)) setField(sorted, field, errors[field]);
  return sorted;
}

/** Whether fields are unique together is asked once each of them is good. */
function withoutTuples(errors: Errors, violations: readonly Violation[]): Errors {
  const { [WHOLE]: whole, ...fields } = errors;
  const onlyTuples = violations.every(({ path, keyword }) => path !== '' || keyword === 'unique');
  return onlyTuples && whole && Object.keys(fields).length > 0 ? fields : errors;
}
