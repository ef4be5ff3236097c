/** What every dialect serves in the contract: a parent, its children with a schema, and a singleton. */
export const files = {
  'countries.json': [
    { id: 1, name: 'Chile', area: 756 },
    { id: 2, name: 'Peru', area: 1285 },
    { id: 3, name: 'Togo', area: 57 },
  ],
  'cities.json': [
    { id: 1, name: 'Arica', code: 'ARI', people: 221, countryId: 1 },
    { id: 2, name: 'Cusco', code: 'CUZ', people: 428, countryId: 2 },
    { id: 3, name: 'Lima', code: 'LIM', people: 9751, countryId: 2 },
    { id: 4, name: 'Tacna', code: 'TAC', people: 286, countryId: 2 },
  ],
  'settings.json': { theme: 'dark', lang: 'en' },
  'schemas/cities.schema.json': {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      name: { type: 'string', minLength: 2, maxLength: 20 },
      code: { type: 'string' },
      people: { type: 'integer', minimum: 0, default: 0 },
      founded: { type: 'string', readOnly: true },
      note: { type: 'string', writeOnly: true },
      countryId: { type: ['integer', 'null'] },
    },
    required: ['name'],
  },
};

export const lima = { id: 3, name: 'Lima', code: 'LIM', people: 9751, countryId: 2 };

/** An item, whatever the dialect makes of ids. */
export function withoutId(item: unknown): unknown {
  const { id: _, ...rest } = item as Record<string, unknown>;
  return rest;
}
