import { expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { growsLinearly } from '../growth.ts';
import { serve } from '../serve.ts';

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=edge';

const files = {
  'posts.json': [{ id: 1, title: 'a' }],
  'posts.schema.json': {
    type: 'object',
    properties: {
      title: { type: 'string' },
      words: { type: 'array', items: { type: 'string' } },
      marks: { type: 'array', items: { type: 'integer' } },
      tagIds: { type: 'array', items: { type: 'integer' } },
      place: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
  'tags.json': [{ id: 1 }],
};

const start = (dialect: string) =>
  serve({ sources: folder(files).path, dialect, writes: 'memory', bodyLimit: '20mb' });

const part = (name: string, value: string) =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** Forms that grow: their type, how often something is repeated in the smallest, and what. */
const forms: readonly (readonly [
  sentence: string,
  type: string,
  size: number,
  again: (i: number) => string,
])[] = [
  ['one field, many times', URLENCODED, 10_000, () => 'x&'],
  ['a list', URLENCODED, 10_000, () => 'words=w&'],
  ['a list of what is wrong', URLENCODED, 2000, () => 'marks=no&'],
  ['a list of keys that lead nowhere', URLENCODED, 2000, (i) => `tagIds=${i + 2}&`],
  ['many fields of a nested object', URLENCODED, 4000, (i) => `place.f${i}=1&`],
  ['a list in many parts', MULTIPART, 2000, () => part('marks', 'no')],
];

for (const dialect of ['django', 'json-server'])
  test.each(forms)(`${dialect} reads %s in time that grows with it`, async (_sentence, type, size, again) => {
    const { post } = await start(dialect);
    const path = dialect === 'django' ? '/posts/' : '/posts';
    await growsLinearly(
      size,
      (times) =>
        Array.from({ length: times }, (_, i) => again(i)).join('') +
        (type === MULTIPART ? '--edge--\r\n' : ''),
      async (body) => {
        const { status } = await post(path, body, { 'Content-Type': type });
        expect([201, 400, 422]).toContain(status);
      },
      3,
    );
  });

test('a field that is sent more than once is a list, also where some of it is empty', async () => {
  const { post } = await start('json-server');
  const { json } = await post('/tags', 'a=1&b=&a=2&b=&a=1&c=&__proto__=x', { 'Content-Type': URLENCODED });
  expect(json).toMatchObject({ a: ['1', '2', '1'], b: ['', ''], c: '' });
  expect(Object.keys(json as object)).toContain('__proto__');
});

test('each sentence about a field is told once', async () => {
  const { post } = await start('django');
  const { json } = await post('/posts/', 'tagIds=7&tagIds=8&tagIds=7&marks=a&marks=b', {
    'Content-Type': URLENCODED,
  });
  expect(json).toEqual({
    marks: { 0: ['A valid integer is required.'], 1: ['A valid integer is required.'] },
    tagIds: ['Invalid pk "7" - object does not exist.', 'Invalid pk "8" - object does not exist.'],
  });
});
