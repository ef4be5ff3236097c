import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const author = {
  type: 'object',
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 1, maxLength: 20 },
    born: { type: 'string', format: 'date' },
    nick: { type: ['string', 'null'], default: null },
    home: {
      type: 'object',
      properties: { city: { type: 'string' }, zip: { type: ['string', 'null'], default: null } },
      required: ['city'],
    },
  },
  required: ['name', 'born'],
};

const book = {
  type: 'object',
  properties: {
    id: { type: 'integer', readOnly: true },
    authorId: { type: 'integer', readOnly: true },
    title: { type: 'string' },
    pages: { type: 'integer', minimum: 1 },
    shelf: { enum: ['attic', 'hall'], type: 'string', default: 'hall' },
  },
  required: ['title'],
  additionalProperties: false,
};

const tag = {
  type: 'object',
  properties: { id: { type: 'integer' }, word: { type: 'string' } },
  required: ['word'],
};

export const data = {
  authors: [
    { id: 1, name: 'Ada', born: '1815-12-10', nick: null, home: { city: 'London', zip: null } },
    { id: 2, name: 'Emmy', born: '1882-03-23', nick: null, home: { city: 'Erlangen', zip: null } },
  ],
  books: [
    { id: 1, authorId: 1, title: 'Notes', pages: 66, shelf: 'attic' },
    { id: 2, authorId: 2, title: 'Invariants', pages: 12, shelf: 'hall' },
  ],
  tags: [{ id: 1, word: 'new' }],
};

const settings = {
  resources: {
    authors: { pagination: 'skip-limit', maxPageSize: 50 },
    books: { filters: { shelf: ['exact'], pages: ['gte', 'lte'] } },
  },
  unique: { tags: ['word'] },
} as const;

/** A bookshop of authors, their books, and tags. */
export function bookshop(dialect = 'fastapi', more: object = {}) {
  const { path } = folder({
    'db.json': data,
    'schemas/authors.schema.json': author,
    'schemas/books.schema.json': book,
    'schemas/tags.schema.json': tag,
  });
  return serve({
    sources: `${path}/db.json`,
    schemas: `${path}/schemas`,
    dialect,
    ...settings,
    ...more,
  } as never);
}

export const ada = { name: 'Grace', born: '1906-12-09' };
/** An entry of `detail` as pydantic 2 writes it. */
export const fault = (type: string, loc: unknown[], msg: string, input: unknown, ctx?: object) => ({
  type,
  loc,
  msg,
  input,
  ...(ctx ? { ctx } : {}),
});
export const missing = (field: string, input: unknown) =>
  fault('missing', ['body', field], 'Field required', input);
export const noInt = (loc: unknown[], input: unknown) =>
  fault('int_parsing', loc, 'Input should be a valid integer, unable to parse string as an integer', input);
