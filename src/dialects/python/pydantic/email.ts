import { type Fault, fault } from './fault.ts';

const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~.]*$/u;
const HOST = /^[\p{L}\p{M}\p{N}\-.]*$/u;

/** The characters of a text that are none of the allowed, as the message names them. */
function strangers(text: string, allowed: RegExp): string {
  const found = [...new Set([...text].filter((letter) => !allowed.test(letter)))].sort();
  return found.map((letter) => (letter === ' ' ? 'SPACE' : `'${letter}'`)).join(', ');
}

type Check = (part: string) => string | undefined;

const when =
  (test: RegExp, reason: string): Check =>
  (part) =>
    test.test(part) ? reason : undefined;

const TWO_PERIODS = 'An email address cannot have two periods in a row.';
const NOT_VALID = 'The part after the @-sign is not valid.';

const localChecks: readonly Check[] = [
  when(/^$/, 'There must be something before the @-sign.'),
  (part) =>
    LOCAL.test(part)
      ? undefined
      : `The email address contains invalid characters before the @-sign: ${strangers(part, LOCAL)}.`,
  when(/^\./, 'An email address cannot start with a period.'),
  when(/\.$/, 'An email address cannot have a period immediately before the @-sign.'),
  when(/\.\./, TWO_PERIODS),
];

const hostChecks: readonly Check[] = [
  when(/^$/, 'There must be something after the @-sign.'),
  when(/^\[.*\]$/, 'A bracketed IP address after the @-sign is not allowed here.'),
  (part) =>
    HOST.test(part)
      ? undefined
      : `The part after the @-sign contains invalid characters: ${strangers(part, HOST)}.`,
  when(/^\./, 'An email address cannot have a period immediately after the @-sign.'),
  when(/\.$/, 'An email address cannot end with a period.'),
  when(/\.\./, TWO_PERIODS),
  when(/^-/, 'An email address cannot have a hyphen immediately after the @-sign.'),
  when(/-$/, 'An email address cannot end with a hyphen.'),
  when(/\.-|-\./, 'An email address cannot have a period and a hyphen next to each other.'),
  when(/^[^.]*$/, `${NOT_VALID} It should have a period.`),
  when(/\.[^.\p{L}]*$/u, `${NOT_VALID} It is not within a valid top-level domain.`),
];

/** An address, its domain in small letters; the name before `<...>` is dropped. */
export function readEmail(text: string): string | Fault {
  const address = (/^[^<>]*<(.+)>\s*$/s.exec(text)?.[1] ?? text).trim();
  const at = address.indexOf('@');
  if (at === -1) return fault('email', { reason: 'An email address must have an @-sign.' });
  const [local, host] = [address.slice(0, at), address.slice(at + 1)];
  const reason = first(localChecks, local) ?? first(hostChecks, host);
  return reason === undefined ? `${local}@${host.toLowerCase()}` : fault('email', { reason });
}

function first(checks: readonly Check[], part: string): string | undefined {
  for (const check of checks) {
    const reason = check(part);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
