import { isIPv4, isIPv6 } from 'node:net';
import type { Shape } from '../../../dialect/index.ts';
import type { Kind } from './field.ts';
import { invalid, limits, pattern } from './words.ts';

const ATOM = "[-!#$%&'*+/=?^_`{}|~0-9A-Z]+";
const LABEL = '[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?';
const USER = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`, 'i');
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?!-)[A-Z0-9-]{2,63}(?<!-)$`, 'i');

/** As Django's EmailValidator: the domain has a dot in it, or is `localhost`, or an address in brackets. */
function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [user, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || text.length > 320 || !USER.test(user)) return false;
  const address = /^\[(.+)\]$/.exec(domain)?.[1];
  if (address !== undefined) return isIPv4(address) || isIPv6(address);
  return domain === 'localhost' || DOMAIN.test(asciiHost(domain));
}

/** Letters beyond ASCII in a domain, as the DNS writes them. */
function asciiHost(domain: string): string {
  try {
    return /^[\x21-\x7e]*$/.test(domain) ? domain : new URL(`http://${domain}`).hostname;
  } catch {
    return '';
  }
}

const URL_PARTS =
  /^(?:https?|ftps?):\/\/(?:[^\s:@/]+(?::[^\s:@/]*)?@)?(\[[^\]]+\]|[^\s/:?#@]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i;

/** As Django's URLValidator: a web or file transfer address with a host that can be one. */
function isUrl(text: string): boolean {
  const host = URL_PARTS.exec(text)?.[1];
  if (host === undefined || text.length > 2048) return false;
  if (host.startsWith('[')) return isIPv6(host.slice(1, -1));
  if (isIPv4(host) || host.toLowerCase() === 'localhost') return true;
  const name = asciiHost(host.replace(/\.$/, ''));
  return DOMAIN.test(name) && /\.(?!\d+$)[^.]+$/.test(name);
}

/** The validators of the kinds that are texts with a form of their own. */
const checks: Partial<Record<Kind, (text: string, shape: Shape) => boolean>> = {
  email: isEmail,
  url: isUrl,
  slug: (text) => /^[-\w]+$/.test(text),
  ip: (text, { format }) => (format !== 'ipv6' && isIPv4(text)) || (format !== 'ipv4' && isIPv6(text)),
};

/** What a field of texts says of a value that is none: one with a form of its own names that form. */
export const notText = (kind: Kind, shape: Shape, depth: number): string =>
  kind === 'string' && depth > 1 && shape.bounds.pattern !== undefined
    ? pattern(depth)
    : invalid[kind](null, shape);

/** An address of IPv6 in its shortest form. */
export const plainIp = (text: string): string =>
  isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;

/** All that is wrong with a text, in the order of Django's validators: a model's, the lengths, the characters, the form. */
export function textFaults(kind: Kind, shape: Shape, text: string, depth: number): string[] {
  const length = [...text].length;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = shape.bounds;
  const surrogate = /[\ud800-\udfff]/u.exec(text)?.[0];
  const broken = kind === 'string' && isBroken(shape, text);
  const form = checks[kind]?.(text, shape) === false;
  return [
    ...(broken && depth === 1 ? [pattern(depth)] : []),
    ...(length > maxLength ? [limits.maxLength(maxLength)] : []),
    ...(length < minLength ? [limits.minLength(minLength)] : []),
    ...(text.includes('\0') ? ['Null characters are not allowed.'] : []),
    ...(surrogate
      ? [`Surrogate characters are not allowed: U+${surrogate.charCodeAt(0).toString(16).toUpperCase()}.`]
      : []),
    ...(broken && depth > 1 ? [pattern(depth)] : []),
    ...(form ? [invalid[kind](text, shape)] : []),
  ];
}

function isBroken({ bounds: { pattern: source } }: Shape, text: string): boolean {
  if (source === undefined) return false;
  try {
    return !new RegExp(source).test(text);
  } catch {
    return false;
  }
}
