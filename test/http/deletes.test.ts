import { expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { serve } from '../serve.ts';

/** Posts that list tags, and belong to a user; what points at both in every spelling. */
const sources = () => ({
  users: [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Ben' },
  ],
  tags: [{ id: 1 }, { id: 2 }],
  posts: [
    { id: 1, userId: 1, tagIds: [1, 2] },
    { id: 2, userId: 2, tagIds: [1] },
    { id: 3, userId: 2, tagIds: [] },
  ],
  comments: [
    { id: 1, postId: 1 },
    { id: 2, postId: 2 },
  ],
});

interface Row {
  readonly sentence: string;
  readonly dialect: string;
  readonly sources?: Record<string, unknown>;
  readonly relations?: Options['relations'];
  readonly path: string;
  /** What is there afterwards, by resource. */
  readonly after: Record<string, unknown>;
}

const lists = sources().posts;
const texts = {
  events: [{ id: 'a' }, { id: 'b' }],
  guests: [
    { id: 'g', eventId: 'a' },
    { id: 'h', eventId: 'b' },
    { id: 'i', eventId: null },
  ],
  badges: [{ id: 'x', guestId: 'g' }],
};

const rows: readonly Row[] = [
  {
    sentence: 'an id in a list is no key',
    dialect: 'json-server',
    path: '/tags/1',
    after: { posts: lists, tags: [{ id: 2 }] },
  },
  {
    sentence: 'a list under the name of a key is no key either',
    dialect: 'json-server',
    sources: { tags: [{ id: 1 }, { id: 2 }], posts: [{ id: 1, tagId: [1, 2] }] },
    path: '/tags/1',
    after: { posts: [{ id: 1, tagId: [1, 2] }] },
  },
  {
    sentence: 'children go, and theirs with them',
    dialect: 'json-server',
    path: '/users/1',
    after: { posts: lists.slice(1), comments: [{ id: 2, postId: 2 }] },
  },
  {
    sentence: 'a key that led nowhere before is no child of what is deleted',
    dialect: 'json-server',
    sources: {
      users: [{ id: 1 }],
      posts: [
        { id: 1, userId: 9 },
        { id: 2, userId: null },
        { id: 3, userId: 1 },
      ],
    },
    path: '/users/1',
    after: {
      posts: [
        { id: 1, userId: 9 },
        { id: 2, userId: null },
      ],
    },
  },
  {
    sentence: 'a key and an id are compared as text',
    dialect: 'json-server',
    sources: {
      users: [{ id: 1 }],
      posts: [
        { id: 1, userId: '1' },
        { id: 2, userId: '01' },
      ],
    },
    path: '/users/1',
    after: { posts: [{ id: 2, userId: '01' }] },
  },
  {
    sentence: 'an irregular plural has its key',
    dialect: 'json-server',
    sources: { people: [{ id: 1 }], pets: [{ id: 1, personId: 1 }] },
    path: '/people/1',
    after: { pets: [] },
  },
  ...['user_id', 'userID', 'parentId', 'ownerId'].map(
    (field): Row => ({
      sentence: `${field} is no key of users`,
      dialect: 'json-server',
      sources: { users: [{ id: 1, [field]: 2 }, { id: 2 }], posts: [{ id: 1, [field]: 2 }] },
      path: '/users/2',
      after: { users: [{ id: 1, [field]: 2 }], posts: [{ id: 1, [field]: 2 }] },
    }),
  ),
  {
    sentence: 'the config may say what happens to any key',
    dialect: 'json-server',
    sources: { users: [{ id: 1 }], posts: [{ id: 1, ownerId: 1 }] },
    relations: { 'posts.ownerId': { to: 'users', onDelete: 'cascade' } },
    path: '/users/1',
    after: { posts: [] },
  },
  {
    sentence: 'a text key of a text id becomes null, and no other does',
    dialect: 'json-server-1',
    sources: texts,
    path: '/events/a',
    after: {
      guests: [
        { id: 'g', eventId: null },
        { id: 'h', eventId: 'b' },
        { id: 'i', eventId: null },
      ],
    },
  },
  {
    sentence: '_dependent takes the children along, and nothing of theirs',
    dialect: 'json-server-1',
    sources: texts,
    path: '/events/a?_dependent=guests',
    after: {
      guests: [
        { id: 'h', eventId: 'b' },
        { id: 'i', eventId: null },
      ],
      badges: texts.badges,
    },
  },
  {
    sentence: '_dependent of something else changes keys as ever',
    dialect: 'json-server-1',
    sources: texts,
    path: '/guests/g?_dependent=events&_dependent=nothing',
    after: { badges: [{ id: 'x', guestId: null }], events: texts.events },
  },
  {
    sentence: 'ids are text: a number is no key',
    dialect: 'json-server-1',
    path: '/users/1?_dependent=posts',
    after: { posts: lists },
  },
  {
    sentence: 'a text is the key of an id that the file has as a number',
    dialect: 'json-server-1',
    sources: {
      users: [{ id: 1 }],
      posts: [
        { id: 1, userId: '1' },
        { id: 2, userId: 1 },
      ],
    },
    path: '/users/1',
    after: {
      posts: [
        { id: 1, userId: null },
        { id: 2, userId: 1 },
      ],
    },
  },
  {
    sentence: 'an id in a list is no key',
    dialect: 'json-server-1',
    sources: { tags: [{ id: 'a' }], posts: [{ id: 'p', tagIds: ['a'], tagId: ['a'] }] },
    path: '/tags/a?_dependent=posts',
    after: { posts: [{ id: 'p', tagIds: ['a'], tagId: ['a'] }] },
  },
  ...['user_id', 'ownerId'].map(
    (field): Row => ({
      sentence: `${field} is no key of users`,
      dialect: 'json-server-1',
      sources: { users: [{ id: 'u' }], posts: [{ id: 'p', [field]: 'u' }] },
      path: '/users/u',
      after: { posts: [{ id: 'p', [field]: 'u' }] },
    }),
  ),
  {
    sentence: 'many to many loses the link',
    dialect: 'django',
    path: '/tags/1/',
    after: {
      posts: [
        { id: 1, userId: 1, tagIds: [2] },
        { id: 2, userId: 2, tagIds: [] },
        { id: 3, userId: 2, tagIds: [] },
      ],
    },
  },
  {
    sentence: 'many to many loses the link, by text as well as by number',
    dialect: 'django',
    sources: { tags: [{ id: 1 }, { id: 2 }], posts: [{ id: 1, tag_ids: ['1', 2, 1] }] },
    path: '/tags/1/',
    after: { posts: [{ id: 1, tag_ids: [2] }] },
  },
  {
    sentence: 'one to many goes along',
    dialect: 'django',
    path: '/users/2/',
    after: { posts: lists.slice(0, 1), comments: [{ id: 1, postId: 1 }] },
  },
  ...['rest', 'fastapi'].map(
    (dialect): Row => ({
      sentence: 'what points at a deleted item stays as it is',
      dialect,
      path: '/tags/1',
      after: { posts: lists },
    }),
  ),
  {
    sentence: 'a cascade reaches no item that only lists the id',
    dialect: 'rest',
    relations: { 'posts.tagIds': { to: 'tags', onDelete: 'cascade' } },
    path: '/tags/1',
    after: {
      posts: [
        { id: 1, userId: 1, tagIds: [2] },
        { id: 2, userId: 2, tagIds: [] },
        { id: 3, userId: 2, tagIds: [] },
      ],
    },
  },
  ...['json-server', 'json-server-1', 'django', 'rest'].map(
    (dialect): Row => ({
      sentence: "an order's own number is no key of another order",
      dialect,
      sources: {
        orders: [
          { id: '1', order_id: '2', orderId: '2' },
          { id: '2', order_id: '1', orderId: '1' },
        ],
      },
      path: dialect === 'django' ? '/orders/2/' : '/orders/2?_dependent=orders',
      after: { orders: [{ id: '1', order_id: '2', orderId: '2' }] },
    }),
  ),
];

test.each(rows)('$dialect: $sentence (DELETE $path)', async ({ dialect, relations, path, after, ...row }) => {
  const { del, get } = await serve({
    sources: row.sources ?? sources(),
    dialect,
    writes: 'memory',
    ...(relations ? { relations } : {}),
  });
  const answer = await del(path);
  expect(answer.status).toBe(dialect.startsWith('json-server') ? 200 : 204);
  const state = (await get('/_standin/db')).json as Record<string, unknown>;
  for (const name of Object.keys(after)) expect(state[name], name).toEqual(after[name]);
});
