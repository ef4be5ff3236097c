import { pythonFloat, pythonInt, pythonNumber } from '../../numbers.ts';
import { readDecimal } from '../decimal.ts';
import { readEmail } from '../email.ts';
import { badText, Fault, fault, type Reader } from '../fault.ts';
import { shared, strictBool, truth } from '../kinds.ts';
import { httpUrl } from '../url.ts';
import { readLooseUuid } from '../uuid.ts';
import type { Version } from '../version.ts';
import * as times from './times.ts';

/** Numbers and truth values are texts to Python once it is asked for one. */
const str: Reader = (value, schema) => {
  if (typeof value === 'string') return value;
  if (schema['x-strict'] === true || typeof value === 'object') return fault('str');
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : pythonNumber(Number(value));
};

const int: Reader = (value, schema) => {
  if (schema['x-strict'] === true) return Number.isInteger(value) ? value : fault('int');
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : fault('int');
  const number = typeof value === 'string' ? pythonInt(value) : undefined;
  return number ?? fault('int');
};

const float: Reader = (value, schema) => {
  const number =
    typeof value === 'string' && schema['x-strict'] !== true
      ? pythonFloat(value)
      : typeof value === 'number' || (typeof value === 'boolean' && schema['x-strict'] !== true)
        ? Number(value)
        : undefined;
  return number !== undefined && Number.isFinite(number) ? number : fault('float');
};

const bool: Reader = (value, schema) =>
  schema['x-strict'] === true ? strictBool('bool.strict')(value, schema) : (truth(value) ?? fault('bool'));

/** Shown as a number. */
const decimal: Reader = (value) => {
  if (typeof value !== 'string' && typeof value !== 'number') return badText('decimal');
  const text = readDecimal(typeof value === 'number' ? pythonNumber(value) : value);
  return text instanceof Fault ? text : Number(text);
};

const email: Reader = (value, schema) => {
  const text = str(value, schema);
  return text instanceof Fault ? text : readEmail(String(text));
};

export const kinds1: Version['kinds'] = {
  ...shared,
  ...times,
  str,
  int,
  float,
  bool,
  decimal,
  email,
  url: httpUrl,
  uuid: (value) => (typeof value === 'string' ? readLooseUuid(value) : badText('uuid')),
};
