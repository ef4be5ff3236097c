import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { command } from '../command.ts';
import { folder } from '../folder.ts';
import { blocks, links, page, ROOT, table } from './markdown.ts';

const config = page('docs/config.md');
const [shown = ''] = blocks(config, 'json');
const [middleware = ''] = blocks(config, 'js');
const [, routes = ''] = /does: `(\{.*\})`/.exec(config) ?? [];

const fixtures = {
  'fixtures/users.json': [
    { id: 1, mail: 'ann@example.org' },
    { id: 2, mail: 'bob@example.org' },
  ],
  'fixtures/posts.json': [
    { id: 1, title: 'A', slug: 'a', ownerId: 1, reviewer: 2, day: 1, batchId: 5 },
    { id: 2, title: 'B', slug: 'b', ownerId: 2, reviewer: 1, day: 2, batchId: 5 },
  ],
  'fixtures/countries.json': [{ code: 'no', name: 'Norway' }],
  'fixtures/batches.json': [{ id: 5 }],
};

test('the config that is shown does what the page says of it', async () => {
  const { path } = folder({ ...fixtures, 'standin.config.json': shown, 'routes.json': routes });
  const { get, post, del } = await command([], { cwd: path });
  expect((await get('/posts?_fields=id')).json).toEqual([{ id: 2 }, { id: 1 }]);
  expect((await get('/posts?_limit=101')).status).toBe(400);
  expect((await get('/countries/no')).status).toBe(200);
  expect((await get('/batches/5/posts')).status).toBe(404);
  expect((await get('/mine/2')).json).toMatchObject([{ id: 2 }]);
  expect((await get('/api/posts/1?_embed=owner')).json).toMatchObject({ owner: { id: 1 } });
  expect((await post('/posts', { slug: 'c', ownerId: 1, day: 1 })).status).toBe(409);
  expect((await post('/posts', { slug: 'a', ownerId: 1, day: 3 })).status).toBe(409);
  expect((await post('/users', [{ mail: null }, { mail: null }, {}])).status).toBe(201);
  expect((await post('/posts', { slug: 'c', reviewer: 9 })).status).toBe(422);
  expect((await del('/users/2')).status).toBe(204);
  expect((await get('/posts')).json).toMatchObject([{ id: 1, reviewer: 2 }]);
});

test.each(table(config, '`onDelete`').map(([rule = '']) => rule.replaceAll(/[`"]/g, '')))(
  'a delete with onDelete %s',
  async (onDelete) => {
    const relations = { 'posts.ownerId': { to: 'users', onDelete } };
    const given = { sources: 'fixtures', relations };
    const { path } = folder({ ...fixtures, 'standin.config.json': given });
    const { get, del } = await command([], { cwd: path });
    const { status } = await del('/users/1');
    const left = (await get('/posts?_fields=id,ownerId')).json;
    const other = { id: 2, ownerId: 2 };
    expect({ status, left }).toEqual(
      {
        keep: { status: 204, left: [{ id: 1, ownerId: 1 }, other] },
        nullify: { status: 204, left: [{ id: 1, ownerId: null }, other] },
        cascade: { status: 204, left: [other] },
        restrict: { status: 409, left: [{ id: 1, ownerId: 1 }, other] },
      }[onDelete],
    );
  },
);

test('the middleware that is shown runs before the routes, and not below /_standin', async () => {
  const { path } = folder({ ...fixtures, 'standin.config.mjs': middleware });
  const { get } = await command([], { cwd: path });
  const { status, json } = await get('/users');
  expect([status, json]).toMatchObject([401, { message: 'log in first' }]);
  expect((await get('/users', { Authorization: 'Bearer demo' })).status).toBe(200);
  expect((await get('/_standin/db')).status).toBe(200);
});

test('its links lead somewhere', () => {
  expect(links(config).filter((target) => !existsSync(`${ROOT}docs/${target}`))).toEqual([]);
});
