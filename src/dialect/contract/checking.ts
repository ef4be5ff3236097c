import { deepEqual, equal } from 'node:assert/strict';
import type { OnDelete } from '../../options/options.ts';
import type { Case } from './case.ts';
import { holds, includes, succeeds } from './expect.ts';
import { done, refused } from './writing.ts';

const onDelete = (onDelete: OnDelete) => () => ({
  relations: { 'cities.countryId': { to: 'countries', onDelete } },
});

const countryIds = (cities: unknown) =>
  (cities as { countryId: unknown }[]).map(({ countryId }) => countryId);

/** What schemas, relations and the config ask of the data. */
export const checking: readonly Case[] = [
  {
    name: 'a default fills what is not sent',
    run: async (api) => holds(await done(api, 'POST', ['cities'], { name: 'Iquique' }), { people: 0 }),
  },
  {
    name: 'what is readOnly is not taken from a client',
    async run(api) {
      const city = await done(api, 'POST', ['cities'], { name: 'Iquique', founded: '1866' });
      equal(city.founded ?? null, null);
    },
  },
  {
    name: 'what is writeOnly is never shown',
    async run(api) {
      const city = await done(api, 'POST', ['cities'], { name: 'Iquique', note: 'hush' });
      equal(Object.hasOwn(city, 'note'), false);
      equal(JSON.stringify(await api.list(['cities'])).includes('hush'), false);
    },
  },
  {
    name: 'what breaks the schema is refused, with every fault at once',
    async run(api) {
      const body = await refused(api, 'POST', ['cities'], { name: 'L', people: -1 });
      includes(body, 'name');
      includes(body, 'people');
    },
  },
  {
    name: 'a field that is required is asked for',
    run: async (api) => includes(await refused(api, 'POST', ['cities'], { people: 1 }), 'name'),
  },
  {
    name: 'a PATCH is checked too',
    run: async (api) => void (await refused(api, 'PATCH', ['cities', 3], { people: -1 })),
  },
  {
    name: 'a value that must be unique is refused where it is taken',
    run: async (api) => void (await refused(api, 'POST', ['cities'], { name: 'Lima', code: 'LIM' })),
  },
  {
    name: 'an item may keep its own unique value',
    run: async (api) => void (await done(api, 'PATCH', ['cities', 3], { code: 'LIM' })),
  },
  {
    name: 'a declared foreign key must lead to an item',
    run: async (api) => void (await refused(api, 'POST', ['cities'], { name: 'Iquique', countryId: 99 })),
  },
  {
    name: 'a foreign key may be null where the schema says so',
    run: async (api) =>
      holds(await done(api, 'POST', ['cities'], { name: 'Iquique', countryId: null }), {
        countryId: null,
      }),
  },
  {
    name: 'onDelete keep leaves the children as they are',
    options: onDelete('keep'),
    async run(api) {
      succeeds(await api.ask('DELETE', ['countries', 2]));
      deepEqual(countryIds((await api.state()).cities), [1, 2, 2, 2]);
      equal(((await api.state()).countries as unknown[]).length, 2);
    },
  },
  {
    name: "onDelete nullify empties the children's keys",
    options: onDelete('nullify'),
    async run(api) {
      succeeds(await api.ask('DELETE', ['countries', 2]));
      deepEqual(countryIds((await api.state()).cities), [1, null, null, null]);
    },
  },
  {
    name: 'onDelete cascade takes the children along',
    options: onDelete('cascade'),
    async run(api) {
      succeeds(await api.ask('DELETE', ['countries', 2]));
      deepEqual(countryIds((await api.state()).cities), [1]);
    },
  },
  {
    name: 'onDelete restrict keeps a parent that has children',
    options: onDelete('restrict'),
    async run(api) {
      await refused(api, 'DELETE', ['countries', 2]);
      succeeds(await api.ask('DELETE', ['countries', 3]));
    },
  },
];
