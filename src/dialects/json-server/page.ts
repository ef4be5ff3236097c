import type { Asked, Model, Reply } from '../../dialect/index.ts';
import { weakTag } from './etag.ts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem }
a { color: #0b6e4f } li { margin: .25rem 0 } small { color: #666 }
`;

/** The page at the root: every resource, with a link. */
export function indexPage(model: Model, { prefix, shelves }: Asked, extra: readonly string[]): Reply {
  const items = [...model.resources.values()].map(({ name, kind }) => {
    const count = kind === 'collection' ? ` <small>${shelves.shelf(name).size}</small>` : '';
    return `<li><a href="${escapeHtml(`${prefix}/${encodeURIComponent(name)}`)}">/${escapeHtml(name)}</a>${count}</li>`;
  });
  const more = extra.map((path) => `<li><a href="${prefix}${path}">${path}</a></li>`);
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>standin</title><link rel="stylesheet" href="${prefix}/style.css"></head>
<body>
<h1>Resources</h1>
<ul>
${[...items, ...more].join('\n')}
</ul>
</body>
</html>
`;
  return page('html', body);
}

const page = (type: 'html' | 'css', body: string): Reply => ({
  status: 200,
  headers: { 'Content-Type': `text/${type}; charset=utf-8`, ETag: weakTag(body) },
  body,
});

export const stylePage = (): Reply => page('css', STYLE);
