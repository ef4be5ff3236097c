import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const data = {
  posts: Array.from({ length: 25 }, (_, i) => ({
    id: i + 1,
    title: `Post ${String.fromCharCode(65 + ((i * 7) % 25))}`,
    views: (i * 13) % 50,
    category: { id: (i % 3) + 1 },
    authorId: (i % 4) + 1,
  })),
  authors: Array.from({ length: 4 }, (_, i) => ({ id: i + 1, name: `Author ${i + 1}` })),
};

interface Post {
  readonly id: number;
  readonly title: string;
  readonly views: number;
  readonly authorId: number;
}

/** Flattens a nested filter as react-admin does: `{ author: { name } }` becomes `author.name`. */
const flat = (filter: object, path = ''): [string, string][] =>
  Object.entries(filter).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${path}${name}.`)
      : [[path + name, String(value)]],
  );

/** What the react-admin data provider for json-server sends and reads. */
function reactAdmin({ get, post, put, del }: Awaited<ReturnType<typeof serve>>) {
  const query = (pairs: [string, string][]) => new URLSearchParams(pairs).toString();
  const getList = async (
    resource: string,
    page: number,
    perPage: number,
    sort: string,
    order: string,
    filter = {},
  ) => {
    const pairs: [string, string][] = [
      ...flat(filter),
      ['_sort', sort],
      ['_order', order],
      ['_start', String((page - 1) * perPage)],
      ['_end', String(page * perPage)],
    ];
    const { json, headers } = await get(`/${resource}?${query(pairs)}`);
    if (headers['x-total-count'] === undefined) throw new Error('X-Total-Count is missing');
    return { data: json as Post[], total: Number(headers['x-total-count'].split('/').pop()) };
  };
  return {
    getList,
    getOne: async (resource: string, id: unknown) => (await get(`/${resource}/${id}`)).json,
    getMany: async (resource: string, ids: unknown[]) =>
      (await get(`/${resource}?${query(ids.map((id) => ['id', String(id)]))}`)).json as Post[],
    getManyReference: (resource: string, target: string, id: unknown) =>
      getList(resource, 1, 25, 'id', 'DESC', { [target]: id }),
    create: async (resource: string, body: object) => (await post(`/${resource}`, body)).json,
    update: async (resource: string, id: unknown, body: object) =>
      (await put(`/${resource}/${id}`, body)).json,
    delete: async (resource: string, id: unknown) => (await del(`/${resource}/${id}`)).status,
  };
}

describe('react-admin, by its data provider for json-server', () => {
  test('pages, sorts and counts', async () => {
    const admin = reactAdmin(await serve({ sources: [data] }));
    const { data: posts, total } = await admin.getList('posts', 3, 10, 'title', 'ASC');
    expect(total).toBe(25);
    expect(posts.map(({ title }) => title)).toEqual(['Post U', 'Post V', 'Post W', 'Post X', 'Post Y']);
    const { data: down } = await admin.getList('posts', 1, 3, 'views', 'DESC');
    expect(down.map(({ views }) => views)).toEqual(
      [49, 48, 47].map((_, i) => [...data.posts].sort((a, b) => b.views - a.views)[i]?.views),
    );
  });

  test('filters, on nested fields, relations and all text', async () => {
    const admin = reactAdmin(await serve({ sources: [data] }));
    expect((await admin.getList('posts', 1, 5, 'id', 'ASC', { category: { id: 2 } })).total).toBe(8);
    expect((await admin.getList('posts', 1, 5, 'id', 'ASC', { author: { name: 'Author 4' } })).total).toBe(6);
    expect((await admin.getList('posts', 1, 5, 'id', 'ASC', { q: 'post c' })).data).toHaveLength(1);
    expect(
      (await admin.getList('posts', 1, 5, 'id', 'ASC', { views_gte: 40, views_lte: 45 })).data.every(
        ({ views }) => views >= 40 && views <= 45,
      ),
    ).toBe(true);
  });

  test('reads many, references, and writes', async () => {
    const admin = reactAdmin(await serve({ sources: [data] }));
    expect((await admin.getMany('posts', [3, 9, 400])).map(({ id }) => id)).toEqual([3, 9]);
    expect((await admin.getManyReference('posts', 'authorId', 2)).data.map(({ id }) => id)).toEqual([
      22, 18, 14, 10, 6, 2,
    ]);
    expect(await admin.create('posts', { title: 'New' })).toEqual({ id: 26, title: 'New' });
    expect(await admin.update('posts', 26, { id: 26, title: 'Newer' })).toEqual({ id: 26, title: 'Newer' });
    expect(await admin.getOne('posts', 26)).toEqual({ id: 26, title: 'Newer' });
    expect(await admin.delete('posts', 26)).toBe(204);
    expect((await admin.getList('posts', 1, 5, 'id', 'ASC')).total).toBe(25);
  });
});

/** Filters as refine's simple REST provider writes them: `eq` bare, `contains` as `_like`. */
const refineNames: Readonly<Record<string, string>> = {
  eq: '',
  ne: '_ne',
  gte: '_gte',
  lte: '_lte',
  contains: '_like',
};

interface RefineFilter {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

/** What refine's simple REST provider sends and reads. */
function refine({ get, patch }: Awaited<ReturnType<typeof serve>>) {
  return {
    getList: async (
      current: number,
      pageSize: number,
      sorters: { field: string; order: string }[],
      filters: RefineFilter[],
    ) => {
      const words = new URLSearchParams();
      words.set('_start', String((current - 1) * pageSize));
      words.set('_end', String(current * pageSize));
      if (sorters.length > 0) {
        words.set('_sort', sorters.map(({ field }) => field).join(','));
        words.set('_order', sorters.map(({ order }) => order).join(','));
      }
      for (const { field, operator, value } of filters) {
        words.append(field === 'q' ? field : `${field}${refineNames[operator]}`, String(value));
      }
      const { json, headers } = await get(`/posts?${words}`);
      return { data: json as Post[], total: Number(headers['x-total-count']) };
    },
    getMany: async (ids: number[]) =>
      (await get(`/posts?${ids.map((id) => `id=${id}`).join('&')}`)).json as Post[],
    update: async (id: number, body: object) => (await patch(`/posts/${id}`, body)).json,
  };
}

describe('refine, by its simple REST provider', () => {
  const filters: [RefineFilter, (post: Post) => boolean][] = [
    [{ field: 'authorId', operator: 'eq', value: 3 }, ({ authorId }) => authorId === 3],
    [{ field: 'authorId', operator: 'ne', value: 3 }, ({ authorId }) => authorId !== 3],
    [{ field: 'views', operator: 'gte', value: 30 }, ({ views }) => views >= 30],
    [{ field: 'views', operator: 'lte', value: 30 }, ({ views }) => views <= 30],
    [{ field: 'title', operator: 'contains', value: 'ST B' }, ({ title }) => title === 'Post B'],
    [{ field: 'q', operator: 'eq', value: 'post d' }, ({ title }) => title === 'Post D'],
  ];
  test.each(filters)('filters by %o', async (filter, passes) => {
    const { getList } = refine(await serve({ sources: [data] }));
    const { data: posts, total } = await getList(1, 100, [], [filter]);
    expect(posts).toEqual(data.posts.filter(passes));
    expect(total).toBe(posts.length);
  });

  test('sorts by several fields, pages, reads many and updates', async () => {
    const { getList, getMany, update } = refine(await serve({ sources: [data] }));
    const sorters = [
      { field: 'authorId', order: 'desc' },
      { field: 'id', order: 'asc' },
    ];
    const { data: posts, total } = await getList(2, 4, sorters, []);
    expect([posts.map(({ id }) => id), total]).toEqual([[20, 24, 3, 7], 25]);
    expect((await getMany([5, 1])).map(({ id }) => id)).toEqual([1, 5]);
    expect(await update(5, { title: 'Changed' })).toEqual({ ...data.posts[4], title: 'Changed' });
  });
});
