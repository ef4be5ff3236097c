import { expect, test } from 'vitest';
import type { Conventions } from '../../src/dialect/conventions.ts';
import type { Dialect } from '../../src/dialect/dialect.ts';
import { rest } from '../../src/dialects/rest/rest.ts';
import { createStandin } from '../../src/standin.ts';

const data = { events: [{ id: 1 }], guests: [{ id: 1, eventId: 1 }] };

async function locations(slash: Conventions['paths']['slash'], paths: readonly string[]) {
  const moved: Dialect['moved'] = (path, { query }) => ({
    status: 301,
    headers: { Location: query === '' ? path : `${path}?${query}` },
  });
  const dialect: Dialect = { ...rest, conventions: { paths: { slash } }, moved };
  const standin = await createStandin({ sources: data, dialect, port: 0, watch: false });
  const { url } = await standin.listen();
  try {
    return await Promise.all(
      paths.map(async (path) => {
        const answer = await fetch(url + path, { redirect: 'manual' });
        return [answer.status, answer.headers.get('location')];
      }),
    );
  } finally {
    await standin.close();
  }
}

test('a path without its last slash moves to the one with it, where a dialect wants it', async () => {
  const paths = ['/events', '/events/99?a=%20', '/events/1/guests', '/nope', '/events/1/nope', '/events/'];
  expect(await locations('always', paths)).toEqual([
    [301, '/events/'],
    [301, '/events/99/?a=%20'],
    [301, '/events/1/guests/'],
    [404, null],
    [404, null],
    [200, null],
  ]);
});

test('a path with a last slash moves to the one without, where a dialect wants none', async () => {
  const paths = ['/events/', '/events/1/?a=1', '/nope/', '/events', '/'];
  expect(await locations('never', paths)).toEqual([
    [301, '/events'],
    [301, '/events/1?a=1'],
    [404, null],
    [200, null],
    [200, null],
  ]);
});
