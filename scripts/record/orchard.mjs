// The data of all recordings: orchards, the trees in them, what was picked of each, and who picked it.

export const orchard = {
  orchards: [
    { id: 1, name: 'North Slope', soil: { kind: 'clay', ph: 6.5 } },
    { id: 2, name: 'Brook Side', soil: { kind: 'loam', ph: 7 } },
    { id: 3, name: 'Old Wall', soil: { kind: 'chalk', ph: 7.8 } },
  ],
  trees: [
    { id: 1, kind: 'quince', planted: 2009, height: 3.5, grafted: true, tags: ['late', 'jam'], orchardId: 1 },
    { id: 2, kind: 'pear', planted: 1998, height: 7.25, grafted: false, tags: [], orchardId: 1, note: null },
    { id: 3, kind: 'Medlar', planted: 2015, height: 2, grafted: true, tags: ['late'], orchardId: 2 },
    {
      id: 4,
      kind: 'pear',
      planted: 2020,
      height: 1.8,
      grafted: true,
      tags: ['young'],
      orchardId: 2,
      note: 'frost bite',
    },
    { id: 5, kind: 'plum', planted: 2009, height: 10, grafted: false, tags: ['jam'], orchardId: 2 },
  ],
  people: [
    { id: 1, name: 'Zofia' },
    { id: 2, name: 'André' },
  ],
  harvests: [
    { id: 1, treeId: 1, personId: 1, kilos: 12 },
    { id: 2, treeId: 2, personId: 2, kilos: 40.5 },
    { id: 3, treeId: 2, personId: 1, kilos: 8 },
    { id: 4, treeId: 4, personId: 2, kilos: 3 },
  ],
  season: { year: 2026, open: true, keeper: { name: 'Ines' } },
};

const isId = (field) => /^id$|Id$/.test(field);

/** The same with texts for ids, as json-server 1 has them. */
export const orchardOfTexts = JSON.parse(
  JSON.stringify(orchard, (field, value) => (isId(field) ? String(value) : value)),
);
