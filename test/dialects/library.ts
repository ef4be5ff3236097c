import type { Options } from '../../src/options/options.ts';
import { folder } from '../folder.ts';
import { serve } from '../serve.ts';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const id = { type: 'integer', readOnly: true };

const authors = { type: 'object', properties: { id, name: text(40) }, required: ['name'] };

const books = {
  type: 'object',
  properties: {
    id,
    author: { type: 'integer' },
    title: text(20),
    isbn: { type: 'string', pattern: '^\\d{3}$', maxLength: 3, description: 'three digits' },
    pages: { type: 'integer', minimum: 1, maximum: 5000 },
    price: { type: 'string', format: 'decimal', 'x-maxDigits': 5, 'x-decimalPlaces': 2 },
    published: { type: 'string', format: 'date' },
    sold: { type: ['string', 'null'], format: 'date-time', default: null },
    length: { type: ['string', 'null'], format: 'duration', default: null },
    genre: { type: 'string', enum: ['novel', 'poetry'], default: 'novel' },
    lent: { type: 'boolean', default: false },
    contact: { type: ['string', 'null'], format: 'email', default: null },
    tags: { type: 'array', items: text(5), maxItems: 2, default: [] },
    publisher: {
      type: 'object',
      properties: { name: text(10), city: text(10), code: { type: 'string', pattern: '^x' } },
      required: ['name', 'city'],
    },
    prints: {
      type: 'array',
      items: { type: 'object', properties: { year: { type: 'integer' } }, required: ['year'] },
      default: [],
    },
  },
  required: ['author', 'title', 'isbn', 'pages', 'price', 'published', 'publisher'],
};

const data = {
  authors: [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bo' },
  ],
  books: [
    {
      id: 1,
      author: 1,
      title: 'Waves',
      isbn: '100',
      pages: 90,
      price: '9.50',
      published: '2001-05-04',
      sold: null,
      length: null,
      genre: 'poetry',
      lent: false,
      contact: null,
      tags: ['sea'],
      publisher: { name: 'Quay', city: 'Porto' },
      prints: [{ year: 2001 }],
    },
    {
      id: 2,
      author: 2,
      title: 'apples',
      isbn: '200',
      pages: 300,
      price: '100.00',
      published: '2010-01-31',
      sold: '2011-02-03T04:05:06Z',
      length: '01:00:00',
      genre: 'novel',
      lent: true,
      contact: null,
      tags: [],
      publisher: { name: 'Dell', city: 'Oslo' },
      prints: [],
    },
  ],
};

/** A new book, as a client would send it. */
export const book = {
  author: 1,
  title: 'Cliffs',
  isbn: '300',
  pages: 10,
  price: '5.00',
  published: '2020-02-02',
  publisher: { name: 'Quay', city: 'Porto' },
};

/** A library of its own for one test. */
export function library(options: Options = {}) {
  const { file } = folder({
    'db.json': data,
    'schemas/authors.schema.json': authors,
    'schemas/books.schema.json': books,
  });
  return serve({
    sources: file('db.json'),
    dialect: 'django',
    relations: { 'books.author': 'authors' },
    unique: { books: ['isbn', ['title', 'author']] },
    ...options,
  });
}
