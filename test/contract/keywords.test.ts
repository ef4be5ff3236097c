import { describe, expect, test } from 'vitest';
import { dialectNames } from '../../src/dialects/index.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { keywords } from './keywords.ts';
import { spellings } from './spelling.ts';

/** Every text in an answer, wherever it stands. */
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

async function refusal(dialect: string, schema: object, value: unknown) {
  const { path } = folder({
    'things.json': [],
    'schemas/things.schema.json': { type: 'object', properties: { value: schema } },
  });
  const { post } = await serve({ sources: path, dialect });
  return post(spellings[dialect]?.path('things') ?? '', { value });
}

/** The library's own sentences, which a dialect with words of its own does not use. */
const DEFAULTS =
  /must NOT|must have at (least|most)|must match (format|pattern|exactly|"then"|a schema)|must contain|must pass|property name must|boolean schema/;
/** What a backend drops as it reads a value, and so has nothing left to refuse. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  django: ['additionalProperties', 'unevaluatedProperties'],
  // A set: what comes twice is in it once.
  fastapi: ['unevaluatedProperties', 'uniqueItems'],
  'fastapi-pydantic1': ['unevaluatedProperties'],
};
const ownWords = ['django', 'fastapi', 'fastapi-pydantic1'];

describe.each(dialectNames)('%s', (dialect) => {
  test.each(Object.entries(keywords))('has words for %s', async (keyword, [schema, value]) => {
    const { status, body, json } = await refusal(dialect, schema, value);
    if (dropped[dialect]?.includes(keyword)) return expect(status).toBe(201);
    expect([400, 422]).toContain(status);
    expect(body).not.toMatch(/undefined|\[object|NaN/);
    expect(texts(json).some((text) => /\w+ \w+/.test(text))).toBe(true);
    expect(body).not.toMatch(/must NOT/);
    if (ownWords.includes(dialect)) expect(body).not.toMatch(DEFAULTS);
  });
});
