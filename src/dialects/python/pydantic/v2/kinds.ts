import { pythonNumber } from '../../numbers.ts';
import { readDecimal } from '../decimal.ts';
import { readEmail } from '../email.ts';
import { badText, fault, type Reader } from '../fault.ts';
import { isStrict, shared, strictBool, truth } from '../kinds.ts';
import { plainFloat, plainInt } from '../numbers.ts';
import { webUrl } from '../url.ts';
import { readUuid } from '../uuid.ts';
import type { Version } from '../version.ts';
import * as times from './times.ts';

const int: Reader = (value, shape) => {
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return value;
    if (isStrict(shape)) return fault('int');
    return fault(Number.isFinite(value) ? 'int.fraction' : 'finite');
  }
  if (isStrict(shape)) return fault('int');
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return plainInt(value) ?? badText('int');
  return fault('int');
};

/** What is not finite is shown as null. */
const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);

const float: Reader = (value, shape) => {
  if (typeof value === 'number') return finite(value);
  if (isStrict(shape)) return fault('float');
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return fault('float');
  const number = plainFloat(value);
  return number === undefined ? badText('float') : finite(number);
};

const bool: Reader = (value, shape) => {
  if (isStrict(shape)) return strictBool('bool')(value, shape);
  const read = truth(value);
  if (read !== undefined) return read;
  return typeof value === 'string' || Number.isInteger(value) ? badText('bool') : fault('bool');
};

const decimal: Reader = (value) => {
  if (typeof value === 'number') return readDecimal(pythonNumber(value));
  return typeof value === 'string' ? readDecimal(value) : fault('decimal');
};

/** Reads only texts; a value of another kind breaks the rule of this one. */
const ofText =
  (rule: string, read: (text: string) => unknown): Reader =>
  (value) =>
    typeof value === 'string' ? read(value) : fault(rule);

export const kinds2: Version['kinds'] = {
  ...shared,
  ...times,
  str: ofText('str', (text) => text),
  int,
  float,
  bool,
  decimal,
  uuid: ofText('uuid', readUuid),
  url: webUrl,
  email: ofText('str', readEmail),
};
