import { describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const sources = () => ({
  settings: { theme: 'dark', size: { w: 1, h: 2 }, list: [{ a: 1, b: 2 }] },
  colours: ['red'],
  posts: [{ id: 1, title: 'a' }],
});

describe('a singleton is asked as an item is', () => {
  const answered: [query: string, expected: unknown][] = [
    ['', sources().settings],
    ['_fields=theme', { theme: 'dark' }],
    ['_fields=size.w,theme', { theme: 'dark', size: { w: 1 } }],
    ['_fields=list.a', { list: [{ a: 1 }] }],
    ['theme=light', sources().settings],
  ];
  test.each(answered)('?%s', async (query, expected) => {
    const { get, send } = await serve({ sources: sources() });
    expect(await get(`/settings?${query}`)).toMatchObject({ status: 200, json: expected });
    expect((await get(`/settings?${query}`)).json).toEqual(expected);
    expect((await send(`/settings?${query}`, { method: 'HEAD' })).status).toBe(200);
  });

  const refused: [query: string, code: string, says: RegExp][] = [
    ['_fields=thme', 'bad-parameter', /Did you mean 'theme'/],
    ['_embed=posts', 'bad-parameter', /no relation 'posts'.*It has no relations/],
    ['_sort=nothing', 'bad-parameter', /no field 'nothing'/],
    ['_where={', 'bad-parameter', /takes JSON/],
    ['theme:gtt=1', 'bad-parameter', /no operator 'gtt'/],
    [`_fields=${'theme,'.repeat(101)}`, 'too-much', /at most 100 fields/],
  ];
  test.each(refused)('?%s is refused', async (query, code, says) => {
    const { get } = await serve({ sources: sources() });
    const answer = await get(`/settings?${query}`);
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([400, code]);
    expect(answer.body).toMatch(says);
  });

  test('a parameter that is nothing is named, or refused where that is asked for', async () => {
    const { get, lines } = await serve({ sources: sources() });
    expect((await get('/settings?thme=dark')).json).toEqual(sources().settings);
    expect(lines.map(({ text }) => text).join()).toContain("'thme' is no field of settings");
    const strict = await get('/settings?thme=dark', { Prefer: 'handling=strict' });
    expect(strict).toMatchObject({
      status: 400,
      json: { code: 'unknown-parameter', hint: "Did you mean 'theme'?" },
    });
    const api = await serve({ sources: sources(), strictQuery: true });
    expect((await api.get('/settings?thme=dark')).status).toBe(400);
    expect((await api.get('/colours?thme=dark')).status).toBe(400);
  });

  test('a field that a write put there is one', async () => {
    const { get, patch } = await serve({ sources: sources() });
    await patch('/settings', { font: 'serif' });
    expect((await get('/settings?_fields=font')).json).toEqual({ font: 'serif' });
  });

  test('a view of it has a tag of its own', async () => {
    const { get } = await serve({ sources: sources() });
    const [full, part] = [await get('/settings'), await get('/settings?_fields=theme')];
    expect(part.headers.etag).not.toBe(full.headers.etag);
    const known = { 'If-None-Match': String(part.headers.etag) };
    expect((await get('/settings?_fields=theme', known)).status).toBe(304);
  });

  test('a plain value has no fields to choose', async () => {
    const { get } = await serve({ sources: sources() });
    expect((await get('/colours?_fields=red')).status).toBe(400);
    expect((await get('/colours?_embed=posts')).status).toBe(400);
    expect((await get('/colours')).json).toEqual(['red']);
  });

  test.each(['json-server', 'json-server-1', 'django', 'fastapi'])(
    '%s answers as it did',
    async (dialect) => {
      const { get } = await serve({ sources: sources(), dialect, writes: 'memory' });
      const path = dialect === 'django' ? '/settings/' : '/settings';
      expect((await get(`${path}?_fields=theme&_embed=posts&nothing=1`)).json).toEqual(sources().settings);
    },
  );
});
