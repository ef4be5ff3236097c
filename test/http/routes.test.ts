import { expect, test } from 'vitest';
import { serve } from '../serve.ts';

const data = () => ({
  events: [
    { id: 1, name: 'Fair' },
    { id: 2, name: 'Race' },
  ],
  guests: [
    { id: 1, eventId: 1, name: 'Ada' },
    { id: 2, eventId: 2, name: 'Ben' },
  ],
  settings: { theme: 'dark' },
  colours: ['red', 'blue'],
});

const rows: [sentence: string, method: string, path: string, body: unknown, status: number][] = [
  ['a collection is listed', 'GET', '/events', undefined, 200],
  ['an item is created', 'POST', '/events', { name: 'Gala' }, 201],
  ['an item is read', 'GET', '/events/1', undefined, 200],
  ['an item that is not there is not found', 'GET', '/events/9', undefined, 404],
  ['an item is replaced', 'PUT', '/events/1', { name: 'Gala' }, 200],
  ['an item is changed', 'PATCH', '/events/1', { name: 'Gala' }, 200],
  ['an item is deleted', 'DELETE', '/events/1', undefined, 204],
];

test.each(rows)('%s', async (_sentence, method, path, body, status) => {
  const { send } = await serve({ sources: data() });
  expect((await send(path, { method, body })).status).toBe(status);
});
