import refineProvider from '@refinedev/simple-rest';
import { expect, test } from 'vitest';
import { serve } from '../serve.ts';

const sources = {
  books: Array.from({ length: 12 }, (_, i) => ({ id: i + 1, title: `Book ${i + 1}`, pages: 100 + i })),
};

test('the provider simple-rest of refine reads and writes', async () => {
  const { url, standin } = await serve({ sources });
  const provider = refineProvider(url);
  const resource = 'books';
  const page = await provider.getList({
    resource,
    pagination: { currentPage: 2, pageSize: 3 },
    sorters: [{ field: 'pages', order: 'desc' }],
    filters: [{ field: 'pages', operator: 'gte', value: 104 }],
  });
  expect([page.data.map(({ id }) => id), page.total]).toEqual([[9, 8, 7], 8]);
  expect((await provider.getMany?.({ resource, ids: [2, 4] }))?.data).toHaveLength(2);
  expect((await provider.getOne({ resource, id: 5 })).data).toMatchObject({ title: 'Book 5' });
  const { data: made } = await provider.create({ resource, variables: { title: 'New', pages: 1 } });
  const id = made.id as number;
  const changed = await provider.update({ resource, id, variables: { pages: 2 } });
  expect(changed.data).toEqual({ id, title: 'New', pages: 2 });
  await provider.deleteOne({ resource, id });
  expect(standin.count('books')).toBe(12);
});

test('a refusal has the sentence that refine shows', async () => {
  const { url } = await serve({ sources });
  await expect(refineProvider(url).getOne({ resource: 'books', id: 99 })).rejects.toMatchObject({
    statusCode: 404,
    message: "books has no item with the id '99'",
  });
});
