import { Problem, readQuery, rest } from 'standin';

const json = (status, body) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

function page(name, text) {
  const number = text === null ? undefined : Number(text);
  if (number === undefined || (Number.isInteger(number) && number > 0)) return number;
  throw new Problem('bad-parameter', `${name} takes a number from 1, got '${text}'`, { parameter: name });
}

/** Answers like a backend that wraps everything in an envelope, and counts pages by `page` and `per`. */
export const envelope = {
  ...rest,
  name: 'envelope',
  conventions: { paths: { nested: { depth: 1 } }, writes: { put: 'merge', onDelete: 'cascade' } },
  listQuery(asked, collection) {
    const params = new URLSearchParams(asked.query);
    const limit = page('per', params.get('per')) ?? 10;
    const offset = ((page('page', params.get('page')) ?? 1) - 1) * limit;
    for (const name of ['page', 'per']) params.delete(name);
    const { where, sort } = readQuery(params.toString(), { asked, collection });
    return { ...(where && { where }), ...(sort && { sort }), window: { offset, limit } };
  },
  itemQuery: () => ({}),
  list: ({ items, total, offset, limit }) => json(200, { data: items, meta: { total, offset, limit } }),
  item: (item, { action }) => json(action === 'create' ? 201 : 200, { data: item }),
  removed: (item) => json(200, { data: item }),
  root: (model) => json(200, { data: [...model.resources.keys()] }),
  problem: ({ code, status, message, facts }) =>
    json(status, {
      error: { code, message, fields: facts.violations?.map(({ path, message }) => ({ path, message })) },
    }),
};

export default { dialect: envelope };
