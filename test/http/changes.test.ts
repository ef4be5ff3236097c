import { get as request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FeedEvent } from '../../src/store/feed.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Listens as a browser's EventSource would. */
async function listen(url: string, path = '', headers: Record<string, string> = {}) {
  const told: Told[] = [];
  let ended = false;
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const sent = request(`${url}/_standin/changes${path}`, { headers, agent: false }, resolve).on(
      'error',
      reject,
    );
    onTestFinished(() => void sent.destroy());
  });
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      if (frame.startsWith(':')) continue;
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? '';
      told.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) });
    }
  });
  response.on('close', () => {
    ended = true;
  });
  const until = async (count: number) => {
    for (let i = 0; i < 100 && told.length < count; i++) await sleep(10);
    expect(told.length).toBe(count);
    return told;
  };
  return { told, until, response, hasEnded: () => ended };
}

const sources = () => ({ posts: [{ id: 1, title: 'a' }], tags: [{ id: 1 }] });

describe('the change feed', () => {
  test('tells what was committed, as server-sent events', async () => {
    const { url, post, patch, del } = await serve({ sources: sources() });
    const { until, response } = await listen(url);
    expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    await post('/posts', { title: 'b' });
    await patch('/posts/2', { title: 'c' });
    await del('/posts/2');
    await post('/posts', { id: 1 });
    await post('/posts', {}, { Prefer: 'tx=rollback' });
    await post('/_standin/reset?resource=posts');
    await post('/_standin/reset');
    const told = await until(5);
    expect(told.map(({ data }) => data)).toEqual([
      { type: 'create', resource: 'posts', key: '2', item: { id: 2, title: 'b' } },
      { type: 'update', resource: 'posts', key: '2', item: { id: 2, title: 'c' } },
      { type: 'delete', resource: 'posts', key: '2', item: { id: 2, title: 'c' } },
      { type: 'reset', resource: 'posts' },
      { type: 'reset' },
    ]);
    expect(told.map(({ event }) => event)).toEqual(['create', 'update', 'delete', 'reset', 'reset']);
  });

  test('of one resource, and of one session', async () => {
    const { url, post } = await serve({ sources: sources() });
    const ann = { 'X-Standin-Session': 'ann' };
    const feeds = await Promise.all([
      listen(url, '?resource=tags'),
      listen(url, '?session=ann'),
      listen(url, '', ann),
    ]);
    await post('/posts', {});
    await post('/tags', {});
    await post('/posts', {}, ann);
    await post('/_standin/reset?session=ann');
    const [tags, own, header] = await Promise.all([feeds[0].until(1), feeds[1].until(2), feeds[2].until(2)]);
    expect(tags[0]?.data).toMatchObject({ resource: 'tags' });
    expect(own.map(({ data }) => data)).toMatchObject([
      { type: 'create', session: 'ann' },
      { type: 'reset', session: 'ann' },
    ]);
    expect(header).toEqual(own);
  });

  test('goes on where a client was', async () => {
    const { url, post } = await serve({ sources: sources() });
    const before = await listen(url);
    for (let i = 0; i < 3; i++) await post('/posts', {});
    const [first, second, third] = await before.until(3);
    const after = await listen(url, '', { 'Last-Event-ID': String(first?.id) });
    expect(await after.until(2)).toEqual([second, third]);
    const all = await listen(url, '', { 'Last-Event-ID': String(third?.id) });
    await post('/posts', {});
    expect((await all.until(1))[0]?.data).toMatchObject({ key: '5' });
  });

  test.each(['7', 'nonsense', '99999999999999999'])(
    'an id that is not known, %s, gets a reset',
    async (id) => {
      const { url, post } = await serve({ sources: sources() });
      await post('/posts', {});
      const { until } = await listen(url, '', { 'Last-Event-ID': id });
      expect((await until(1))[0]).toMatchObject({ event: 'reset', data: { type: 'reset' } });
    },
  );

  test('forgets after a thousand events, and says so', async () => {
    const { url, post } = await serve({ sources: sources() });
    const live = await listen(url);
    await post('/posts', {});
    const [first] = await live.until(1);
    for (let i = 0; i < 10; i++)
      await post(
        '/posts',
        Array.from({ length: 110 }, () => ({})),
      );
    const { until } = await listen(url, '', { 'Last-Event-ID': String(first?.id) });
    expect((await until(1))[0]).toMatchObject({ event: 'reset' });
  });

  test('tells of a reload, and of writes that gave way to the file', async () => {
    const dir = folder({ 'posts.json': [{ id: 1, title: 'a' }] });
    const { url, patch, standin, lines } = await serve({ sources: dir.path });
    await patch('/posts/1', { title: 'ours' });
    const { until } = await listen(url);
    dir.write('posts.json', [{ id: 1, title: 'theirs' }]);
    await standin.reload();
    expect((await until(2)).map(({ data }) => data)).toEqual([
      { type: 'conflict', resource: 'posts', key: '1' },
      { type: 'reload' },
    ]);
    expect(lines.some(({ text }) => text.includes('the file wins'))).toBe(true);
  });

  test('shows what clients may see', async () => {
    const dir = folder({
      'users.json': [{ id: 1, name: 'a' }],
      'users.schema.json': { properties: { password: { type: 'string', writeOnly: true } } },
    });
    const { url, post } = await serve({ sources: dir.path });
    const { until } = await listen(url);
    await post('/users', { name: 'b', password: 'secret' });
    expect((await until(1))[0]?.data.item).toEqual({ id: 2, name: 'b' });
  });

  test('ends when the server does', async () => {
    const { url, standin } = await serve({ sources: sources() });
    const feed = await listen(url);
    const start = performance.now();
    await standin.close();
    expect(performance.now() - start).toBeLessThan(1500);
    await expect.poll(feed.hasEnded).toBe(true);
  });

  test('is left by a client that goes away', async () => {
    const { url, post } = await serve({ sources: sources() });
    for (let i = 0; i < 120; i++) {
      const { response } = await listen(url);
      response.destroy();
      if (i % 40 === 39) await sleep(100);
    }
    const { until } = await listen(url);
    await post('/posts', {});
    await until(1);
  });
});

test('in code: every change of every session, until it is left; a listener that fails fails nothing', async () => {
  const { standin, post, lines } = await serve({ sources: sources() });
  const events: FeedEvent[] = [];
  standin.on('change', () => {
    throw new Error('mine');
  });
  const leave = standin.on('change', (event) => events.push(event));
  expect((await post('/posts', {})).status).toBe(201);
  await post('/posts', {}, { 'X-Standin-Session': 'ann' });
  leave();
  await post('/posts', {});
  expect(events).toMatchObject([{ type: 'create' }, { type: 'create', session: 'ann' }]);
  expect(lines.some(({ level, text }) => level === 'error' && text.includes('mine'))).toBe(true);
});
