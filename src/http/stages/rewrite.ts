import type { Live } from '../live.ts';
import type { Stage } from './stage.ts';

/** Puts another URL in place of the one that was sent, which links and messages go on to name. */
export function rewrite({ rewrite: target }: Live): Stage | undefined {
  if (!target) return undefined;
  return (call, next) => {
    const { path, querystring: query } = call.ctx;
    const url = target(query === '' ? path : `${path}?${query}`);
    if (url !== undefined) {
      call.sent = { path, query };
      call.ctx.url = url;
    }
    return next(call);
  };
}

interface Rule {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly to: string;
}

/** `:name` is a segment, `*` anything; all else is literal, and so is what follows a backslash. A rule with a query matches that. */
function readRule(from: string, to: string): Rule {
  const names: string[] = [];
  let stars = 0;
  const source = from.replace(
    /\\(.)|:(\w+)|\*|[.+^${}()|[\]\\?]/g,
    (token: string, escaped?: string, name?: string) => {
      if (escaped !== undefined) return escaped.replace(/[^\w/&=-]/, '\\$&');
      if (name !== undefined) names.push(name);
      else if (token === '*') names.push(String(++stars));
      return name !== undefined ? '([^/?&]+)' : token === '*' ? '(.*)' : `\\${token}`;
    },
  );
  return { pattern: new RegExp(`^${source}/?$`), names, to };
}

/** Rules as json-server reads them: tried in order, and what one makes is seen by those that follow. */
export function makeRewrite(rules: Readonly<Record<string, string>>): Live['rewrite'] {
  const read = Object.entries(rules).map(([from, to]) => readRule(from, to));
  if (read.length === 0) return undefined;
  return (url) => {
    let now = url;
    for (const rule of read) now = apply(rule, now);
    if (now === url) return undefined;
    // What a `*` stood for may be all of it, without the slash in front.
    return now.startsWith('/') ? now : `/${now}`;
  };
}

function apply({ pattern, names, to }: Rule, url: string): string {
  // A query may hold more question marks.
  const [, path = '', query] = /^([^?]*)(?:\?(.*))?$/s.exec(url) ?? [];
  const inPath = pattern.exec(path);
  const match = inPath ?? pattern.exec(url);
  if (!match) return url;
  const target = to.replace(
    /:(\w+)|\$(\d+)/g,
    (token, name: string | undefined, number: string | undefined) => {
      const at = names.indexOf(name ?? number ?? '');
      return at === -1 ? token : (match[at + 1] ?? '');
    },
  );
  if (!inPath || query === undefined) return target;
  return `${target}${target.includes('?') ? '&' : '?'}${query}`;
}
