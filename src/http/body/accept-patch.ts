import type { BodyConventions } from '../../dialect/conventions.ts';
import { remember } from '../../remember.ts';
import { takenTypes } from './body.ts';
import { patchFormats } from './patches.ts';

const values = new WeakMap<BodyConventions, string>();

/** The media types that a PATCH takes, for the header of that name (RFC 5789, 3.1). */
export const acceptPatch = (bodies: BodyConventions): string =>
  remember(values, bodies, () => takenTypes(bodies, ['application/json', ...patchFormats.keys()]).join(', '));
