import { expect, test } from 'vitest';
import { compatibility, sideBySide } from '../contract/tables.ts';
import { recorded } from '../recorded/table.ts';
import { fill, page, ROOT } from './markdown.ts';

// Regenerated with `npm run docs:dialects`.
test('the page holds what the dialects answer', async () => {
  const now = page('docs/dialects.md');
  const filled = [
    ['answers', await sideBySide()],
    ['compatibility', compatibility()],
    ['recorded', recorded()],
  ].reduce((text, [name = '', content = '']) => fill(text, name, content), now);
  await expect(filled).toMatchFileSnapshot(`${ROOT}docs/dialects.md`);
}, 60_000);
