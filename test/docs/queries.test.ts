import { describe, expect, test } from 'vitest';
import { bounds } from '../../src/dialect/bounds.ts';
import { serve } from '../serve.ts';
import { page, ROOT } from './markdown.ts';

const text = page('docs/queries.md');

/** The rows that ask something: a path, and the total or the refusal that answers it. */
const rows = [...text.matchAll(/^\| `(\/[^`]+)` \| ([^|]+) \|/gm)].map(
  ([, path = '', answer = '']) => [path, answer.trim()] as const,
);

describe('docs/queries.md', () => {
  test.each(rows)('%s: %s', async (path, answer) => {
    const { get } = await serve({ sources: [`${ROOT}fixtures`] });
    // As a browser sends it.
    const { status, headers, json } = await get(new URL(path, 'http://localhost').href.slice(16));
    const [, code] = /^400 `(.+)`$/.exec(answer) ?? [];
    if (code !== undefined) expect([status, json]).toMatchObject([400, { code }]);
    else expect([status, headers['x-total-count']]).toEqual([200, answer]);
  });

  test.each(Object.values(bounds))('says that $most is the most of $what', ({ most, what }) => {
    expect(text).toMatch(new RegExp(`^\\| ${most} \\| ${what}\\b`, 'm'));
  });
});
