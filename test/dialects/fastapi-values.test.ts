import { describe, expect, test } from 'vitest';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';
import { ada, bookshop, fault } from './bookshop.ts';

describe('what is not JSON', () => {
  const text = 'word=x';
  const refused = (input: string) => ({
    detail: [
      fault(
        'model_attributes_type',
        ['body'],
        'Input should be a valid dictionary or object to extract fields from',
        input,
      ),
    ],
  });

  test.each([
    ['text/plain', 422, refused(text), text],
    ['application/x-www-form-urlencoded', 422, refused(text), text],
    ['text/json', 422, refused('{"word":"x"}'), '{"word":"x"}'],
    ['application/vnd.api+json', 201, { id: 2, word: 'x' }, '{"word":"x"}'],
  ])('%s', async (type, status, answer, body) => {
    const { post } = await bookshop();
    const came = await post('/tags', body, { 'Content-Type': type });
    expect([came.status, came.json]).toEqual([status, answer]);
  });

  test('a body without a type is text to pydantic 2, and JSON to pydantic 1', async () => {
    const body = '{"word":"x"}';
    expect((await (await bookshop()).post('/tags', body)).json).toEqual(refused(body));
    expect((await (await bookshop('fastapi-pydantic1')).post('/tags', body)).status).toBe(201);
  });
});

describe('verbs and slashes', () => {
  test('Allow names the first verb of a path', async () => {
    const { del, post } = await bookshop();
    for (const came of [await del('/tags'), await post('/tags/1', {}), await post('/tags/x', {})]) {
      expect([came.status, came.headers.allow, came.json]).toEqual([
        405,
        'GET',
        { detail: 'Method Not Allowed' },
      ]);
    }
  });

  test('a last slash is sent away, with the query and whatever the verb', async () => {
    const { url, get, post } = await bookshop();
    const came = await get('/tags/1//?a=1');
    expect([came.status, came.headers.location, came.body]).toEqual([307, `${url}/tags/1?a=1`, '']);
    expect((await post('/tags/', {})).status).toBe(307);
    expect((await get('/nope/')).json).toEqual({ detail: 'Not Found' });
  });

  test('a delete has no body and no type', async () => {
    const { del } = await bookshop();
    const came = await del('/tags/1');
    expect([came.status, came.body, came.headers['content-type']]).toEqual([204, '', undefined]);
    expect((await del('/tags/1')).json).toEqual({ detail: 'Tag not found' });
  });

  test("HEAD is refused, a browser's preflight is answered", async () => {
    const { send } = await bookshop();
    expect((await send('/tags', { method: 'HEAD' })).status).toBe(405);
    const headers = { Origin: 'http://localhost:5173', 'Access-Control-Request-Method': 'POST' };
    expect((await send('/tags', { method: 'OPTIONS', headers })).status).toBe(204);
  });
});

describe('ids', () => {
  test('a writable id follows the highest there is, any other is never used again', async () => {
    const { del, post } = await bookshop();
    await del('/tags/1');
    expect((await post('/tags', { word: 'x' })).json).toMatchObject({ id: 1 });
    await del('/authors/2');
    expect((await post('/authors', ada)).json).toMatchObject({ id: 3 });
  });

  test('uuids are read as uuids', async () => {
    const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
    const { get } = await serve({ sources: { jobs: [{ id, name: 'x' }] }, dialect: 'fastapi' });
    expect((await get(`/jobs/${id.toUpperCase()}`)).status).toBe(200);
    expect((await get('/jobs/5')).json).toMatchObject({
      detail: [{ type: 'uuid_parsing', loc: ['path', 'job_id'] }],
    });
  });
});

describe('pydantic 1', () => {
  test('its words, and null told as null', async () => {
    const { post } = await bookshop('fastapi-pydantic1');
    expect((await post('/authors', { name: '', born: null })).json).toEqual({
      detail: [
        {
          loc: ['body', 'name'],
          msg: 'ensure this value has at least 1 characters',
          type: 'value_error.any_str.min_length',
          ctx: { limit_value: 1 },
        },
        { loc: ['body', 'born'], msg: 'none is not an allowed value', type: 'type_error.none.not_allowed' },
      ],
    });
  });

  test('JSON that is none, with its place', async () => {
    const { post } = await bookshop('fastapi-pydantic1');
    const came = await post('/tags', '{\n"word":', { 'Content-Type': 'application/json' });
    const msg = 'Expecting value';
    expect(came.json).toEqual({
      detail: [
        {
          loc: ['body', 9],
          msg: `${msg}: line 2 column 8 (char 9)`,
          type: 'value_error.jsondecode',
          ctx: { msg, doc: '{\n"word":', pos: 9, lineno: 2, colno: 8 },
        },
      ],
    });
  });

  test('pairs are an object, and an empty list is an empty one', async () => {
    const { post, patch } = await bookshop('fastapi-pydantic1');
    expect((await post('/tags', [['word', 'x']])).json).toEqual({ id: 2, word: 'x' });
    expect((await patch('/tags/1', [])).json).toEqual({ id: 1, word: 'new' });
  });

  test('extra fields by their name', async () => {
    const { post } = await bookshop('fastapi-pydantic1');
    const { json } = await post('/authors/1/books', { title: 'x', z: 1, a: 1 });
    expect(json).toMatchObject({ detail: [{ loc: ['body', 'a'] }, { loc: ['body', 'z'] }] });
  });
});

describe('values as they are shown', () => {
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      at: { type: 'string', format: 'date-time' },
      price: { type: 'number', format: 'decimal', 'x-maxDigits': 6, 'x-decimalPlaces': 2 },
      took: { type: 'number', format: 'duration' },
    },
  };
  const shop = async (dialect: string) => {
    const sale = { id: 1, at: '2024-05-06T07:08:09Z', price: '10.50', took: 90 };
    const { path } = folder({ 'sales.json': [sale], 'schemas/sales.schema.json': schema });
    return serve({ sources: `${path}/sales.json`, schemas: `${path}/schemas`, dialect });
  };

  test.each([
    ['fastapi', { at: '2024-05-06T07:08:09Z', price: '10.50', took: 'PT1M30S' }],
    ['fastapi-pydantic1', { at: '2024-05-06T07:08:09+00:00', price: 10.5, took: 90 }],
  ])('%s shows fixtures and what was sent alike', async (dialect, shown) => {
    const { get, post } = await shop(dialect);
    expect((await get('/sales')).json).toEqual([{ id: 1, ...shown }]);
    const sent = { at: '2024-05-06 07:08:09Z', price: '10.50', took: '00:01:30' };
    expect((await post('/sales', sent)).json).toEqual({ id: 2, ...shown });
  });
});

test('a keyword that the models do not know is worded all the same', async () => {
  const schema = {
    type: 'object',
    properties: { from: { type: 'integer' }, to: { type: 'integer' } },
    dependentRequired: { from: ['to'] },
    not: { properties: { to: { const: 13 } }, required: ['to'] },
  };
  const { path } = folder({ 'trips.json': [], 'schemas/trips.schema.json': schema });
  const { post } = await serve({
    sources: `${path}/trips.json`,
    schemas: `${path}/schemas`,
    dialect: 'fastapi',
  });
  expect((await post('/trips', { from: 1 })).json).toMatchObject({
    detail: [{ type: 'value_error', msg: 'Value error, to must be given with from' }],
  });
  expect((await post('/trips', { from: 1, to: 13 })).status).toBe(422);
  expect((await post('/trips', { from: 1, to: 2 })).status).toBe(201);
});

test('without a schema a body is kept as it is', async () => {
  const { post } = await serve({ sources: { notes: [{ id: 4, text: 'x' }] }, dialect: 'fastapi' });
  expect((await post('/notes', { text: 5, more: [1] })).json).toEqual({ id: 5, text: 5, more: [1] });
});

describe('schemas that say more than a model', () => {
  const post = async (schema: object, body: object) => {
    const { path } = folder({ 'trips.json': [], 'schemas/trips.schema.json': { type: 'object', ...schema } });
    const served = await serve({
      sources: `${path}/trips.json`,
      schemas: `${path}/schemas`,
      dialect: 'fastapi',
    });
    const { status, json } = await served.post('/trips', body);
    return [status, json];
  };
  const to = { properties: { to: { type: 'string' } } };

  test.each([
    ['no properties: a body is kept', {}, { a: 1 }, 201],
    ['no properties, but what is required', { required: ['a'] }, { b: 1 }, 422],
    [
      'fields that another part describes are kept',
      { ...to, allOf: [to, { properties: { a: {} } }] },
      { a: 1 },
      201,
    ],
    ['and checked', { ...to, allOf: [to, { properties: { a: { type: 'integer' } } }] }, { a: 'x' }, 422],
    [
      'one of several sets of fields',
      { ...to, anyOf: [{ required: ['to'] }, { required: ['by'] }] },
      {},
      422,
    ],
    [
      'fields by a pattern',
      { ...to, patternProperties: { '^x-': {} }, additionalProperties: false },
      { 'x-a': 1 },
      201,
    ],
    ['and others', { ...to, patternProperties: { '^x-': {} }, additionalProperties: false }, { y: 1 }, 422],
    [
      'a format that is no kind',
      { properties: { to: { type: 'string', format: 'hostname' } } },
      { to: '-' },
      422,
    ],
    ['a format without a type', { properties: { to: { format: 'date' } } }, { to: 'soon' }, 422],
    ['an object that is listed', { properties: { to: { enum: [{ a: 1 }] } } }, { to: { a: 1 } }, 201],
  ])('%s', async (_, schema, body, status) => {
    const [came, json] = await post(schema, body);
    expect([came, status === 201 ? json : body]).toEqual([
      status,
      status === 201 ? { id: 1, ...body } : body,
    ]);
  });
});
