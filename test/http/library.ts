/** A small library: what lists are asked about. */
export const library = {
  books: [
    {
      id: 1,
      title: 'Boats of the North',
      code: '007',
      views: 10,
      authorId: 1,
      published: '2020-03-01T10:00:00Z',
      tags: ['sea', 'craft'],
      size: { w: 10, h: 20 },
      labelIds: [1, 2],
      checked_in: true,
    },
    {
      id: 2,
      title: 'a quiet harbour',
      code: '7',
      views: 5,
      authorId: 2,
      published: '2020-03-01T12:00:00+05:00',
      tags: ['sea'],
      size: { w: 30, h: 20 },
      labelIds: [2],
      checked_in: false,
    },
    {
      id: 3,
      title: 'Clocks (and boats)',
      code: 'c.*',
      views: 25,
      authorId: 1,
      published: '2021-01-01',
      tags: [],
      size: { w: 10, h: 5 },
      labelIds: [],
      checked_in: true,
    },
    {
      id: 4,
      title: 'Dust',
      code: 'D&D',
      views: null,
      authorId: 9,
      published: '2019-06-30',
      tags: ['craft', 7],
      labelIds: [3],
    },
    {
      id: 5,
      title: 'Émile',
      code: '5',
      authorId: 2,
      published: '2022-02-02',
      tags: ['50%'],
      size: { w: 1, h: 1 },
    },
  ],
  authors: [
    { id: 1, name: 'Ada', born: 1900, countryId: 'pt' },
    { id: 2, name: 'Bo', born: 1950, countryId: 'no' },
    { id: 3, name: 'Cy', born: 1950, countryId: 'pt' },
  ],
  countries: [
    { id: 'pt', name: 'Portugal' },
    { id: 'no', name: 'Norway' },
  ],
  reviews: [
    { id: 1, bookId: 1, stars: 5, text: 'Good', q: 'first' },
    { id: 2, bookId: '1', stars: 3, text: 'fine', q: 'second' },
    { id: 3, bookId: 2, stars: 4, text: 'good enough', q: 'third' },
    { id: 4, bookId: 1, stars: 1, text: 'dull', q: 'fourth' },
  ],
  labels: [
    { id: 1, name: 'one' },
    { id: 2, name: 'two' },
    { id: 3, name: 'three' },
  ],
  members: [
    { id: 1, name: 'Mia' },
    { id: 2, name: 'Noa' },
  ],
  loans: [
    { id: 1, book_id: 1, member_id: 1 },
    { id: 2, book_id: 2, member_id: 1 },
    { id: 3, book_id: 1, member_id: 2 },
  ],
  empty: [],
};

/** Says that `published` holds moments. */
export const bookSchema = {
  type: 'object',
  properties: { published: { type: 'string', format: 'date-time' } },
};
