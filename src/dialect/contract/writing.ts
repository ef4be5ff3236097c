import { deepEqual, equal, ok } from 'node:assert/strict';
import { lima, withoutId } from './atlas.ts';
import type { Api, Case } from './case.ts';
import { holds, succeeds } from './expect.ts';

const iquique = { name: 'Iquique', code: 'IQQ', people: 191, countryId: 1 };
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** A write that is refused as the client's fault, and leaves everything as it was. */
export async function refused({ ask, state }: Api, ...asking: Parameters<Api['ask']>): Promise<string> {
  const before = await state();
  const { status, body } = await ask(...asking);
  ok(status >= 400 && status < 500, `expected a status from 400 to 499, got ${status}: ${body}`);
  deepEqual(await state(), before);
  return body;
}

/** A write that is done; the item that the answer shows. */
export async function done(
  { ask, item }: Api,
  ...asking: Parameters<Api['ask']>
): Promise<Record<string, unknown>> {
  const answer = await ask(...asking);
  succeeds(answer);
  return item(answer);
}

/** What is written, and what is left alone. */
export const writing: readonly Case[] = [
  {
    name: 'what is created is read back',
    async run(api) {
      const { id, ...item } = await done(api, 'POST', ['cities'], iquique);
      holds(item, iquique);
      holds(await api.read('cities', id as number), { id, ...iquique });
    },
  },
  {
    name: 'a new item has the status 201',
    run: async ({ ask }) => equal((await ask('POST', ['cities'], iquique)).status, 201),
  },
  {
    name: 'a new item gets the next id, as a number',
    run: async (api) => equal((await done(api, 'POST', ['cities'], iquique)).id, 5),
  },
  {
    name: "a client's own id is kept",
    run: async (api) => equal((await done(api, 'POST', ['cities'], { id: 40, ...iquique })).id, 40),
  },
  {
    name: 'an id that is taken is refused',
    run: async (api) => void (await refused(api, 'POST', ['cities'], { ...iquique, id: 3 })),
  },
  {
    name: 'PUT replaces an item',
    async run(api) {
      const next = { name: 'Ciudad de los Reyes', code: 'LIM', people: 8, countryId: 2 };
      holds(await done(api, 'PUT', ['cities', 3], next), next);
      holds(await api.read('cities', 3), next);
    },
  },
  {
    name: 'PUT drops what is not sent',
    async run(api) {
      await done(api, 'PUT', ['cities', 3], { name: 'Lima', people: 8, countryId: 2 });
      equal(Object.hasOwn(await api.read('cities', 3), 'code'), false);
    },
  },
  {
    name: 'PATCH changes what is sent and keeps the rest',
    async run(api) {
      const changed = withoutId({ ...lima, people: 8 });
      deepEqual(withoutId(await done(api, 'PATCH', ['cities', 3], { people: 8 })), changed);
      deepEqual(withoutId(await api.read('cities', 3)), changed);
    },
  },
  {
    name: 'the id in a body does not move an item',
    async run(api) {
      equal(String((await done(api, 'PATCH', ['cities', 3], { id: 33, people: 8 })).id), '3');
      equal((await api.ask('GET', ['cities', 33])).status, 404);
    },
  },
  {
    name: 'what is deleted is gone',
    async run(api) {
      succeeds(await api.ask('DELETE', ['cities', 3]));
      equal((await api.ask('GET', ['cities', 3])).status, 404);
      equal((await api.list(['cities'])).length, 3);
    },
  },
  ...['PUT', 'PATCH', 'DELETE'].map(
    (method): Case => ({
      name: `${method} of an item that is not there is a 404`,
      async run({ ask }) {
        const body = method === 'DELETE' ? undefined : iquique;
        equal((await ask(method, ['cities', 99], body)).status, 404);
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
      equal(({} as { polluted?: boolean }).polluted, undefined);
      for (const item of await api.list(['cities']))
        equal((item as { polluted?: boolean }).polluted, undefined);
    },
  },
  {
    name: 'a child that is created below its parent gets its key',
    run: async (api) =>
      holds(await done(api, 'POST', ['countries', 1, 'cities'], { name: 'Iquique', code: 'IQQ' }), {
        countryId: 1,
      }),
  },
  {
    name: 'a singleton is changed',
    async run(api) {
      deepEqual(await done(api, 'PATCH', ['settings'], { theme: 'light' }), {
        theme: 'light',
        lang: 'en',
      });
      deepEqual(await api.read('settings'), { theme: 'light', lang: 'en' });
    },
  },
];
