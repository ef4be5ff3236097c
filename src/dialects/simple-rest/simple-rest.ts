import {
  type Asked,
  type Dialect,
  fromPointer,
  itemText,
  JSON_TYPE,
  listText,
  type Page,
  type Problem,
  type Reply,
} from '../../dialect/index.ts';
import { parameters } from './parameters.ts';
import { readQuery } from './query.ts';

const json = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body,
});

/** `posts 0-24/319`: the page, and how many there are in all. */
function contentRange({ items, offset, total }: Page, name: string): string {
  return `${name} ${items.length === 0 ? '*' : `${offset}-${offset + items.length - 1}`}/${total}`;
}

/** A sentence, and by field what is wrong with it: react-admin shows that in its forms. */
function problem({ status, message, facts }: Problem): Reply {
  const { violations, headers } = facts;
  const errors =
    violations && Object.fromEntries(violations.map((one) => [fromPointer(one.path).join('.'), one.message]));
  return json(status, JSON.stringify({ message, ...(errors ? { errors } : {}) }), headers);
}

/** What react-admin's ra-data-simple-rest asks for. */
export const simpleRest: Dialect = {
  name: 'simple-rest',
  // updateMany sends the fields that change, by PUT.
  conventions: {
    writes: { put: 'merge' },
    bodies: { arrayBody: 'refuse' },
    answers: { statuses: { remove: 200 } },
  },
  headers: { 'Cache-Control': 'no-cache' },
  parameters,
  listQuery: readQuery,
  itemQuery: (asked, collection) => {
    const { embed } = readQuery(asked, collection);
    return embed ? { embed } : {};
  },
  list: (page: Page, { resource }: Asked) =>
    json(200, listText(page.items), {
      'Content-Range': contentRange(page, encodeURIComponent(resource?.name ?? 'items')),
    }),
  item: (item, { action, location }) =>
    json(
      action === 'create' ? 201 : 200,
      itemText(item),
      action === 'create' && location ? { Location: location } : {},
    ),
  // The provider hands on what was deleted.
  removed: (item) => json(200, itemText(item)),
  root: (model) => json(200, JSON.stringify([...model.resources.keys()])),
  problem,
};
