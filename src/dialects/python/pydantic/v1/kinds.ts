import { pythonFloat, pythonInt, pythonNumber } from '../../numbers.ts';
import { readDecimal } from '../decimal.ts';
import { readEmail } from '../email.ts';
import { badText, Fault, fault, type Reader } from '../fault.ts';
import { isStrict, shared, strictBool, truth } from '../kinds.ts';
import { httpUrl } from '../url.ts';
import { readLooseUuid } from '../uuid.ts';
import type { Version } from '../version.ts';
import * as times from './times.ts';

/** Numbers and truth values are texts to Python once it is asked for one. */
const str: Reader = (value, shape) => {
  if (typeof value === 'string') return value;
  if (isStrict(shape) || typeof value === 'object') return fault('str');
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : pythonNumber(Number(value));
};

const int: Reader = (value, shape) => {
  if (isStrict(shape)) return Number.isInteger(value) ? value : fault('int');
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : fault('int');
  const number = typeof value === 'string' ? pythonInt(value) : undefined;
  return number ?? fault('int');
};

const float: Reader = (value, shape) => {
  const number =
    typeof value === 'string' && !isStrict(shape)
      ? pythonFloat(value)
      : typeof value === 'number' || (typeof value === 'boolean' && !isStrict(shape))
        ? Number(value)
        : undefined;
  return number !== undefined && Number.isFinite(number) ? number : fault('float');
};

const bool: Reader = (value, shape) =>
  isStrict(shape) ? strictBool('bool.strict')(value, shape) : (truth(value) ?? fault('bool'));

/** Shown as a number. */
const decimal: Reader = (value) => {
  if (typeof value !== 'string' && typeof value !== 'number') return badText('decimal');
  const text = readDecimal(typeof value === 'number' ? pythonNumber(value) : value);
  return text instanceof Fault ? text : Number(text);
};

const email: Reader = (value, shape) => {
  const text = str(value, shape);
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
