import type { Rules } from '../../dialect/dialect.ts';
import { remember } from '../../remember.ts';
import { takenTypes } from './body.ts';
import { patchFormats } from './patches.ts';

const values = new WeakMap<Rules, string>();

/** The media types that a PATCH takes, for the header of that name (RFC 5789, 3.1). */
export const acceptPatch = (rules: Rules): string =>
  remember(values, rules, () => takenTypes(rules, ['application/json', ...patchFormats.keys()]).join(', '));
