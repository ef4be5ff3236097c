import { expect } from 'vitest';
import { lima, withoutId } from './atlas.ts';
import type { Api, Case } from './contract.ts';

const iquique = { name: 'Iquique', code: 'IQQ', people: 191, countryId: 1 };
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** A write that is refused as the client's fault, and leaves everything as it was. */
export async function refused({ ask, state }: Api, ...asking: Parameters<Api['ask']>): Promise<string> {
  const before = await state();
  const { status, body } = await ask(...asking);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(await state()).toEqual(before);
  return body;
}

/** A write that is done; the item that the answer shows. */
export async function done(
  { ask }: Api,
  ...asking: Parameters<Api['ask']>
): Promise<Record<string, unknown>> {
  const { status, json } = await ask(...asking);
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(300);
  return json as Record<string, unknown>;
}

/** What is written, and what is left alone. */
export const writing: readonly Case[] = [
  {
    name: 'what is created is read back',
    async run(api) {
      const { id, ...item } = await done(api, 'POST', ['cities'], iquique);
      expect(item).toMatchObject(iquique);
      expect((await api.ask('GET', ['cities', id as number])).json).toMatchObject({ id, ...iquique });
    },
  },
  {
    name: 'a new item has the status 201',
    run: async ({ ask }) => expect((await ask('POST', ['cities'], iquique)).status).toBe(201),
  },
  {
    name: 'a new item gets the next id, as a number',
    run: async (api) => expect((await done(api, 'POST', ['cities'], iquique)).id).toBe(5),
  },
  {
    name: "a client's own id is kept",
    run: async (api) => expect((await done(api, 'POST', ['cities'], { id: 40, ...iquique })).id).toBe(40),
  },
  {
    name: 'an id that is taken is refused',
    run: async (api) => void (await refused(api, 'POST', ['cities'], { ...iquique, id: 3 })),
  },
  {
    name: 'PUT replaces an item',
    async run(api) {
      const next = { name: 'Ciudad de los Reyes', code: 'LIM', people: 8, countryId: 2 };
      expect(await done(api, 'PUT', ['cities', 3], next)).toMatchObject(next);
      expect((await api.ask('GET', ['cities', 3])).json).toMatchObject(next);
    },
  },
  {
    name: 'PUT drops what is not sent',
    async run(api) {
      await done(api, 'PUT', ['cities', 3], { name: 'Lima', people: 8, countryId: 2 });
      expect((await api.ask('GET', ['cities', 3])).json).not.toHaveProperty('code');
    },
  },
  {
    name: 'PATCH changes what is sent and keeps the rest',
    async run(api) {
      const changed = withoutId({ ...lima, people: 8 });
      expect(withoutId(await done(api, 'PATCH', ['cities', 3], { people: 8 }))).toEqual(changed);
      expect(withoutId((await api.ask('GET', ['cities', 3])).json)).toEqual(changed);
    },
  },
  {
    name: 'the id in a body does not move an item',
    async run(api) {
      expect(String((await done(api, 'PATCH', ['cities', 3], { id: 33, people: 8 })).id)).toBe('3');
      expect((await api.ask('GET', ['cities', 33])).status).toBe(404);
    },
  },
  {
    name: 'what is deleted is gone',
    async run(api) {
      await done(api, 'DELETE', ['cities', 3]);
      expect((await api.ask('GET', ['cities', 3])).status).toBe(404);
      expect(await api.list(['cities'])).toHaveLength(3);
    },
  },
  ...['PUT', 'PATCH', 'DELETE'].map(
    (method): Case => ({
      name: `${method} of an item that is not there is a 404`,
      async run({ ask }) {
        const body = method === 'DELETE' ? undefined : iquique;
        expect((await ask(method, ['cities', 99], body)).status).toBe(404);
      },
    }),
  ),
  {
    name: 'a body that is not JSON is refused',
    run: async (api) => void (await refused(api, 'POST', ['cities'], '{"name": "Lima",}', JSON_TYPE)),
  },
  {
    name: 'a list instead of an item is refused where it is none',
    run: async (api) => void (await refused(api, 'PATCH', ['cities', 3], [iquique])),
  },
  {
    name: 'a write without a body is refused',
    run: async (api) => void (await refused(api, 'POST', ['countries'], '', JSON_TYPE)),
  },
  {
    name: 'a body of another type is refused',
    run: async (api) =>
      void (await refused(api, 'POST', ['countries'], 'name: Lima', { 'Content-Type': 'text/yaml' })),
  },
  {
    name: 'a collection cannot be deleted whole',
    run: async (api) => void (await refused(api, 'DELETE', ['cities'])),
  },
  {
    name: 'an unknown verb is refused',
    run: async (api) => void (await refused(api, 'PROPFIND', ['cities'])),
  },
  {
    name: '__proto__ in a body harms nothing',
    async run(api) {
      const body = '{"name": "Iquique", "code": "IQQ", "__proto__": {"polluted": true}}';
      await api.ask('POST', ['cities'], body, JSON_TYPE);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      for (const item of await api.list(['cities']))
        expect((item as { polluted?: boolean }).polluted).toBeUndefined();
    },
  },
  {
    name: 'a child that is created below its parent gets its key',
    run: async (api) =>
      expect(
        await done(api, 'POST', ['countries', 1, 'cities'], { name: 'Iquique', code: 'IQQ' }),
      ).toMatchObject({ countryId: 1 }),
  },
  {
    name: 'a singleton is changed',
    async run(api) {
      expect(await done(api, 'PATCH', ['settings'], { theme: 'light' })).toEqual({
        theme: 'light',
        lang: 'en',
      });
      expect((await api.ask('GET', ['settings'])).json).toEqual({ theme: 'light', lang: 'en' });
    },
  },
];
