import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const indented = `{
    "$schema": "./x.json",
    "version": 2,
    "posts": [
        {
            "title": "a",
            "id": 1
        }
    ]
}`;

const rows: [sentence: string, name: string, before: string, after: string][] = [
  [
    'JSON: indentation, key order, $schema, and no final newline',
    'db.json',
    indented,
    indented.replace('"a"', '"b"'),
  ],
  ['JSON: a final newline', 'db.json', `${indented}\n`, `${indented}\n`.replace('"a"', '"b"')],
  [
    'JSON: tabs and Windows line ends',
    'db.json',
    '{\r\n\t"posts": [\r\n\t\t{\r\n\t\t\t"id": 1,\r\n\t\t\t"title": "a"\r\n\t\t}\r\n\t]\r\n}\r\n',
    '{\r\n\t"posts": [\r\n\t\t{\r\n\t\t\t"id": 1,\r\n\t\t\t"title": "b"\r\n\t\t}\r\n\t]\r\n}\r\n',
  ],
  ['JSON on one line', 'db.json', '{"posts":[{"id":1,"title":"a"}]}', '{"posts":[{"id":1,"title":"b"}]}'],
  ['JSON: an array as a source', 'posts.json', '[{"id":1,"title":"a"}]\n', '[{"id":1,"title":"b"}]\n'],
  ['JSON5', 'db.json5', "{posts:[{id:1,title:'a'}]}", "{posts:[{id:1,title:'b'}]}"],
  ['YAML', 'db.yaml', 'posts:\n  - id: 1\n    title: a\n', 'posts:\n  - id: 1\n    title: b\n'],
  [
    'NDJSON',
    'posts.ndjson',
    '{"id":1,"title":"a"}\n{"id":2,"title":"z"}\n',
    '{"id":1,"title":"b"}\n{"id":2,"title":"z"}\n',
  ],
  ['CSV', 'posts.csv', 'id,title\n1,a\n2,"x, y"\n', 'id,title\n1,b\n2,"x, y"\n'],
  [
    "Django's fixture format",
    'blog.json',
    '[{"model":"blog.posts","pk":1,"fields":{"title":"a"}}]',
    '[{"model":"blog.posts","pk":1,"fields":{"title":"b"}}]',
  ],
];

test.each(rows)('a save keeps the form of %s', async (_sentence, name, before, after) => {
  const dir = folder({ [name]: before });
  const { patch, get } = await serve({ sources: dir.file(name), writes: 'file' });
  const { status, body } = await patch('/posts/1', { title: 'b' });
  expect([status, body]).toEqual([200, expect.stringContaining('b')]);
  expect(readFileSync(dir.file(name), 'utf8')).toBe(after);
  const again = await serve({ sources: dir.file(name) });
  expect((await again.get('/posts')).json).toEqual((await get('/posts')).json);
});

describe('a folder', () => {
  test('rewrites the touched file alone', async () => {
    const dir = folder({
      'posts.json': '[ {"id": 1 } ]',
      'tags.json': '[{"id":1,"name":"x"}]',
      'tags.schema.json': {},
    });
    const before = statSync(dir.file('posts.json'));
    const { patch } = await serve({ sources: dir.path, writes: 'file' });
    await patch('/tags/1', { name: 'y' });
    expect(readFileSync(dir.file('tags.json'), 'utf8')).toBe('[{"id":1,"name":"y"}]');
    expect(readFileSync(dir.file('posts.json'), 'utf8')).toBe('[ {"id": 1 } ]');
    expect(statSync(dir.file('posts.json')).ino).toBe(before.ino);
  });

  test('saves a delete that reaches several files in all of them', async () => {
    const dir = folder({
      'posts.json': [{ id: 1 }, { id: 2 }],
      'comments.json': [
        { id: 1, postId: 1 },
        { id: 2, postId: 2 },
      ],
    });
    const relations = { 'comments.postId': { to: 'posts', onDelete: 'cascade' as const } };
    const { del } = await serve({ sources: dir.path, writes: 'file', relations });
    expect((await del('/posts/1')).status).toBe(204);
    expect(JSON.parse(readFileSync(dir.file('posts.json'), 'utf8'))).toEqual([{ id: 2 }]);
    expect(JSON.parse(readFileSync(dir.file('comments.json'), 'utf8'))).toEqual([{ id: 2, postId: 2 }]);
    expect(readdirSync(dir.path).sort()).toEqual(['comments.json', 'posts.json']);
  });
});

test('a fixture behind a symbolic link stays behind it', async () => {
  const dir = folder({ 'real/posts.json': [{ id: 1 }] });
  mkdirSync(dir.file('linked'));
  symlinkSync(dir.file('real/posts.json'), dir.file('linked/posts.json'));
  const { post } = await serve({ sources: dir.file('linked'), writes: 'file' });
  expect((await post('/posts', {})).status).toBe(201);
  expect(lstatSync(join(dir.path, 'linked/posts.json')).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(dir.file('real/posts.json'), 'utf8'))).toHaveLength(2);
  expect([readdirSync(dir.file('real')), readdirSync(dir.file('linked'))]).toEqual([
    ['posts.json'],
    ['posts.json'],
  ]);
});
