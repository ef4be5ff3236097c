import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Served, serve } from '../serve.ts';
import { talk } from '../socket.ts';

/** The first line of the answer to a request written byte by byte: no client adds a Host of its own. */
async function statusOf({ url }: Served, lines: readonly string[]): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  return Number(text.split(' ')[1]);
}

const get = (host: string) => ['GET /things HTTP/1.1', `Host: ${host}`];
const sources = () => ({ things: [{ id: 1 }] });

describe('the Host header', () => {
  const rows: [host: string, status: number][] = [
    ['localhost', 200],
    ['localhost:3000', 200],
    ['LOCALHOST', 200],
    ['localhost.', 200],
    ['api.localhost:80', 200],
    ['127.0.0.1:3000', 200],
    ['127.8.9.10', 200],
    ['192.168.1.7:3000', 200],
    ['[::1]:3000', 200],
    ['[fe80::1]', 200],
    ['example.com', 403],
    ['example.com:3000', 403],
    ['localhost.example.com', 403],
    ['127.0.0.1.example.com', 403],
    ['notlocalhost', 403],
    ['127.0.0.1@example.com', 403],
    ['constructor', 403],
    ['', 403],
  ];
  test.each(rows)('%j is %i', async (host, status) => {
    expect(await statusOf(await serve({ sources: sources() }), get(host))).toBe(status);
  });

  test('is required, by HTTP/1.0 too', async () => {
    const api = await serve({ sources: sources() });
    expect(await statusOf(api, ['GET /things HTTP/1.1'])).toBe(400);
    expect(await statusOf(api, ['GET /things HTTP/1.0'])).toBe(403);
  });

  test('is one', async () => {
    const api = await serve({ sources: sources(), allowHost: ['api.test'] });
    const rows = [
      ['Host: localhost', 'Host: localhost'],
      ['Host: localhost', 'host: api.test'],
      ['Host: localhost', 'X-Other: 1', 'HOST: evil.example'],
      ['Host: evil.example', 'Host: localhost'],
      ['Host: localhost', 'Host:'],
    ];
    for (const lines of rows) {
      for (const start of ['GET /things', 'DELETE /things/1', 'GET /_standin/db', 'OPTIONS /things'])
        expect([lines, await statusOf(api, [`${start} HTTP/1.1`, ...lines])]).toEqual([lines, 400]);
    }
    expect((await api.get('/things')).json).toHaveLength(1);
    // Again with one: the refusals left nothing behind.
    expect(await statusOf(api, get('localhost'))).toBe(200);
    const answer = await talk(
      api.url,
      'GET /things HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/"a request has one Host header, got 2".*"bad-header"/s);
  });

  test('may hold the names that were allowed', async () => {
    const api = await serve({ sources: sources(), allowHost: ['api.test', 'Web'] });
    expect(await statusOf(api, get('api.test:8080'))).toBe(200);
    expect(await statusOf(api, get('API.TEST'))).toBe(200);
    expect(await statusOf(api, get('web'))).toBe(200);
    expect(await statusOf(api, get('x.api.test'))).toBe(403);
  });

  test('is checked before every path and verb, and nothing changes', async () => {
    const api = await serve({ sources: sources() });
    for (const start of [
      'GET /',
      'GET /_standin/db',
      'DELETE /things/1',
      'GET /nowhere',
      'OPTIONS /things',
    ]) {
      expect(await statusOf(api, [`${start} HTTP/1.1`, 'Host: evil.example'])).toBe(403);
    }
    expect((await api.get('/things')).json).toHaveLength(1);
  });

  test('that is refused is named, with the way out', async () => {
    const api = await serve({ sources: sources() });
    const { status, json } = await api.get('/things', { Host: 'shop.example:1' });
    const error = "the Host header names 'shop.example', which is not this server";
    expect([status, json]).toEqual([
      403,
      {
        error,
        message: error,
        code: 'bad-host',
        hint: 'Start standin with --allow-host shop.example if it is.',
      },
    ]);
  });
});
