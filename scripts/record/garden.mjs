// The data of the recordings of Django and FastAPI, with the schemas that standin reads in place of serializers and models.

const id = { type: 'integer', readOnly: true };
const text = (maxLength, more) => ({ type: 'string', minLength: 1, maxLength, ...more });
const orNull = (schema) => ({ ...schema, type: [schema.type, 'null'], default: null });

export const schemas = {
  orchards: {
    type: 'object',
    properties: {
      id,
      name: text(20),
      soil: {
        type: 'object',
        properties: {
          kind: { type: 'string', enum: ['clay', 'loam', 'chalk'] },
          depth: { type: 'integer', minimum: 1 },
        },
        required: ['kind', 'depth'],
      },
    },
    required: ['name', 'soil'],
  },
  people: { type: 'object', properties: { id, name: text(20) }, required: ['name'] },
  trees: {
    type: 'object',
    properties: {
      id,
      orchard: { type: 'integer' },
      label: text(8, { pattern: '^[A-Z]+-[0-9]+$' }),
      kind: text(20),
      planted: { type: 'integer', minimum: 1900, maximum: 2100 },
      height: { type: 'number', minimum: 0 },
      grafted: { type: 'boolean', default: false },
      note: orNull(text(40)),
      tags: { type: 'array', items: text(8), maxItems: 3, default: [] },
    },
    required: ['orchard', 'label', 'kind', 'planted', 'height'],
  },
  harvests: {
    type: 'object',
    properties: {
      id,
      tree: { type: 'integer' },
      picker: orNull({ type: 'integer' }),
      kilos: { type: 'integer', minimum: 1 },
      day: { type: 'string', format: 'date' },
      weighed: orNull({ type: 'string', format: 'date-time' }),
      contact: orNull({ type: 'string', format: 'email', maxLength: 254 }),
    },
    required: ['tree', 'kilos', 'day'],
  },
};

const tree = (id, orchard, label, kind, planted, height, grafted, note, tags) => ({
  id,
  orchard,
  label,
  kind,
  planted,
  height,
  grafted,
  note,
  tags,
});

const harvest = (id, tree, picker, kilos, day, weighed, contact) => ({
  id,
  tree,
  picker,
  kilos,
  day,
  weighed,
  contact,
});

export const data = {
  orchards: [
    { id: 1, name: 'North Slope', soil: { kind: 'clay', depth: 40 } },
    { id: 2, name: 'Brook Side', soil: { kind: 'loam', depth: 90 } },
    { id: 3, name: 'Old Wall', soil: { kind: 'chalk', depth: 25 } },
  ],
  people: [
    { id: 1, name: 'Zofia' },
    { id: 2, name: 'André' },
  ],
  trees: [
    tree(1, 1, 'NS-1', 'quince', 2009, 3.5, true, null, ['late', 'jam']),
    tree(2, 1, 'NS-2', 'pear', 1998, 7.25, false, 'leans west', []),
    tree(3, 2, 'BS-1', 'Medlar', 2015, 2.5, true, null, ['late']),
    tree(4, 2, 'BS-2', 'pear', 2020, 1.75, true, 'frost bite', ['young']),
    tree(5, 2, 'BS-3', 'plum', 2009, 10.5, false, null, ['jam']),
  ],
  harvests: [
    harvest(1, 1, 1, 12, '2025-10-04', '2025-10-04T16:30:00Z', 'zofia@example.org'),
    harvest(2, 2, 2, 40, '2025-09-12', null, null),
    harvest(3, 2, 1, 8, '2025-09-20', null, null),
    harvest(4, 4, null, 3, '2025-09-21', '2025-09-21T09:05:00.250000Z', null),
  ],
};
