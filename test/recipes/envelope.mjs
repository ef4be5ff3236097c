import { Problem, readQuery, rest } from 'standin';

const headers = { 'Content-Type': 'application/json' };
const json = (status, body) => ({ status, headers, body: JSON.stringify(body) });

function count(params, name, other) {
  const text = params.get(name) ?? String(other);
  params.delete(name);
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Problem('bad-parameter', `${name} takes a number from 1, got '${text}'`, { parameter: name });
}

/** A backend that wraps everything in `data`, both ways, and counts pages by `page` and `per`. */
export const envelope = {
  ...rest,
  name: 'envelope',
  conventions: { paths: { nested: { depth: 1 } }, writes: { put: 'merge', onDelete: 'cascade' } },
  readBody: (body) => body.data ?? body,
  listQuery(asked, collection) {
    const params = new URLSearchParams(asked.query);
    const [page, limit] = [count(params, 'page', 1), count(params, 'per', 10)];
    const query = readQuery(params.toString(), { asked, collection });
    return { ...query, window: { offset: (page - 1) * limit, limit } };
  },
  list: ({ items, total, offset, limit }) => json(200, { data: items, meta: { total, offset, limit } }),
  item: (item, { action }) => json(action === 'create' ? 201 : 200, { data: item }),
  problem: ({ code, status, message }) => json(status, { error: { code, message } }),
};

export default { dialect: envelope };
