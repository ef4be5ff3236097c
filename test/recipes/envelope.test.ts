import { expect, test } from 'vitest';
import { type Dialect, rest } from '../../src/index.ts';
import { command } from '../command.ts';
import { ROOT } from '../docs/markdown.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const RECIPE = `${ROOT}test/recipes/envelope.mjs`;
const events = [
  { id: 1, title: 'Seed swap' },
  { id: 2, title: 'Lantern night' },
  { id: 3, title: 'Repair café' },
];

const load = async (): Promise<Dialect> => ((await import(RECIPE)) as { envelope: Dialect }).envelope;

test('a dialect of your own wraps what it answers', async () => {
  const { get, post, del } = await serve({ sources: { events }, dialect: await load() });
  expect((await get('/events?per=2&page=2')).json).toEqual({
    data: [events[2]],
    meta: { total: 3, offset: 2, limit: 2 },
  });
  expect((await get('/events?title=Seed+swap')).json).toMatchObject({ data: [events[0]] });
  expect((await get('/events/2')).json).toEqual({ data: events[1] });
  const made = await post('/events', { data: { title: 'Kite day' } });
  expect([made.status, made.json]).toEqual([201, { data: { id: 4, title: 'Kite day' } }]);
  expect((await del('/events/2')).status).toBe(204);
});

test('and has its own form of a refusal', async () => {
  const { get } = await serve({ sources: { events }, dialect: await load() });
  expect((await get('/events/9')).json).toMatchObject({ error: { code: 'not-found' } });
  const { status, json } = await get('/events?page=0');
  expect([status, json]).toEqual([
    400,
    { error: { code: 'bad-parameter', message: "page takes a number from 1, got '0'" } },
  ]);
});

test('a config brings it to the command', async () => {
  const { path } = folder({ 'fixtures/events.json': events });
  const { get } = await command([`${path}/fixtures`, '--config', RECIPE]);
  expect((await get('/events/2')).json).toEqual({ data: events[1] });
});

test('a dialect may be rest with one thing changed', async () => {
  const gone: Dialect = {
    ...rest,
    name: 'gone',
    removed: () => ({ status: 200, headers: {}, body: 'gone' }),
  };
  const { del } = await serve({ sources: { events }, dialect: gone });
  expect((await del('/events/2')).body).toBe('gone');
});

test('what a dialect lacks is named', async () => {
  await expect(serve({ sources: { events }, dialect: { name: 'empty' } })).rejects.toThrow(
    "option 'dialect' lacks listQuery, itemQuery, list, item, removed, problem",
  );
});
