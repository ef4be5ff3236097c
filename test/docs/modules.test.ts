import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { command } from '../command.ts';
import { folder } from '../folder.ts';
import { blocks, links, page, ROOT } from './markdown.ts';

const modules = page('docs/modules.md');

test('the config that is shown runs', async () => {
  const [config = ''] = blocks(modules, 'ts');
  const dir = folder({
    'standin.config.ts': config,
    'mock/envelope.ts': page('test/recipes/envelope.mjs'),
    'fixtures/events.json': [{ id: 1, title: 'Seed swap' }],
  });
  const { get } = await command([], { cwd: dir.path });
  expect((await get('/events/1')).json).toEqual({ data: { id: 1, title: 'Seed swap' } });
});

test('its links lead somewhere', () => {
  expect(links(modules).filter((target) => !existsSync(`${ROOT}docs/${target}`))).toEqual([]);
});
