import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';
import { kinds, show } from './kinds.ts';
import type { Options } from './options.ts';
import type { ValueRow } from './row.ts';
import { optionTable } from './table.ts';

const badOption = (message: string, hint?: string): Problem =>
  new Problem('bad-option', message, hint === undefined ? {} : { hint });

const didYouMean = (name: string, known: readonly string[]): string | undefined => {
  const near = nearest(name, known);
  return near === undefined ? undefined : `Did you mean '${near}'?`;
};

/** `a, b or c` */
const listed = (all: readonly string[]): string => all.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** A value and where it stands: `resources.posts.pageSize`, and behind that ` in standin.config.json`. */
interface Given {
  readonly path: string;
  readonly value: unknown;
  readonly where: string;
}

/** What stands in a value, under a name or at a position. */
const inside = ({ path, where }: Given, step: string | number, value: unknown): Given => {
  const joint = typeof step === 'number' ? `[${step}]` : path === '' ? step : `.${step}`;
  return { path: path + joint, value, where };
};

/** Refuses a value, or one inside it, that its row does not allow. */
export function checkValue(row: ValueRow, given: Given): void {
  const { path, value, where } = given;
  const refuse: Refuse = (wanted, hint) =>
    badOption(`option '${path}'${where} takes ${wanted}, got ${show(value)}`, hint);
  const one = row.either ? row.either.find(({ kind }) => kinds[kind].ok(value)) : row;
  if (!one) throw refuse(listed((row.either ?? []).map(({ kind }) => kinds[kind].wanted)));
  const { wanted, ok, hint } = kinds[one.kind];
  if (!ok(value)) throw refuse(wanted, hint?.(value));
  if (one.choices) checkChoice(one.choices, value, refuse);
  if (typeof value === 'string') checkText(one, value, refuse);
  if (typeof value === 'number') checkRange(one, value, '', refuse);
  if (Array.isArray(value)) checkRange(one, value.length, 'a list of ', refuse);
  const { items, values, keys } = one;
  if (items)
    for (const [i, item] of (value as unknown[]).entries()) checkValue(items, inside(given, i, item));
  if (values)
    for (const [name, held] of Object.entries(value as object))
      if (held !== undefined) checkValue(values, inside(given, name, held));
  if (keys) checkKeys(keys, one.lack, given);
}

type Refuse = (wanted: string, hint?: string) => Problem;

function checkChoice(choices: NonNullable<ValueRow['choices']>, value: unknown, refuse: Refuse): void {
  if (choices.some((choice) => choice === value)) return;
  const names = choices.map(String);
  throw refuse(listed(names), didYouMean(String(value), names));
}

function checkText({ choices, form }: ValueRow, text: string, refuse: Refuse): void {
  if (form && !form.pattern.test(text)) throw refuse(form.wanted);
  if (!form && !choices && text === '') throw refuse('text that is not empty');
}

function checkRange(row: ValueRow, count: number, what: string, refuse: Refuse): void {
  const { min, max } = row;
  if (count >= (min ?? count) && count <= (max ?? count)) return;
  throw refuse(what + (max === undefined ? `${min} or more` : `${min} to ${max}`));
}

/** Refuses keys that no row is about, values that their row does not allow, and a lack of those that must be there. */
function checkKeys(rows: NonNullable<ValueRow['keys']>, lack: string | undefined, given: Given): void {
  const { path, value, where } = given;
  const held = value as Readonly<Record<string, unknown>>;
  const known = Object.keys(rows);
  const unknown = Object.keys(held).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known) ?? `Known: ${known.join(', ')}`;
    throw badOption(`unknown option '${unknown}'${path === '' ? '' : ` in ${path}`}${where}`, hint);
  }
  const missing = known.filter((name) => rows[name]?.required && held[name] === undefined);
  if (missing.length > 0) throw badOption(`option '${path}'${where} lacks ${missing.join(', ')}`, lack);
  for (const [name, row] of Object.entries(rows))
    if (held[name] !== undefined) checkValue(row, inside(given, name, held[name]));
}

/** Refuses keys and values that are not understood, and names what was meant. `where` says whose keys they are. */
export function checkOptions(given: unknown, where = ''): Options {
  if (!kinds.object.ok(given)) throw badOption(`expected an object of options${where}, got ${show(given)}`);
  checkKeys(optionTable, undefined, { path: '', value: given, where });
  return given as Options;
}
