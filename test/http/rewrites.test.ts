import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/options/options.ts';
import { createStandin } from '../../src/standin.ts';
import { command, run } from '../command.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const posts = () => [
  { id: 1, title: 'one', category: 'js' },
  { id: 2, title: 'two', category: 'css' },
  { id: 3, title: 'three', category: 'js' },
];
const sources = () => ({ posts: posts(), comments: [{ id: 7, postId: 2 }] });

type Rules = Readonly<Record<string, string>>;

/** A server with these rules in a file. */
const rewriting = (rules: unknown, options: Options = {}) =>
  serve({ sources: sources(), routes: folder({ 'routes.json': rules }).file('routes.json'), ...options });

const idsOf = (json: unknown) => [json].flat().map((item) => (item as { id?: unknown } | undefined)?.id);

describe('a request goes where the rules lead', () => {
  const rows: [sentence: string, rules: Rules, path: string, ids: unknown[]][] = [
    ['a star is the rest of the path', { '/api/*': '/$1' }, '/api/posts/2', [2]],
    ['and keeps the query', { '/api/*': '/$1' }, '/api/posts?category=js', [1, 3]],
    ['a name is one segment', { '/:resource/:id/show': '/:resource/:id' }, '/posts/2/show', [2]],
    ['and goes into a query', { '/posts/in/:category': '/posts?category=:category' }, '/posts/in/js', [1, 3]],
    ['which the query of the request joins', { '/in/:c': '/posts?category=:c' }, '/in/js?title=three', [3]],
    ['a rule with a query matches that', { '/articles?id=:id': '/posts/:id' }, '/articles?id=3', [3]],
    ['a path with other letters in it is literal', { '/a.b+(c)': '/posts/1' }, '/a.b+(c)', [1]],
    ['and no pattern', { '/a.b': '/posts/1' }, '/axb', [undefined]],
    ['a slash at the end does not count', { '/first': '/posts/1' }, '/first/', [1]],
    ['rules see what those before them made', { '/a': '/b', '/b': '/posts/2' }, '/a', [2]],
    ['in their order', { '/b': '/posts/2', '/a': '/b' }, '/a', [undefined]],
    [
      'the first that fits leaves nothing for a second',
      { '/x/*': '/posts/$1', '/x/1': '/posts/2' },
      '/x/1',
      [1],
    ],
    ['two stars are counted', { '/*/of/*': '/$2/$1' }, '/1/of/posts', [1]],
    ['a star may stand for all of it', { '/blog/*': '$1' }, '/blog/posts/2', [2]],
    ['what no rule names goes where it went', { '/api/*': '/$1' }, '/posts/2', [2]],
    ['no rules change nothing', {}, '/posts/2', [2]],
    ['a name that the rule does not have stays', { '/x/:id': '/posts/:ID' }, '/x/1', [undefined]],
  ];

  test.each(rows)('%s', async (_sentence, rules, path, ids) => {
    const { get } = await rewriting(rules);
    expect(idsOf((await get(path)).json)).toEqual(ids);
  });

  test.each([
    ['', 'title=why?'],
    ['JSON', '_where={"title":"why?"}'],
    ['after a broken name', '?=1&title=why?'],
  ])('question marks in a query are a part of it: %s', async (_sentence, query) => {
    const { get } = await rewriting(
      { '/api/*': '/$1' },
      {
        sources: {
          posts: [
            { id: 1, title: 'why' },
            { id: 2, title: 'why?' },
          ],
        },
      },
    );
    expect(idsOf((await get(`/api/posts?${query}`)).json)).toEqual([2]);
  });

  test('with every verb', async () => {
    const { get, put, patch, del, post, send } = await rewriting({ '/api/*': '/$1' });
    expect((await post('/api/posts', { title: 'new' })).status).toBe(201);
    expect((await put('/api/posts/4', { title: 'newer' })).status).toBe(200);
    expect((await patch('/api/posts/4', { title: 'newest' })).json).toEqual({ id: 4, title: 'newest' });
    expect((await send('/api/posts/4', { method: 'HEAD' })).status).toBe(200);
    expect((await send('/api/posts/4', { method: 'OPTIONS' })).headers.allow).toContain('PATCH');
    expect((await del('/api/posts/4')).status).toBe(204);
    expect((await get('/api/posts/4')).status).toBe(404);
  });

  test('behind a prefix, and in a session that the path names', async () => {
    const { get, post } = await rewriting({ '/v1/*': '/api/$1' }, { prefix: '/api' });
    expect(idsOf((await get('/v1/posts/2')).json)).toEqual([2]);
    const { headers } = await post('/_standin/s/ann/v1/posts', {});
    expect(headers.location).toBe('/_standin/s/ann/v1/posts/4');
    expect((await get('/_standin/s/ann/v1/posts/4')).status).toBe(200);
    expect((await get('/v1/posts/4')).status).toBe(404);
  });

  test('but the control routes stay where they are', async () => {
    const { get } = await rewriting({ '/*': '/posts' });
    expect((await get('/_standin/db')).json).toHaveProperty('comments');
  });

  test('by the command and its flag', async () => {
    const dir = folder({ 'db.json': sources(), 'routes.json': { '/api/*': '/$1' } });
    const { get } = await command(['db.json', '--routes', 'routes.json'], { cwd: dir.path });
    expect(idsOf((await get('/api/posts/2')).json)).toEqual([2]);
  });

  test('by rules of a module, and by a path in the config that is relative to it', async () => {
    const dir = folder({
      'db.json': sources(),
      'deep/rules.mjs': `export default () => ({ '/api/*': '/$1' });`,
      'deep/standin.config.json': { sources: '../db.json', routes: 'rules.mjs' },
    });
    const { get } = await serve({ config: dir.file('deep/standin.config.json') });
    expect(idsOf((await get('/api/posts/2')).json)).toEqual([2]);
  });
});

describe('rules that are saved', () => {
  test('are applied from then on', async () => {
    const dir = folder({ 'posts.json': posts(), 'rules/routes.json': { '/old/*': '/$1' } });
    const { get } = await serve({ sources: dir.path, routes: dir.file('rules/routes.json'), watch: true });
    expect((await get('/old/posts')).status).toBe(200);
    dir.write('rules/routes.json', { '/new/*': '/$1' });
    await expect.poll(async () => (await get('/new/posts')).status).toBe(200);
    expect((await get('/old/posts')).status).toBe(404);
  });

  test('and broken leave the last good ones', async () => {
    const dir = folder({ 'posts.json': posts(), 'rules/routes.json': { '/old/*': '/$1' } });
    const { get, says } = await serve({
      sources: dir.path,
      routes: dir.file('rules/routes.json'),
      watch: true,
    });
    dir.write('rules/routes.json', { '/new/*': 5 });
    await says(/option 'routes\.\/new\/\*' in .*routes\.json takes text, got 5/);
    expect((await get('/old/posts')).status).toBe(200);
  });
});

describe('a request is rewritten once', () => {
  // A rule that fits what it makes: applied twice, it leads nowhere.
  const rules = { '/*': '/api/$1' };

  test('where a rule would fit what it made', async () => {
    const { post } = await rewriting(rules, { prefix: '/api' });
    expect((await post('/posts', {})).headers.location).toBe('/posts/4');
  });

  test('when it starts again, because the files changed while its body came', async () => {
    const dir = folder({ 'db.json': { posts: posts() }, 'routes.json': rules });
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const watchful = (ctx: { method: string }, next: () => Promise<unknown>) => {
      const done = next();
      if (ctx.method === 'POST') arrived();
      return done;
    };
    const { standin, url, get } = await serve({
      sources: dir.file('db.json'),
      routes: dir.file('routes.json'),
      prefix: '/api',
      middleware: [watchful] as never,
    });
    const body = JSON.stringify({ title: 'mine' });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const head = ['POST /posts HTTP/1.1', 'Host: localhost', 'Connection: close'];
    const entity = ['Content-Type: application/json', `Content-Length: ${body.length}`];
    socket.write(`${[...head, ...entity].join('\r\n')}\r\n\r\n${body.slice(0, 5)}`);
    await arrival;
    dir.write('db.json', { posts: posts(), more: [] });
    await standin.reload();
    socket.write(body.slice(5));
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toContain('HTTP/1.1 201');
    expect(answer).toContain('Location: /posts/4');
    expect((await get('/posts/4')).json).toEqual({ id: 4, title: 'mine' });
  });
});

describe('links show the path that the client asked for', () => {
  test('Location, and the pages of a list', async () => {
    const { get, post } = await rewriting({ '/api/*': '/$1' });
    expect((await post('/api/posts', {})).headers.location).toBe('/api/posts/4');
    expect((await post('/api/posts/2/comments', {})).headers.location).toBe('/api/posts/2/comments/8');
    const { link = '' } = (await get('/api/posts?_page=1&_limit=2')).headers;
    expect(link).toContain('/api/posts?_page=2&_limit=2>; rel="next"');
  });

  test('and the query that it sent, not the one that a rule made of it', async () => {
    const { get, url } = await rewriting({ '/in/:c': '/posts?category=:c' });
    const { headers } = await get('/in/js?_limit=1');
    expect(headers.link).toContain(`<${url}/in/js?_page=2&_limit=1>; rel="next"`);
    expect(idsOf((await get('/in/js?_page=2&_limit=1')).json)).toEqual([3]);
  });

  test('and so does what is refused', async () => {
    const { del } = await rewriting({ '/api/*': '/$1' });
    expect((await del('/api/posts')).json).toMatchObject({ error: 'DELETE is not allowed on /api/posts' });
  });

  test('with a PUT that creates, too', async () => {
    const { put } = await rewriting({ '/api/*': '/$1' }, { putCreates: true });
    expect((await put('/api/posts/9', {})).headers.location).toBe('/api/posts/9');
  });

  test('of json-server', async () => {
    const { get, post, url } = await rewriting(
      { '/api/*': '/$1' },
      { dialect: 'json-server', writes: 'memory' },
    );
    expect((await post('/api/posts', {})).headers.location).toBe(`${url}/api/posts/4`);
    const { link = '' } = (await get('/api/posts?_page=1&_limit=2')).headers;
    expect(link).toContain(`<${url}/api/posts?_page=2&_limit=2>; rel="next"`);
  });

  test('of django, in the body', async () => {
    const { get, url } = await rewriting({ '/api/*': '/$1' }, { dialect: 'django', pageSize: 2 });
    expect((await get('/api/posts/')).json).toMatchObject({ next: `${url}/api/posts/?page=2` });
  });

  const redirects: [dialect: string, rules: Rules, path: string, status: number, location: string][] = [
    ['django', { '/api/*': '/$1' }, '/api/posts?x=1', 301, '/api/posts/?x=1'],
    ['django', { '/all': '/posts' }, '/all', 301, '/all/'],
    ['fastapi', { '/api/*': '/$1' }, '/api/posts/', 307, '/api/posts'],
    ['fastapi', { '/all': '/posts/' }, '/all/', 307, '/all'],
  ];

  test.each(redirects)('a redirect of %s with %j: %s', async (dialect, rules, path, status, location) => {
    const { get, url } = await rewriting(rules, { dialect });
    const answer = await get(path);
    expect([answer.status, answer.headers.location?.replace(url, '')]).toEqual([status, location]);
    expect((await get(location)).status).toBe(200);
  });
});

describe('rules that cannot be read are refused at the start', () => {
  const rows: [sentence: string, content: string, message: string][] = [
    ['a list', '[]', 'takes an object, got []'],
    ['a target that is no text', '{"/a": ["/b"]}', `option 'routes./a' in FILE takes text, got ["/b"]`],
    ['no target', '{"/a": ""}', `option 'routes./a' in FILE takes text that is not empty, got ''`],
    ['broken JSON', '{"/a": ', 'FILE:1:8: not JSON'],
  ];

  test.each(rows)('%s', async (_sentence, content, message) => {
    const dir = folder({ 'routes.json': content });
    const made = createStandin({ sources: sources(), routes: dir.file('routes.json'), watch: false });
    const error = await made.catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'bad-option', exit: 2 });
    expect(String(error)).toContain(message.replace('FILE', dir.file('routes.json')));
  });

  test('no file, by the command: 2', async () => {
    const dir = folder({ 'db.json': sources() });
    const { code, stderr } = await run(['db.json', '--routes', 'nowhere.json'], { cwd: dir.path });
    expect([code, stderr]).toEqual([2, `standin: there is no file ${dir.file('nowhere.json')}\n`]);
  });
});
