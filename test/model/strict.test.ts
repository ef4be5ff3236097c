import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const cars = () => [
  { id: 1, name: 'Beetle', doors: 2, price: 9.5, owner: null, tags: ['old'], size: { width: 1, height: 2 } },
  { id: 2, name: 'Mini', doors: 3, price: 8, owner: 'Ada', tags: [], size: { width: 1 }, note: 'blue' },
];
const whole = () => ({ name: 'Fiat', doors: 4, price: 7, owner: null, tags: ['new'], size: { width: 2 } });

const rows: [sentence: string, change: Record<string, unknown>, fault?: string][] = [
  ['the same shape is taken', {}],
  ['what some items have may be sent', { note: 'red' }],
  ['an id may be sent', { id: 9 }],
  ['a whole number does not bind the field to whole numbers', { doors: 4.5 }],
  ['null is taken where an item has it', { owner: 'Ben' }],
  ['a missing field is refused', { name: undefined }, '/name required'],
  ['an unknown field is refused', { wheels: 4 }, '/wheels additionalProperties'],
  ['another type is refused', { doors: 'four' }, '/doors type'],
  ['null is refused where no item has it', { name: null }, '/name type'],
  ['another type in a list is refused', { tags: [1] }, '/tags/0 type'],
  ['a missing field inside is refused', { size: {} }, '/size/width required'],
  ['another type inside is refused', { size: { width: '2' } }, '/size/width type'],
];

test.each(rows)('%s', async (_sentence, change, fault) => {
  const { post } = await serve({ sources: { cars: cars() }, strict: true });
  const { status, json } = await post('/cars', { ...whole(), ...change });
  const details = (json as { details?: { path: string; keyword: string }[] }).details ?? [];
  expect(details.map(({ path, keyword }) => `${path} ${keyword}`)).toEqual(
    fault === undefined ? [] : [fault],
  );
  expect(status).toBe(fault === undefined ? 201 : 422);
});

describe('the shape', () => {
  test('is asked of PUT whole, and of PATCH for what it names', async () => {
    const { put, patch } = await serve({ sources: { cars: cars() }, strict: true });
    expect((await put('/cars/1', { name: 'x' })).status).toBe(422);
    expect((await put('/cars/1', whole())).status).toBe(200);
    expect((await patch('/cars/1', { name: 'y' })).status).toBe(200);
    expect((await patch('/cars/1', { wheels: 4 })).status).toBe(422);
  });

  test('of a list of keys takes the key from the path', async () => {
    const sources = { shops: [{ id: 1 }], cars: [{ id: 1, shopId: 1, name: 'a' }] };
    const { post } = await serve({ sources, strict: true });
    expect((await post('/shops/1/cars', { name: 'b' })).status).toBe(201);
  });

  test('of an empty collection is open', async () => {
    const { post } = await serve({ sources: { cars: [] }, strict: true });
    expect((await post('/cars', { anything: 1 })).status).toBe(201);
  });

  test('gives way to a schema', async () => {
    const dir = folder({ 'cars.json': cars(), 'cars.schema.json': { required: ['name'] } });
    const { post } = await serve({ sources: dir.path, strict: true });
    expect((await post('/cars', { name: 'x', wheels: 4 })).status).toBe(201);
    expect((await post('/cars', {})).status).toBe(422);
  });

  test('is not asked about without the option', async () => {
    const { post } = await serve({ sources: { cars: cars() } });
    expect((await post('/cars', { wheels: 4 })).status).toBe(201);
  });

  test('grows with the fixtures, not with what clients write', async () => {
    const { post, standin, patch } = await serve({ sources: { cars: [{ id: 1, name: 'a' }] }, strict: true });
    expect((await patch('/cars/1', { name: 'b' })).status).toBe(200);
    await standin.reload();
    expect((await post('/cars', { name: 'c', extra: 1 })).status).toBe(422);
  });

  test('is no reason for a warning', async () => {
    expect((await serve({ sources: { cars: cars() }, strict: true })).standin.warnings).toEqual([]);
  });
});
