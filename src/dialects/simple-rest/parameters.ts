import {
  type ActionName,
  controlRow,
  type DialectParameter,
  type Purpose,
  type QueryParts,
  type Resource,
  type Terms,
} from '../../dialect/index.ts';

/** Each is a text of JSON, which is read when the query is made. */
export interface Parts extends QueryParts {
  texts?: Map<string, string>;
}

export const examples: Readonly<Record<string, string>> = {
  filter: '{"title":"hello","id":[1,2]}',
  sort: '["title","ASC"]',
  range: '[0,24]',
  embed: '["author"]',
};

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of a parameter that is sent twice, the last counts. `show` says what its value means to a control. */
const row = (
  kind: Purpose['kind'],
  name: string,
  description: string,
  show: (parts: QueryParts, value: unknown) => void = () => {},
  write: (terms: Terms) => unknown = () => undefined,
): DialectParameter =>
  controlRow<Parts>(
    kind,
    {
      name,
      description,
      example: `${name}=${examples[name]}`,
      write: (terms) => {
        const value = write(terms);
        return value === undefined ? [] : [[name, JSON.stringify(value)]];
      },
    },
    (parts, { values }) => {
      const text = values.at(-1) ?? '';
      parts.texts ??= new Map();
      parts.texts.set(name, text);
      show(parts, json(text));
    },
  );

/** Kept as it is sent: its values have types, and may be lists. */
const filter = row(
  'filter',
  'filter',
  'fields and what they equal, one of a list, or `q` for a text anywhere',
);

const sort = row(
  'sort',
  'sort',
  'a field, and ASC or DESC',
  (parts, value) => {
    const [field, order = 'ASC'] = Array.isArray(value) ? (value as unknown[]) : [];
    if (typeof field === 'string' && typeof order === 'string' && /^(asc|desc)$/i.test(order))
      parts.sort = [{ field, descending: order.toLowerCase() === 'desc' }];
  },
  ({ sort: [key] = [] }) => key && [key.field, key.descending ? 'DESC' : 'ASC'],
);

const isPlace = (one: unknown): one is number => Number.isSafeInteger(one) && (one as number) >= 0;

/** A range that is no page of its size stays as it is sent. */
const range = row(
  'page',
  'range',
  'the first and the last item',
  (parts, value) => {
    const [first, last] = Array.isArray(value) ? (value as unknown[]) : [];
    if (!isPlace(first) || !isPlace(last) || last < first) return;
    const size = last - first + 1;
    if (first % size > 0) return;
    parts.size = size;
    parts.page = first / size + 1;
  },
  ({ page = 1, size }) => (size === undefined ? undefined : [(page - 1) * size, page * size - 1]),
);

const embed = row('embed', 'embed', 'the relations to put in');

const ofLists = [filter, sort, range, embed];

/** What each action understands; the same for every resource. */
export const parameters = (
  _resource: Resource | undefined,
  action: ActionName,
): readonly DialectParameter[] => (action === 'list' ? ofLists : action === 'read' ? [embed] : []);
