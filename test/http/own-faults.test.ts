import { expect, test } from 'vitest';
import { rest } from '../../src/dialects/rest/rest.ts';
import { serve } from '../serve.ts';

test('a request that is refused before it has a session gets its answer', async () => {
  const api = await serve({ sources: [{ posts: [{ id: 1 }] }], sessions: 'required' });
  expect((await api.get('/posts')).status).toBe(400);
  expect((await api.get('/posts', { 'x-standin-session': 'no name' })).json).toMatchObject({
    code: 'bad-session',
  });
  expect((await api.get('/posts', { 'x-standin-session': 'one' })).status).toBe(200);
});

test('a dialect that fails to word a problem costs a 500, not the process', async () => {
  const broken = {
    ...rest,
    problem() {
      throw new Error('no words');
    },
  };
  const lines: string[] = [];
  const api = await serve({ sources: [{ posts: [] }], dialect: broken, log: ({ text }) => lines.push(text) });
  const { status, body } = await api.get('/posts/1');
  expect([status, body.includes('no words')]).toEqual([500, false]);
  expect(lines.join('\n')).toContain('no words');
});
