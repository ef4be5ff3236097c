import Router from '@koa/router';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Route } from '../../src/index.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const data = () => ({
  events: [{ id: 1, title: 'Fair' }],
  guests: [{ id: 1, eventId: 1, name: 'Ann' }],
  notes: [{ id: 1, guestId: 1, text: 'vegan' }],
  marks: [{ id: 1, noteId: 1, colour: 'red' }],
  settings: { theme: 'dark' },
  tags: ['a', 'b'],
});

const dialects = [
  'rest',
  'simple-rest',
  'json-server',
  'json-server-1',
  'jsonplaceholder',
  'django',
  'fastapi',
] as const;

/** A path of the row that leads to something. */
const pathOf = ({ path }: Route): string => path.replace(/:name/g, 'none').replace(/:\w+/g, '1');

const served = ({ method, path }: Route): boolean => method !== '*' && !path.endsWith('/changes');

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(dialects)('%s', (dialect) => {
  test('serves every route that it lists', async () => {
    const { standin, send } = await serve({ sources: data(), dialect, prefix: '/api', writes: 'fake' });
    const rows = standin.routes.filter(served);
    expect(rows.length).toBeGreaterThan(15);
    // For the control routes to find: a snapshot of that name, in a session of that name.
    for (const session of ['', '?session=none'])
      expect((await send(`/_standin/snapshots/none${session}`, { method: 'PUT' })).status).toBe(200);
    for (const row of rows) {
      const filter = row.filtered ? '?id=1' : '';
      const needsBody = row.kind === 'api' && ['POST', 'PUT', 'PATCH'].includes(row.method);
      const answer = await send(pathOf(row) + filter, {
        method: row.method,
        ...(needsBody ? { body: row.resource === 'tags' ? ['x'] : {} } : {}),
      });
      expect([404, 405], `${row.method} ${row.path}`).not.toContain(answer.status);
      expect(answer.status, `${row.method} ${row.path}`).toBeLessThan(500);
      expect(Object.keys(row.answers), `${row.method} ${row.path}`).toContain(String(answer.status));
    }
  });

  test('answers as its rows say, when an item is not there', async () => {
    const { standin, send } = await serve({ sources: data(), dialect });
    const rows = standin.routes.filter(({ kind, action, answers, path }) => {
      const isItem = path.replace(/\/$/, '').endsWith('/:id');
      return kind === 'api' && action !== undefined && 404 in answers && isItem;
    });
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const path = row.path.replace(/:id/, '99').replace(/:\w+/g, '1');
      const body = row.body ? { body: { title: 'x', name: 'x', text: 'x', colour: 'x', eventId: 1 } } : {};
      const { status } = await send(path, { method: row.method, ...body });
      const pretends = dialect === 'jsonplaceholder' && (row.action === 'update' || row.action === 'remove');
      expect(status, `${row.method} ${path}`).toBe(pretends ? 200 : 404);
    }
  });

  test('answers as its rows say, when a body breaks its schema', async () => {
    const schema = {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string', minLength: 2 } },
    };
    const { path } = folder({ 'events.json': data().events, 'schemas/events.schema.json': schema });
    const { standin, send } = await serve({ sources: path, dialect });
    for (const row of standin.routes.filter(({ body, filtered }) => body !== undefined && !filtered)) {
      const { status } = await send(pathOf(row), { method: row.method, body: { title: 'x' } });
      expect(status, row.name).toBeGreaterThanOrEqual(400);
      expect(row.answers[status], `${row.name} ${status}`).toBe('problem');
    }
  });

  test('says in Allow what its rows say', async () => {
    const { standin, send } = await serve({ sources: data(), dialect });
    for (const path of new Set(standin.routes.filter((row) => row.kind === 'api').map((row) => row.path))) {
      const rows = standin.routes.filter((row) => row.path === path && !row.filtered && served(row));
      if (rows.length === 0) continue;
      const { status, headers } = await send(pathOf(rows[0] as Route), { method: 'OPTIONS' });
      // FastAPI has no OPTIONS, and names the first verb only.
      if (status === 405) continue;
      const allow = (headers.allow ?? '').split(', ').filter((verb) => verb !== 'HEAD' && verb !== 'OPTIONS');
      expect(allow.sort(), path).toEqual(rows.map(({ method }) => method).sort());
    }
  });

  test('gives every route a name of its own', async () => {
    const { standin } = await serve({ sources: data(), dialect });
    const names = standin.routes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('serves nothing once the router knows no routes', async () => {
    const { standin, send } = await serve({ sources: data(), dialect });
    const rows = standin.routes.filter(served);
    vi.spyOn(Router.prototype, 'match').mockReturnValue({ path: [], pathAndMethod: [], route: false });
    for (const row of rows) expect((await send(pathOf(row))).status, row.path).toBe(404);
  });
});

test('names say what a route does, three collections deep', async () => {
  const { standin } = await serve({ sources: data() });
  const row = (name: string) => standin.routes.find((one) => one.name === name);
  expect(row('listEvents')).toMatchObject({
    method: 'GET',
    path: '/events',
    resource: 'events',
    action: 'list',
  });
  expect(row('createEventGuest')).toMatchObject({ method: 'POST', path: '/events/:eventId/guests' });
  expect(row('removeEventGuestNote')).toMatchObject({
    method: 'DELETE',
    path: '/events/:eventId/guests/:guestId/notes/:id',
  });
  expect(row('updateEvents')).toMatchObject({ method: 'PATCH', path: '/events', filtered: true });
  expect(row('readSettings')).toMatchObject({ path: '/settings', action: 'read' });
  expect(row('belowEvents')).toMatchObject({ method: '*', path: '/events/*' });
  expect(row('resetState')).toMatchObject({ method: 'POST', path: '/_standin/reset', kind: 'control' });
  expect(standin.routes.some(({ path }) => path.includes('marks') && path.startsWith('/events/'))).toBe(
    false,
  );
});

test('rows have the parameters that their queries may hold', async () => {
  const { standin } = await serve({ sources: data() });
  const namesOf = (name: string) =>
    standin.routes.find((one) => one.name === name)?.parameters.map((row) => row.name);
  expect(namesOf('listEventGuests')).toEqual(expect.arrayContaining(['{field}', '_sort', '_page', 'q']));
  expect(namesOf('readEventGuest')).toEqual(['_embed', '_fields']);
  expect(namesOf('readSettings')).toEqual(['_fields']);
  expect(namesOf('removeEvents')).toEqual(expect.arrayContaining(['{field}', '_where', 'q']));
  expect(namesOf('removeEvents')).not.toEqual(expect.arrayContaining(['_page']));
  expect(namesOf('createEvent')).toEqual([]);
  expect(namesOf('resetState')).toEqual([]);
});

test('what is deeper than the rows go is served by the same code', async () => {
  const { get, post } = await serve({ sources: data() });
  const path = '/events/1/guests/1/notes/1/marks';
  expect((await get(path)).json).toEqual(data().marks);
  expect((await get(`${path}/1`)).json).toEqual(data().marks[0]);
  expect((await get(`${path}/2`)).status).toBe(404);
  expect((await post(path, { colour: 'blue' })).json).toEqual({ id: 2, colour: 'blue', noteId: 1 });
});

test('two resources whose routes would have one name get numbers', async () => {
  const { standin } = await serve({ sources: { 'blog-posts': [{ id: 1 }], blogPosts: [{ id: 1 }] } });
  const names = standin.routes.filter(({ action }) => action === 'list').map(({ name }) => name);
  expect(names).toEqual(['listBlogPosts', 'listBlogPosts2']);
});

test('letters that mean something to a router are literal in a name', async () => {
  const names = ['a:b', 'c*', '(d)', 'e?', '{f}', 'g+', 'h!', 'ü', 'i j', "k'l", '[m]', 'n\\o', '%2F'];
  const { get } = await serve({ sources: Object.fromEntries(names.map((name) => [name, [{ id: 1 }]])) });
  for (const name of names) {
    expect((await get(`/${encodeURIComponent(name)}`)).json, name).toEqual([{ id: 1 }]);
    expect((await get(`/${encodeURIComponent(name)}/1`)).json, name).toEqual({ id: 1 });
  }
  expect((await get('/xy')).status).toBe(404);
});

test('without writes only reading is a route', async () => {
  const { standin } = await serve({ sources: data(), writes: 'off' });
  const methods = standin.routes.filter(({ kind }) => kind !== 'control').map(({ method }) => method);
  expect(new Set(methods)).toEqual(new Set(['GET', '*']));
});
