import { type Shape, sameJson } from '../../../dialect/index.ts';
import { badText, fault, type Reader } from './fault.ts';

const TRUE = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const FALSE = new Set(['0', 'off', 'f', 'false', 'n', 'no']);

/** The truth in a boolean, a 0 or a 1, or a word for it; undefined where there is none. */
export function truth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const word = String(value).toLowerCase();
  return TRUE.has(word) || (FALSE.has(word) ? false : undefined);
}

/** Whether a value must be what JSON calls it. */
export const isStrict = (shape: Shape): boolean => shape.says('x-strict') === true;

export const strictBool =
  (rule: string): Reader =>
  (value) =>
    typeof value === 'boolean' ? value : fault(rule);

/** Python holds `True == 1`; otherwise a value is the one that is listed. */
const choice =
  (rule: string): Reader =>
  (value, shape) => {
    const values: readonly unknown[] = shape.enum ?? [shape.const];
    const wanted = typeof value === 'boolean' && !values.includes(value) ? Number(value) : value;
    return values.some((one) => sameJson(one, wanted))
      ? wanted
      : fault(rule, { values: values.filter((one) => one !== null) });
  };

const MAX_IPV4 = 2 ** 32 - 1;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?=\d)|$)){4}$/;

const ipv4: Reader = (value) => {
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number === 'string')
    return IPV4.test(number) && !/(^|\.)0\d/.test(number) ? number : badText('ipv4');
  if (!Number.isInteger(number) || Number(number) < 0 || Number(number) > MAX_IPV4) return badText('ipv4');
  return [24, 16, 8, 0].map((shift) => (Number(number) >>> shift) & 255).join('.');
};

const ipv6: Reader = (value) => {
  const url = typeof value === 'string' && !value.includes(']') ? `http://[${value}]` : '';
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : badText('ipv6');
};

/** Kinds that both versions read alike. */
export const shared = { enum: choice('enum'), literal: choice('literal'), ipv4, ipv6 };
