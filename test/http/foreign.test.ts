import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import type { Options } from '../../src/options/options.ts';
import { createStandin } from '../../src/standin.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const things = () => ({ things: [{ id: 1, name: 'first' }], settings: { theme: 'dark' } });

/** A server that saves to a file of its own, and what stands in that. */
async function saving(options: Options = {}) {
  const dir = folder({ 'db.json': things() });
  const api = await serve({ sources: dir.file('db.json'), writes: 'file', ...options });
  return { ...api, saved: () => JSON.parse(readFileSync(dir.file('db.json'), 'utf8')) };
}

const APP = 'https://app.example';

describe('a write from a web page, while writes are saved', () => {
  const rows: [sentence: string, origin: string, status: number, options?: Options][] = [
    ['of a foreign site', 'http://evil.example', 403],
    ['of a foreign site over https', 'https://evil.example', 403],
    ['of another address of the network', 'http://192.168.1.7:3000', 403],
    ['of a site that is named like this machine', 'http://localhost.evil.example', 403],
    ['of a site that is named like a loopback address', 'http://127.0.0.1.evil.example', 403],
    ['of a page without an origin: a file, a sandboxed frame', 'null', 403],
    ['of an origin that is none', 'things', 403],
    ['of an origin with a path', 'http://localhost/things', 403],
    ['of two origins', 'http://localhost:5173, http://evil.example', 403],
    ['of a browser extension', 'chrome-extension://abcdefghijklmnop', 403],
    ['of an app on this machine', 'http://localhost:5173', 201],
    ['of an app on this machine, by its address', 'http://127.0.0.1:8080', 201],
    ['of an app on this machine, by its IPv6 address', 'http://[::1]:8080', 201],
    ['of an app on this machine, over https', 'https://app.localhost', 201],
    ['of an origin that is allowed', APP, 201, { allowOrigin: [APP] }],
    [
      'of an origin that is allowed in other letters',
      'https://app.example',
      201,
      { allowOrigin: ['HTTPS://App.Example'] },
    ],
    [
      'of an origin that is allowed with the port that it has anyway',
      APP,
      201,
      { allowOrigin: [`${APP}:443`] },
    ],
    [
      'of an app with a scheme of its own that is allowed',
      'capacitor://localhost',
      201,
      { allowOrigin: ['capacitor://localhost'] },
    ],
    ['of one of several that are allowed', APP, 201, { allowOrigin: ['http://other.example', APP] }],
    ['of another port than is allowed', `${APP}:8443`, 403, { allowOrigin: [APP] }],
    ['of another scheme than is allowed', 'http://app.example', 403, { allowOrigin: [APP] }],
    ['of a name below the one that is allowed', 'https://x.app.example', 403, { allowOrigin: [APP] }],
    ['of a page without an origin, whatever is allowed', 'null', 403, { allowOrigin: [APP] }],
  ];
  test.each(rows)('%s (%s) is %i', async (_sentence, Origin, status, options) => {
    const { post, put, patch, del, saved } = await saving(options);
    expect((await post('/things', { name: 'second' }, { Origin })).status).toBe(status);
    if (status === 201) {
      expect(saved().things).toHaveLength(2);
      return;
    }
    expect((await put('/things/1', { name: 'x' }, { Origin })).status).toBe(403);
    expect((await patch('/settings', { theme: 'x' }, { Origin })).status).toBe(403);
    expect((await del('/things/1', { Origin })).status).toBe(403);
    expect(saved()).toEqual(things());
  });

  test('is known by the host and port that it was sent to', async () => {
    const { post, url, saved } = await saving({ allowHost: ['api.test'] });
    const port = new URL(url).port;
    const from = async (Origin: string, Host: string) => (await post('/things', {}, { Origin, Host })).status;
    expect(await from(`http://192.168.1.7:${port}`, `192.168.1.7:${port}`)).toBe(201);
    expect(await from(`http://[fe80::1]:${port}`, `[fe80::1]:${port}`)).toBe(201);
    expect(await from('http://api.test', 'api.test')).toBe(201);
    expect(await from('http://api.test', 'API.test:80')).toBe(201);
    expect(saved().things).toHaveLength(5);
    expect(await from('http://192.168.1.7:1', `192.168.1.7:${port}`)).toBe(403);
    expect(await from('http://192.168.1.8', '192.168.1.7')).toBe(403);
    expect(await from('http://api.test:8080', 'api.test')).toBe(403);
    expect(saved().things).toHaveLength(5);
  });

  test('is refused where a browser sends it without asking first, too', async () => {
    const { send, saved } = await saving({ dialect: 'json-server' });
    for (const [type, body] of [
      ['application/x-www-form-urlencoded', 'name=x'],
      [
        'multipart/form-data; boundary=b',
        '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n--b--\r\n',
      ],
      ['text/plain', '{"name":"x"}'],
      [undefined, '{"name":"x"}'],
    ] as const) {
      const headers = { Origin: 'http://evil.example', ...(type ? { 'Content-Type': type } : {}) };
      expect((await send('/things', { method: 'POST', headers, body })).status).toBe(403);
      // A form may ask for any verb in a header that only scripts can set; it is a POST all the same.
      const override = { ...headers, 'X-HTTP-Method-Override': 'DELETE' };
      expect((await send('/things/1', { method: 'POST', headers: override, body })).status).toBe(403);
    }
    expect(saved()).toEqual(things());
  });

  test('in a session is refused too, before the session is made', async () => {
    const { post, standin } = await saving();
    const Origin = 'http://evil.example';
    expect((await post('/_standin/s/ann/things', {}, { Origin })).status).toBe(403);
    expect((await post('/things', {}, { Origin, 'X-Standin-Session': 'bob' })).status).toBe(403);
    expect(standin.sessions.list()).toEqual([]);
  });

  test('runs no middleware of the user', async () => {
    const seen: string[] = [];
    const middleware: Options['middleware'] = [
      (ctx: { method: string }, next: () => Promise<unknown>) => {
        seen.push(ctx.method);
        return next();
      },
    ] as never;
    const { get, post } = await saving({ middleware });
    await post('/things', {}, { Origin: 'http://evil.example' });
    await get('/things', { Origin: 'http://evil.example' });
    expect(seen).toEqual(['GET']);
  });

  test.each(dialectNames)('is refused in the words of %s, and nothing is written', async (dialect) => {
    const { post, saved, says } = await saving({ dialect, writes: 'file' });
    const path = dialect === 'django' ? '/things/' : '/things';
    const { status, headers, body } = await post(path, {}, { Origin: 'http://evil.example' });
    expect(status).toBe(403);
    expect(body).toContain('http://evil.example may not write while writes are saved to files');
    // The page's own tools show why; a script of the page may read it.
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(saved()).toEqual(things());
    await says(/^POST \S+ 403 /);
  });

  test('says what to do about it', async () => {
    const { post } = await saving();
    expect((await post('/things', {}, { Origin: 'http://App.example:80' })).json).toMatchObject({
      code: 'forbidden',
      hint: 'Start standin with --allow-origin http://app.example if it is yours.',
    });
    expect((await post('/things', {}, { Origin: 'null' })).json).toMatchObject({
      error: 'a page without an origin may not write while writes are saved to files',
      hint: expect.stringContaining('--allow-origin'),
    });
  });
});

describe('what goes on as before', () => {
  test('a write without an Origin, of a test or a terminal', async () => {
    const { post, saved } = await saving();
    expect((await post('/things', { name: 'second' })).status).toBe(201);
    expect(saved().things).toHaveLength(2);
  });

  test('reading from any page, and asking before a write, so that the refusal can be read', async () => {
    const { get, send } = await saving();
    for (const Origin of ['http://evil.example', 'null']) {
      const headers = { Origin, 'Access-Control-Request-Method': 'PUT' };
      expect((await get('/things', { Origin })).status).toBe(200);
      expect((await send('/things', { method: 'HEAD', headers: { Origin } })).status).toBe(200);
      expect((await send('/things/1', { method: 'OPTIONS', headers: { Origin } })).status).toBe(204);
      const preflight = await send('/things/1', { method: 'OPTIONS', headers });
      expect([preflight.status, preflight.headers['access-control-allow-credentials']]).toEqual([
        204,
        undefined,
      ]);
    }
  });

  test.each(['memory', 'fake'] as const)('writes from any page with writes: %s', async (writes) => {
    const { post } = await saving({ writes });
    expect((await post('/things', {}, { Origin: 'http://evil.example' })).status).toBe(201);
  });

  test('a dialect that saves by itself refuses them, and data that cannot be saved is written', async () => {
    const dir = folder({ 'db.json': things() });
    const Origin = 'http://evil.example';
    const file = await serve({ sources: dir.file('db.json'), dialect: 'json-server' });
    expect((await file.post('/things', {}, { Origin })).status).toBe(403);
    const data = await serve({ sources: things(), dialect: 'json-server' });
    expect((await data.post('/things', {}, { Origin })).status).toBe(201);
  });
});

describe('an origin that is allowed', () => {
  const LOCAL = 'http://localhost:6006';
  const allowOrigin = [APP, LOCAL];

  test.each(allowOrigin)('%s may send credentials, in every write mode', async (Origin) => {
    for (const writes of ['memory', 'file'] as const) {
      const { get, send } = await saving({ allowOrigin, writes });
      const preflight = {
        Origin,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Private-Network': 'true',
      };
      for (const { headers } of [
        await get('/things', { Origin }),
        await get('/nowhere', { Origin }),
        await send('/things/1', { method: 'OPTIONS', headers: preflight }),
      ]) {
        expect(headers['access-control-allow-origin']).toBe(Origin);
        expect(headers['access-control-allow-credentials']).toBe('true');
        expect(headers.vary).toContain('Origin');
      }
      const { headers } = await send('/things/1', { method: 'OPTIONS', headers: preflight });
      expect(headers['access-control-allow-private-network']).toBe('true');
    }
  });

  test.each(allowOrigin)('%s may call the control routes', async (Origin) => {
    const { get, post, put, send, saved } = await saving({ allowOrigin });
    await post('/things', {}, { Origin });
    expect(saved().things).toHaveLength(2);
    const site = { Origin, 'Sec-Fetch-Site': 'cross-site' };
    const db = await get('/_standin/db', site);
    expect([db.status, db.headers['access-control-allow-origin']]).toEqual([200, Origin]);
    const asked = await send('/_standin/snapshots/a', {
      method: 'OPTIONS',
      headers: {
        ...site,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'x-standin-session',
      },
    });
    expect([asked.status, asked.headers['access-control-allow-headers']]).toEqual([204, 'x-standin-session']);
    expect(asked.headers['access-control-allow-methods']).toContain('PUT');
    expect((await put('/_standin/snapshots/a', undefined, site)).status).toBe(200);
    expect((await post('/_standin/reset', undefined, site)).status).toBe(200);
    expect(saved()).toEqual(things());
    expect((await get('/_standin/snapshots/b', site)).headers['access-control-allow-origin']).toBe(Origin);
  });

  test('opens them to nobody else', async () => {
    const { get, post, send } = await saving({ allowOrigin });
    for (const Origin of [
      'http://localhost:6007',
      'http://127.0.0.1:6006',
      'http://evil.example',
      'null',
      `${APP}:1`,
    ]) {
      const reset = await post('/_standin/reset', undefined, { Origin });
      expect([reset.status, reset.headers['access-control-allow-origin']]).toEqual([403, undefined]);
      const headers = { Origin, 'Access-Control-Request-Method': 'POST' };
      const preflight = await send('/_standin/reset', { method: 'OPTIONS', headers });
      expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    }
    // What a browser sends without an Origin for a page of another site: an image, a link.
    expect((await get('/_standin/db', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });

  test.each([
    ['*'],
    ['null'],
    ['app.example'],
    ['https://app.example/'],
    ['https://app.example/shop'],
    ['https://*.example'],
    ['https://user@app.example'],
    ['https://a.example,https://b.example'],
    ['file://'],
    [''],
  ])('is no %j', async (origin) => {
    const refused = await createStandin({ sources: things(), allowOrigin: [APP, origin] }).catch(String);
    expect(refused).toMatch(
      /option 'allowOrigin' takes a list of origins such as https:\/\/app\.example:8080/,
    );
  });

  test('is named by the config, which a reload reads again', async () => {
    const dir = folder({ 'db.json': things(), 'standin.config.json': { allowOrigin: [APP] } });
    const config = dir.file('standin.config.json');
    const { post, standin } = await serve({ sources: dir.file('db.json'), writes: 'file', config });
    expect((await post('/things', {}, { Origin: APP })).status).toBe(201);
    dir.write('standin.config.json', { allowOrigin: [LOCAL] });
    await standin.reload();
    expect((await post('/things', {}, { Origin: APP })).status).toBe(403);
  });
});
