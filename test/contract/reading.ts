import { expect } from 'vitest';
import { lima, withoutId } from './atlas.ts';
import type { Case } from './contract.ts';

const names = (items: readonly unknown[]) => items.map((item) => (item as { name: string }).name);

/** What is read, and how it is asked for. */
export const reading: readonly Case[] = [
  {
    name: 'a list holds every item, in the order of the file',
    run: async ({ list }) =>
      expect(names(await list(['cities']))).toEqual(['Arica', 'Cusco', 'Lima', 'Tacna']),
  },
  {
    name: 'an item is read as the fixture has it',
    async run({ ask }) {
      const { status, json } = await ask('GET', ['cities', 3]);
      expect([status, withoutId(json)]).toEqual([200, withoutId(lima)]);
    },
  },
  {
    name: 'an id keeps the type that it has in the fixture',
    run: async ({ ask }) => expect((await ask('GET', ['cities', 3])).json).toHaveProperty('id', 3),
  },
  {
    name: 'a resource that is not there is a 404',
    run: async ({ ask }) => expect((await ask('GET', ['towns'])).status).toBe(404),
  },
  {
    name: 'an item that is not there is a 404',
    run: async ({ ask }) => expect((await ask('GET', ['cities', 99])).status).toBe(404),
  },
  {
    name: 'a name that every object inherits is no resource',
    async run({ ask }) {
      expect((await ask('GET', ['constructor'])).status).toBe(404);
      expect((await ask('GET', ['__proto__'])).status).toBe(404);
    },
  },
  {
    name: 'a list is filtered by a value',
    run: async ({ list, spelling }) =>
      expect(names(await list(['cities'], spelling.name('Lima')))).toEqual(['Lima']),
  },
  {
    name: 'a list is filtered by a comparison',
    run: async ({ list, spelling }) =>
      expect(names(await list(['cities'], spelling.peopleFrom(400)))).toEqual(['Cusco', 'Lima']),
  },
  {
    name: 'a list is sorted',
    run: async ({ list, spelling }) =>
      expect(names(await list(['cities'], spelling.mostPeople))).toEqual(['Lima', 'Cusco', 'Tacna', 'Arica']),
  },
  {
    name: 'a list is paged',
    options: ({ secondPage }) => secondPage.options ?? {},
    run: async ({ list, spelling }) =>
      expect(names(await list(['cities'], spelling.secondPage.query))).toEqual(['Lima', 'Tacna']),
  },
  {
    name: 'a page says how many items there are in all',
    options: ({ secondPage }) => secondPage.options ?? {},
    run: async ({ page, spelling }) =>
      expect(spelling.total?.(await page(['cities'], spelling.secondPage.query))).toBe(4),
  },
  {
    name: 'the children of an item are listed below it',
    run: async ({ list }) =>
      expect(names(await list(['countries', 2, 'cities']))).toEqual(['Cusco', 'Lima', 'Tacna']),
  },
  {
    name: 'a child is read below its parent',
    run: async ({ ask }) =>
      expect(withoutId((await ask('GET', ['countries', 2, 'cities', 3])).json)).toEqual(withoutId(lima)),
  },
  {
    name: 'a child is not found below another parent',
    async run({ ask }) {
      expect((await ask('GET', ['countries', 2, 'cities', 3])).status).toBe(200);
      expect((await ask('GET', ['countries', 1, 'cities', 3])).status).toBe(404);
    },
  },
  {
    name: 'a list below a parent that is not there is a 404',
    run: async ({ ask }) => expect((await ask('GET', ['countries', 99, 'cities'])).status).toBe(404),
  },
  {
    name: 'HEAD is GET without its body',
    async run({ ask }) {
      const [head, get] = [await ask('HEAD', ['cities', 3]), await ask('GET', ['cities', 3])];
      expect([head.status, head.body]).toEqual([200, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    },
  },
  {
    name: 'OPTIONS names the verbs in Allow',
    async run({ ask }) {
      const { status, headers } = await ask('OPTIONS', ['cities', 3]);
      expect(status).toBeLessThan(300);
      for (const verb of ['GET', 'PUT', 'PATCH', 'DELETE']) expect(headers.allow).toContain(verb);
    },
  },
  {
    name: 'a browser of another origin may ask first and then write',
    async run({ ask }) {
      const origin = { Origin: 'http://app.example', 'Access-Control-Request-Method': 'PATCH' };
      const { status, headers } = await ask('OPTIONS', ['cities', 3], undefined, origin);
      expect(status).toBeLessThan(300);
      expect(headers['access-control-allow-origin']).toMatch(/^(\*|http:\/\/app\.example)$/);
      expect(headers['access-control-allow-methods']).toContain('PATCH');
    },
  },
  {
    name: 'a browser of another origin may read a refusal',
    async run({ ask }) {
      const { status, headers } = await ask('GET', ['cities', 99], undefined, {
        Origin: 'http://app.example',
      });
      expect(status).toBe(404);
      expect(headers['access-control-allow-origin']).toMatch(/^(\*|http:\/\/app\.example)$/);
    },
  },
  {
    name: 'a singleton is read',
    run: async ({ ask }) =>
      expect((await ask('GET', ['settings'])).json).toEqual({ theme: 'dark', lang: 'en' }),
  },
];
