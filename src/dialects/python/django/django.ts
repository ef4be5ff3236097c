import {
  type ActionName,
  type Asked,
  type Collection,
  type Dialect,
  type GivenConventions,
  type Item,
  itemText,
  listText,
  type Model,
  Problem,
  type Reply,
  type Resource,
  type Shape,
  setField,
  singular,
} from '../../../dialect/index.ts';
import { pythonInt } from '../numbers.ts';
import { pythonUuid } from '../uuid.ts';
import { readObject } from './coerce.ts';
import { readForm } from './form.ts';
import { lookups } from './lookups.ts';
import { admit, indentOf } from './negotiation.ts';
import { metadata } from './options.ts';
import { envelope, paramsOf } from './page.ts';
import { problemReply } from './problem.ts';
import { conditionsOf, parameters, readList } from './query.ts';

const conventions: GivenConventions = {
  paths: { slash: 'always', nested: { parent: 'late' }, itemFilters: true, options: 'metadata' },
  bodies: {
    bodyTypes: { json: ['application/json'], forms: true, markRefused: true },
    emptyBody: 'object',
    arrayBody: 'refuse',
  },
  writes: {
    ids: { client: 'ignore' },
    foreignKeys: 'all',
    put: 'merge',
    patch: 'deep',
    onDelete: 'cascade',
    // Every value was read by its field before.
    overlooks: ({ keyword }) => keyword === 'format',
  },
  answers: { etags: false, statuses: { invalid: 400 } },
};

/** Headers of an API view: what may be asked of it, and what its answer depends on. */
function viewHeaders({ allow }: Asked): Record<string, string> {
  const verbs = allow.split(', ').filter((verb) => verb !== 'HEAD' && verb !== 'OPTIONS');
  return {
    'Content-Type': 'application/json',
    ...(allow === '' ? {} : { Allow: [...verbs, 'HEAD', 'OPTIONS'].join(', ') }),
    Vary: 'Accept, Cookie',
  };
}

const json = (status: number, body: string, asked: Asked): Reply => ({
  status,
  headers: viewHeaders(asked),
  body,
});

const value = (status: number, body: unknown, asked: Asked): Reply =>
  json(status, JSON.stringify(body, null, indentOf(asked)), asked);

/** Reads a body through the fields of its serializer. Without a schema, everything but the id is taken as it is. */
function coerce(sent: Item, shape: Shape | undefined, action: ActionName, asked: Asked): Item {
  const { resource } = asked;
  const collection = resource?.kind === 'collection' ? resource : undefined;
  if (!shape || shape.fields.size === 0) {
    const { [collection?.idField ?? '']: _, ...item } = sent;
    return item;
  }
  const partial = action === 'update';
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(
    asked.header('content-type'),
  );
  const body = isForm ? readForm(sent, shape, partial) : sent;
  const relations = collection ? asked.shelves.model.parentsOf(collection.name) : [];
  const fixed = [...asked.fixed.keys()].map(({ field }) => field);
  return readObject(body, shape, {
    partial,
    keys: new Set(relations.map(({ field }) => field)),
    skipped: new Set(collection ? [collection.idField, ...fixed] : fixed),
    needed: new Set(collection?.unique.filter((fields) => fields.length > 1).flat()),
    refuse: (path, message, keyword, value) =>
      asked.report({ path, keyword, params: {}, value, schema: {}, message }),
  });
}

/** `/countries.json`: a suffix names the format. An id has no dot in it, and nested routes have no suffixes. */
function segments(sent: readonly string[]): { segments: readonly string[]; format?: string } {
  const first = sent.findIndex((segment) => segment !== '');
  const all = first === -1 ? [] : sent.slice(first);
  if (all.includes('')) throw new Problem('unknown-resource', 'a part of the path is empty');
  const match = /^([^.]*)\.([a-z0-9]+)$/.exec(all.at(-1) ?? '');
  if (!match || all.length > 2) return { segments: all };
  const [, name = '', format = ''] = match;
  // Only the root has a suffix alone: `/.json`.
  if (name === '' && all.length > 1) throw new Problem('unknown-resource', 'a suffix needs an id before it');
  return { segments: [...all.slice(0, -1), ...(name === '' ? [] : [name])], format };
}

const keys: Readonly<Record<string, (text: string) => string | undefined>> = {
  integer: (text) => pythonInt(text)?.toString(),
  uuid: pythonUuid,
};

function root(model: Model, asked: Asked): Reply {
  const { origin, prefix, format } = asked;
  const override = paramsOf(asked).get('format');
  const end = format === undefined ? `/${override ? `?format=${override}` : ''}` : `.${format}`;
  const links = [...model.resources.keys()].map((name) => [
    name,
    `${origin}${prefix}/${encodeURIComponent(name)}${end}`,
  ]);
  return value(200, Object.fromEntries(links), asked);
}

const modelOf = (resource: Resource | undefined): string => singular(resource?.name ?? '');

/** Answers like a ModelViewSet of the Django REST framework behind a DefaultRouter. */
export const django: Dialect = {
  name: 'django',
  conventions,
  headers: {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
  },
  segments,
  readKey: (text, collection: Collection) => (keys[collection.idKind] ?? ((one) => one))(text),
  admit,
  lookups: Object.keys(lookups),
  parameters,
  listQuery: readList,
  itemQuery: conditionsOf,
  coerce,
  list(page, asked) {
    const indent = indentOf(asked);
    if (page.limit === undefined) return json(200, listText(page.items, indent), asked);
    return value(200, { ...envelope(page, asked), results: page.items }, asked);
  },
  item: (item, asked) =>
    json(asked.action === 'create' ? 201 : 200, itemTextOf(item, indentOf(asked)), asked),
  removed(_item, asked) {
    const { 'Content-Type': _, ...headers } = viewHeaders(asked);
    return { status: 204, headers };
  },
  root,
  options: (asked) => value(200, metadata(asked), asked),
  moved: (path, { sentQuery: query }) => ({
    status: 301,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      // Two slashes in front would name another host.
      Location: `${path.replace(/^\/+/, '/')}${query === '' ? '' : `?${query}`}`,
    },
  }),
  show: inOrder,
  problem: (problem, asked) => problemReply(problem, modelOf(asked.resource), asked, viewHeaders(asked)),
};

/** Fields stand as the serializer has them, wherever they were written. */
function inOrder(item: Item, { idField, check }: Collection): Item {
  if (!check) return item;
  const { fields } = check.shape;
  const ordered = {};
  for (const name of [...(fields.has(idField) ? [] : [idField]), ...fields.keys(), ...Object.keys(item)])
    if (Object.hasOwn(item, name)) setField(ordered, name, item[name]);
  return ordered;
}

const itemTextOf = (item: Item, indent: number): string =>
  indent === 0 ? itemText(item) : JSON.stringify(item, null, indent);
