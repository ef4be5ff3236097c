import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const sources = () => ({ things: [{ id: 1 }] });
const exposed = ['Content-Range', 'Link', 'Location', 'X-Total-Count'];

describe('origins', () => {
  const rows: [origin: string, allowed: string, credentials: string | undefined][] = [
    ['http://localhost:5173', 'http://localhost:5173', 'true'],
    ['https://localhost', 'https://localhost', 'true'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'true'],
    ['http://[::1]:8080', 'http://[::1]:8080', 'true'],
    ['http://app.localhost:3000', 'http://app.localhost:3000', 'true'],
    ['https://example.com', '*', undefined],
    ['http://localhost.example.com', '*', undefined],
    ['http://localhost:1@example.com', '*', undefined],
    ['http://127.0.0.1.example.com', '*', undefined],
    ['null', '*', undefined],
    ['file://', '*', undefined],
  ];
  test.each(rows)('%s gets %s', async (origin, allowed, credentials) => {
    const { get, send } = await serve({ sources: sources() });
    const preflight = { Origin: origin, 'Access-Control-Request-Method': 'PUT' };
    for (const { headers } of [
      await get('/things', { Origin: origin }),
      await get('/things/9', { Origin: origin }),
      await send('/things/1', { method: 'OPTIONS', headers: preflight }),
    ]) {
      expect(headers['access-control-allow-origin']).toBe(allowed);
      expect(headers['access-control-allow-credentials']).toBe(credentials);
      expect(headers.vary?.toLowerCase()).toContain('origin');
    }
  });

  test('that are not named get none of it', async () => {
    const { get } = await serve({ sources: sources() });
    const { headers } = await get('/things');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers.vary?.toLowerCase()).toContain('origin');
  });
});

test('a preflight is answered for every path, whatever is there', async () => {
  const { send } = await serve({ sources: sources() });
  for (const path of ['/things', '/things/1', '/things/9', '/nowhere', '/']) {
    const { status, headers, body } = await send(path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'PATCH',
        'Access-Control-Request-Headers': 'content-type,x-trace',
      },
    });
    expect([path, status, body]).toEqual([path, 204, '']);
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE']) {
      expect(headers['access-control-allow-methods']).toContain(method);
    }
    expect(headers['access-control-allow-headers']).toBe('content-type,x-trace');
    expect(Number(headers['access-control-max-age'])).toBeGreaterThan(0);
    expect(headers.vary?.toLowerCase()).toContain('access-control-request-headers');
  }
});

test('OPTIONS without a preflight is the ordinary one', async () => {
  const { send } = await serve({ sources: sources() });
  const headers = { Origin: 'http://localhost:5173' };
  expect((await send('/things', { method: 'OPTIONS', headers })).headers.allow).toContain('POST');
  expect((await send('/nowhere', { method: 'OPTIONS', headers })).status).toBe(404);
});

test('an app may read what it needs, from refusals too', async () => {
  const { get, post } = await serve({ sources: sources() });
  const origin = { Origin: 'http://localhost:5173' };
  for (const { headers } of [
    await get('/things', origin),
    await get('/nowhere', origin),
    await post('/things', {}, origin),
    await post('/things', 'x', { ...origin, 'Content-Type': 'text/plain' }),
    await get('/things', { ...origin, Host: 'evil.example' }),
  ]) {
    const names = headers['access-control-expose-headers']?.split(', ') ?? [];
    expect(names).toEqual(expect.arrayContaining(exposed));
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
  }
});

test('a preflight for a private network is granted to loopback origins', async () => {
  const { send } = await serve({ sources: sources() });
  const ask = async (origin: string) => {
    const headers = {
      Origin: origin,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Private-Network': 'true',
    };
    return (await send('/things', { method: 'OPTIONS', headers })).headers[
      'access-control-allow-private-network'
    ];
  };
  expect(await ask('http://localhost:5173')).toBe('true');
  expect(await ask('https://example.com')).toBeUndefined();
});
