import { expect, test } from 'vitest';
import { serve } from '../serve.ts';

const sources = [
  {
    boats: [
      { id: 1, name: '^Sea.*' },
      { id: 2, name: 'Sea' },
    ],
  },
];

test.each([
  ['like is literal: no anchor, no wildcard', '/boats?name_like=%5Esea', [1]],
  ['like takes a dot as a dot', '/boats?name:like=.*', [1]],
])('%s', async (_words, path, ids) => {
  const api = await serve({ sources });
  expect((await api.get(path)).json).toMatchObject(ids.map((id) => ({ id })));
});

test.each(['is', 'isNot', 'same'])("'%s' is no operator of this grammar", async (word) => {
  const api = await serve({ sources });
  expect((await api.get(`/boats?name:${word}=Sea`)).status).toBe(400);
});
