import { nearest } from '../nearest.ts';
import { Problem } from '../problem.ts';
import { type Kind, type OptionRow, type Options, optionTable } from './options.ts';
import { readOrigin } from './origin.ts';

const resourceKeys = [
  'id',
  'search',
  'filters',
  'sort',
  'defaultSort',
  'pageSize',
  'maxPageSize',
  'pagination',
];

const checks: Record<Kind, { readonly wanted: string; readonly ok: (value: unknown) => boolean }> = {
  text: { wanted: 'text', ok: (value) => typeof value === 'string' },
  number: { wanted: 'a number', ok: (value) => typeof value === 'number' && Number.isInteger(value) },
  flag: { wanted: 'true or false', ok: (value) => typeof value === 'boolean' },
  texts: {
    wanted: 'a list of texts',
    ok: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  },
  origins: {
    wanted: 'a list of origins such as https://app.example:8080, each without a path or *',
    ok: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string' && readOrigin(one)),
  },
  object: {
    wanted: 'an object',
    ok: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
  list: { wanted: 'a list', ok: Array.isArray },
  any: { wanted: 'a value', ok: () => true },
};

function badOption(message: string, hint?: string): Problem {
  return new Problem('bad-option', message, hint === undefined ? {} : { hint });
}

function checkKeys(given: object, known: readonly string[], where: string): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    throw badOption(
      `unknown option '${key}'${where}`,
      near ? `Did you mean '${near}'?` : `Known: ${known.join(', ')}`,
    );
  }
}

const show = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

function checkValue(name: string, row: OptionRow, value: unknown): void {
  const { wanted, ok } = checks[row.kind];
  if (!ok(value)) throw badOption(`option '${name}' takes ${wanted}, got ${show(value)}`);
  if (row.choices && !row.choices.includes(value as string)) {
    throw badOption(`option '${name}' takes ${row.choices.join(', ')}; got ${show(value)}`);
  }
  if (typeof value === 'number' && (value < (row.min ?? value) || value > (row.max ?? value))) {
    const range = row.max === undefined ? `${row.min} or more` : `${row.min} to ${row.max}`;
    throw badOption(`option '${name}' takes ${range}, got ${show(value)}`);
  }
}

/** Refuses keys and values that are not understood, and names what was meant. `where` says whose keys they are. */
export function checkOptions(given: object, where = ''): Options {
  checkKeys(given, Object.keys(optionTable), where);
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) checkValue(name, optionTable[name as keyof Options], value);
  }
  const options = given as Options;
  for (const [name, settings] of Object.entries(options.resources ?? {})) {
    checkKeys(settings, resourceKeys, ` in resources.${name}${where}`);
  }
  return options;
}
