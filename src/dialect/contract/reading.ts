import { deepEqual, equal, match } from 'node:assert/strict';
import { lima, withoutId } from './atlas.ts';
import type { Case } from './case.ts';
import { holds, includes, succeeds } from './expect.ts';

/** The one that asked, or all. */
const ANY_ORIGIN = /^(\*|http:\/\/app\.example)$/;

const names = (items: readonly unknown[]) => items.map((item) => (item as { name: string }).name);

/** What is read, and how it is asked for. */
export const reading: readonly Case[] = [
  {
    name: 'a list holds every item, in the order of the file',
    run: async ({ list }) => deepEqual(names(await list(['cities'])), ['Arica', 'Cusco', 'Lima', 'Tacna']),
  },
  {
    name: 'an item is read as the fixture has it',
    async run({ ask, item }) {
      const answer = await ask('GET', ['cities', 3]);
      deepEqual([answer.status, withoutId(item(answer))], [200, withoutId(lima)]);
    },
  },
  {
    name: 'an id keeps the type that it has in the fixture',
    run: async ({ read }) => holds(await read('cities', 3), { id: 3 }),
  },
  {
    name: 'a resource that is not there is a 404',
    run: async ({ ask }) => equal((await ask('GET', ['towns'])).status, 404),
  },
  {
    name: 'an item that is not there is a 404',
    run: async ({ ask }) => equal((await ask('GET', ['cities', 99])).status, 404),
  },
  {
    name: 'a name that every object inherits is no resource',
    async run({ ask }) {
      equal((await ask('GET', ['constructor'])).status, 404);
      equal((await ask('GET', ['__proto__'])).status, 404);
    },
  },
  {
    name: 'a list is filtered by a value',
    run: async ({ list, spelling }) =>
      deepEqual(names(await list(['cities'], spelling.name('Lima'))), ['Lima']),
  },
  {
    name: 'a list is filtered by a comparison',
    run: async ({ list, spelling }) =>
      deepEqual(names(await list(['cities'], spelling.peopleFrom(400))), ['Cusco', 'Lima']),
  },
  {
    name: 'a list is sorted',
    run: async ({ list, spelling }) =>
      deepEqual(names(await list(['cities'], spelling.mostPeople)), ['Lima', 'Cusco', 'Tacna', 'Arica']),
  },
  {
    name: 'a list is paged',
    options: ({ secondPage }) => secondPage.options ?? {},
    run: async ({ list, spelling }) =>
      deepEqual(names(await list(['cities'], spelling.secondPage.query)), ['Lima', 'Tacna']),
  },
  {
    name: 'a page says how many items there are in all',
    options: ({ secondPage }) => secondPage.options ?? {},
    run: async ({ page, spelling }) =>
      equal(spelling.total?.(await page(['cities'], spelling.secondPage.query)), 4),
  },
  {
    name: 'the children of an item are listed below it',
    run: async ({ list }) =>
      deepEqual(names(await list(['countries', 2, 'cities'])), ['Cusco', 'Lima', 'Tacna']),
  },
  {
    name: 'a child is read below its parent',
    run: async ({ read }) => deepEqual(withoutId(await read('countries', 2, 'cities', 3)), withoutId(lima)),
  },
  {
    name: 'a child is not found below another parent',
    async run({ ask }) {
      equal((await ask('GET', ['countries', 2, 'cities', 3])).status, 200);
      equal((await ask('GET', ['countries', 1, 'cities', 3])).status, 404);
    },
  },
  {
    name: 'a list below a parent that is not there is a 404',
    run: async ({ ask }) => equal((await ask('GET', ['countries', 99, 'cities'])).status, 404),
  },
  {
    name: 'HEAD is GET without its body',
    async run({ ask }) {
      const [head, get] = [await ask('HEAD', ['cities', 3]), await ask('GET', ['cities', 3])];
      deepEqual([head.status, head.body], [200, '']);
      equal(head.headers['content-type'], get.headers['content-type']);
    },
  },
  {
    name: 'OPTIONS names the verbs in Allow',
    async run({ ask }) {
      const answer = await ask('OPTIONS', ['cities', 3]);
      succeeds(answer);
      for (const verb of ['GET', 'PUT', 'PATCH', 'DELETE']) includes(answer.headers.allow, verb);
    },
  },
  {
    name: 'a browser of another origin may ask first and then write',
    async run({ ask }) {
      const origin = { Origin: 'http://app.example', 'Access-Control-Request-Method': 'PATCH' };
      const answer = await ask('OPTIONS', ['cities', 3], undefined, origin);
      succeeds(answer);
      match(answer.headers['access-control-allow-origin'] ?? '', ANY_ORIGIN);
      includes(answer.headers['access-control-allow-methods'], 'PATCH');
    },
  },
  {
    name: 'a browser of another origin may read a refusal',
    async run({ ask }) {
      const { status, headers } = await ask('GET', ['cities', 99], undefined, {
        Origin: 'http://app.example',
      });
      equal(status, 404);
      match(headers['access-control-allow-origin'] ?? '', ANY_ORIGIN);
    },
  },
  {
    name: 'a singleton is read',
    run: async ({ read }) => deepEqual(await read('settings'), { theme: 'dark', lang: 'en' }),
  },
];
