import { badText, fault, type Reader } from './fault.ts';

const LONGEST = 2083;
const WEB = /^https?:/i;

/** pydantic 2 reads a URL as browsers do, and shows it as they do: `http://a.b` is `http://a.b/`. */
export const webUrl: Reader = (value, { bounds }) => {
  if (typeof value !== 'string') return fault('url');
  const { maxLength: longest = LONGEST } = bounds;
  if (value.length > longest) return fault('url.long', { limit: longest });
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url) return badText('url', whyNot(value.trim()));
  return WEB.test(url.protocol) ? url.href : fault('url.scheme');
};

function whyNot(text: string): string {
  if (text === '') return 'input is empty';
  const [, rest] = /^[a-z][a-z0-9+.-]*:(.*)$/is.exec(text) ?? [];
  if (rest === undefined) return 'relative URL without a base';
  const host = (/^[/\\]*([^/\\?#]*)/.exec(rest)?.[1] ?? '').replace(/^.*@/s, '');
  const [, name = host, port] = /^(.*?)(?::([^:\]]*))?$/s.exec(host) ?? [];
  if (name === '') return 'empty host';
  if (port !== undefined && (!/^\d*$/.test(port) || Number(port) > 65_535)) return 'invalid port number';
  if (name.startsWith('[')) return 'invalid IPv6 address';
  return /^[\d.]+$/.test(name) ? 'invalid IPv4 address' : 'invalid international domain name';
}

const PARTS =
  /^(?:([a-z][a-z0-9+\-.]+):\/\/)?(?:([^\s:/]*)(?::([^\s/]*))?@)?((?:\d{1,3}\.){3}\d{1,3}(?=$|[/:#?])|\[[a-f0-9]*:[a-f0-9:]+\](?=$|[/:#?])|[^\s/:?#]+)?(?::(\d+))?(\/[^\s?#]*)?(?:\?([^\s#]*))?(?:#(\S*))?/i;
const CHUNK = '[_0-9a-z\\u00a1-\\uffff](?:[-_0-9a-z\\u00a1-\\uffff]{0,61}[_0-9a-z\\u00a1-\\uffff])?';
const ENDING = '(?<end>\\.[a-z\\u00a1-\\uffff]{2,63})?\\.?';
const DOMAIN = new RegExp(`^(?:${CHUNK}\\.)*?${CHUNK}${ENDING}$`, 'i');
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/;

/** pydantic 1 keeps a URL as it was sent, and wants a top level domain. */
export const httpUrl: Reader = (value, { bounds }) => {
  if (typeof value === 'object') return fault('str');
  const text = String(value).trim();
  const { minLength: shortest = 1, maxLength: longest = LONGEST } = bounds;
  if (text.length < shortest) return fault('minLength', { limit: shortest });
  if (text.length > longest) return fault('maxLength', { limit: longest });
  const match = PARTS.exec(text);
  const [all = '', scheme, , , host, port] = match ?? [];
  if (scheme === undefined) return fault('url.scheme.missing');
  if (!/^https?$/i.test(scheme)) return fault('url.scheme');
  if (port !== undefined && Number(port) > 65_535) return fault('url.port');
  if (all.length < text.length) return fault('url.extra', { extra: text.slice(all.length) });
  if (host === undefined) return fault('url.host');
  if (ADDRESS.test(host)) return text;
  const domain = DOMAIN.exec(host);
  if (!domain) return fault('url.host');
  if (domain.groups?.end === undefined) return fault('url.host.top');
  return /^[\0-\x7f]*$/.test(host) ? text : text.replace(host, new URL(`http://${host}`).hostname);
};
