import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { createStandin } from '../../src/standin.ts';
import { serve } from '../serve.ts';

const relationsOf = async (options: Options): Promise<string[]> => {
  const { model } = await createStandin({ ...options, watch: false });
  return model.relations.map(
    ({ child, field, parent, many }) => `${child}.${field} ${many ? '=>' : '->'} ${parent}`,
  );
};

describe('a foreign key is told by its spelling', () => {
  const rows: [field: string, collections: string[], relation: string | undefined][] = [
    ['eventId', ['events'], 'guests.eventId -> events'],
    ['event_id', ['events'], 'guests.event_id -> events'],
    ['eventID', ['events'], 'guests.eventID -> events'],
    ['eventsId', ['events'], 'guests.eventsId -> events'],
    ['eventId', ['event'], 'guests.eventId -> event'],
    ['personId', ['people'], 'guests.personId -> people'],
    ['childId', ['children'], 'guests.childId -> children'],
    ['categoryId', ['categories'], 'guests.categoryId -> categories'],
    ['statusId', ['statuses'], 'guests.statusId -> statuses'],
    ['boxId', ['boxes'], 'guests.boxId -> boxes'],
    ['mouse_id', ['mice'], 'guests.mouse_id -> mice'],
    ['newsId', ['news'], 'guests.newsId -> news'],
    ['blogPostId', ['blogPosts'], 'guests.blogPostId -> blogPosts'],
    ['blogPostId', ['blog-posts'], 'guests.blogPostId -> blog-posts'],
    ['blog_post_id', ['blog_posts'], 'guests.blog_post_id -> blog_posts'],
    ['blog_post_id', ['BlogPosts'], 'guests.blog_post_id -> BlogPosts'],
    ['tagIds', ['tags'], 'guests.tagIds => tags'],
    ['tag_ids', ['tags'], 'guests.tag_ids => tags'],
    ['constructorId', ['events'], undefined],
    ['__proto__Id', ['events'], undefined],
    ['Id', ['events'], undefined],
    ['_id', ['events'], undefined],
    ['paid', ['pa'], undefined],
    ['valid', ['vals', 'val'], undefined],
    ['eventId', ['venues'], undefined],
    ['eventid', ['events'], undefined],
  ];
  test.each(rows)('%s beside %j', async (field, collections, relation) => {
    const sources = {
      ...Object.fromEntries(collections.map((name) => [name, [{ id: 1 }]])),
      guests: [{ id: 1, [field]: 1 }],
    };
    expect(await relationsOf({ sources })).toEqual(relation === undefined ? [] : [relation]);
  });

  test('parentId points at the same collection, unless there are parents', async () => {
    const folders = [{ id: 1, parentId: null }];
    expect(await relationsOf({ sources: { folders } })).toEqual(['folders.parentId -> folders']);
    expect(await relationsOf({ sources: { folders, parents: [] } })).toEqual(['folders.parentId -> parents']);
  });

  test('a key in one item of many is enough', async () => {
    const guests = [{ id: 1 }, { id: 2, eventId: 1 }];
    expect(await relationsOf({ sources: { events: [], guests } })).toEqual(['guests.eventId -> events']);
  });

  test('the id of the collection itself is no foreign key', async () => {
    const sources = { events: [{ eventId: 1 }], guests: [{ id: 1, eventId: 1 }] };
    const options = { sources, resources: { events: { id: 'eventId' } } };
    expect(await relationsOf(options)).toEqual(['guests.eventId -> events']);
  });

  const own: [field: string, collection: string, relation: string | undefined][] = [
    ['order_id', 'orders', undefined],
    ['orderId', 'orders', undefined],
    ['orderID', 'Orders', undefined],
    ['personId', 'people', undefined],
    ['blog_post_id', 'blogPosts', undefined],
    ['parentId', 'parents', undefined],
    ['eventId', 'event', undefined],
    ['orderIds', 'orders', 'orders.orderIds => orders'],
    ['parentId', 'orders', 'orders.parentId -> orders'],
  ];
  test.each(own)('%s of %s points at the same collection only as %s', async (field, collection, relation) => {
    const sources = { [collection]: [{ id: 1, [field]: 2 }] };
    expect(await relationsOf({ sources })).toEqual(relation === undefined ? [] : [relation]);
  });

  test('a field named after its own collection points there when the config says so', async () => {
    const sources = { orders: [{ id: 1, order_id: 2 }] };
    expect(await relationsOf({ sources, relations: { 'orders.order_id': 'orders' } })).toEqual([
      'orders.order_id -> orders',
    ]);
  });

  test('a singleton has no children', async () => {
    expect(await relationsOf({ sources: { event: { id: 1 }, guests: [{ id: 1, eventId: 1 }] } })).toEqual([]);
  });
});

describe('two keys to one parent', () => {
  const sources = () => ({
    users: [{ id: 1 }, { id: 2 }],
    mails: [{ id: 1, senderId: 1, userId: 2, receiverId: 2 }],
  });

  test('only the spelling that names the parent is inferred', async () => {
    expect(await relationsOf({ sources: sources() })).toEqual(['mails.userId -> users']);
  });

  test('declared, the first declared names the nested route', async () => {
    const relations = { 'mails.receiverId': 'users', 'mails.senderId': 'users' };
    const { get } = await serve({ sources: sources(), relations });
    const nested = async (id: number) => ((await get(`/users/${id}/mails`)).json as unknown[]).length;
    expect([await nested(1), await nested(2)]).toEqual([0, 1]);
    expect((await get('/mails?senderId=1')).json).toHaveLength(1);
  });

  test('by two spellings, the first in the items does', async () => {
    const { get } = await serve({
      sources: { users: [{ id: 1 }, { id: 2 }], mails: [{ id: 1, user_id: 1, userId: 2 }] },
    });
    expect((await get('/users/1/mails')).json).toHaveLength(1);
    expect((await get('/users/2/mails')).json).toHaveLength(0);
  });
});

describe('the config', () => {
  const sources = () => ({ countries: [{ id: 'no' }], profiles: [{ id: 1, home: 'no', countryId: 'no' }] });

  test('declares what no spelling gives away', async () => {
    const relations = { 'profiles.home': 'countries' };
    expect(await relationsOf({ sources: sources(), relations })).toEqual([
      'profiles.home -> countries',
      'profiles.countryId -> countries',
    ]);
    const { get, post } = await serve({ sources: sources(), relations });
    expect((await get('/countries/no/profiles')).json).toHaveLength(1);
    expect((await post('/countries/no/profiles', {})).json).toEqual({ id: 2, home: 'no' });
  });

  test('declares for a field that no item has yet', async () => {
    const relations = { 'profiles.birthplace': 'countries' };
    expect(await relationsOf({ sources: sources(), relations })).toContain(
      'profiles.birthplace -> countries',
    );
  });

  test('switches an inferred one off with null', async () => {
    expect(await relationsOf({ sources: sources(), relations: { 'profiles.countryId': null } })).toEqual([]);
  });

  const faults: [path: string, to: unknown, message: string, hint: string][] = [
    ['profile.home', 'countries', "no collection 'profile'", "Did you mean 'profiles'?"],
    ['profiles.home', 'countrys', "no collection 'countrys'", "Did you mean 'countries'?"],
    ['profiles', 'countries', 'relations.profiles: expected "<collection>.<field>"', ''],
    ['profiles.home', 'xylophones', "no collection 'xylophones'", 'There is: countries, profiles.'],
    ['profiles.home', { to: 'countries', onDelete: 'explode' }, "got 'explode'", ''],
  ];
  test.each(faults)('%s to %j is refused', async (path, to, message, hint) => {
    const made = createStandin({ sources: sources(), relations: { [path]: to as string } });
    await expect(made).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining(message),
    });
    if (hint !== '')
      await expect(made).rejects.toMatchObject({ facts: { hint: expect.stringContaining(hint) } });
  });

  const strangers: [key: string, options: Options, hint: string][] = [
    ['resources', { resources: { profile: { id: 'x' } } }, "Did you mean 'profiles'?"],
    ['unique', { unique: { profile: ['home'] } }, "Did you mean 'profiles'?"],
    ['a setting', { resources: { profiles: { serach: ['x'] } as never } }, "Did you mean 'search'?"],
    ['an option', { sourses: 1 } as never, "Did you mean 'sources'?"],
    ['a dialect', { dialect: 'rset' }, "Did you mean 'rest'?"],
  ];
  test.each(strangers)('%s that is not known names the nearest', async (_key, options, hint) => {
    await expect(createStandin({ sources: sources(), ...options })).rejects.toMatchObject({
      code: 'bad-option',
      facts: { hint: expect.stringContaining(hint) },
    });
  });

  const values: [options: object, message: string][] = [
    [{ port: '80' }, "option 'port' takes a whole number, got '80'"],
    [{ port: 70_000 }, "option 'port' takes 0 to 65535, got 70000"],
    [{ writes: 'maybe' }, "option 'writes' takes memory, fake, file or off, got 'maybe'"],
    [{ strict: 'yes' }, "option 'strict' takes true or false, got 'yes'"],
    [{ allowHost: 'a' }, "option 'allowHost' takes a list of texts, got 'a'"],
    [{ relations: [] }, "option 'relations' takes an object, got []"],
    [{ prefix: 'api' }, "option 'prefix' takes a path such as /api that is not /_standin, got 'api'"],
    [{ prefix: '/api/' }, "option 'prefix' takes a path such as /api that is not /_standin, got '/api/'"],
  ];
  test.each(values)('%j is refused', async (options, message) => {
    await expect(createStandin({ sources: sources(), ...options })).rejects.toThrow(message);
  });
});
