// What an application of FastAPI is asked.

import { patch, post, put } from './steps.mjs';

const tree = { orchard: 3, label: 'OW-1', kind: 'fig', planted: 2024, height: 0.5 };
const harvest = { tree: 3, kilos: 5, day: '2026-10-01' };

export const lists = {
  'a list': 'GET /orchards',
  'a list with dates and times': 'GET /harvests',
  'an item': 'GET /trees/3',
  'an item with an accent': 'GET /people/2',
  'a nested list': 'GET /trees/2/harvests',
  'a nested list that is empty': 'GET /trees/5/harvests',
  'a nested list below a parent that is not there': 'GET /trees/77/harvests',
  'an item of a nested list': 'GET /trees/2/harvests/3',
  'an item of another parent': 'GET /trees/1/harvests/3',
  'ids in a nested path that are no numbers': 'GET /trees/two/harvests/three',
};

export const queries = {
  'a page of the default size': 'GET /trees',
  'a page': 'GET /trees?skip=2&limit=3',
  'beyond the end': 'GET /trees?skip=50',
  'numbers out of bounds': 'GET /trees?skip=-1&limit=0',
  'a limit above the largest': 'GET /trees?limit=5',
  'numbers that are none': 'GET /trees?skip=x&limit=1.5',
  'an empty number': 'GET /trees?skip=',
  'a number in spaces': 'GET /trees?limit=%203%20',
  'the last of several values': 'GET /trees?limit=1&limit=3',
  'a text': 'GET /trees?kind=pear',
  'a boolean': 'GET /trees?grafted=no',
  'a boolean that is none': 'GET /trees?grafted=maybe',
  'at least': 'GET /trees?min_planted=2010',
  'at most': 'GET /trees?max_planted=2000',
  'a bound that is no number': 'GET /trees?min_planted=old',
  'a date': 'GET /harvests?day=2025-09-20',
  'a date that is none': 'GET /harvests?day=soon',
  'a parameter that is not known': 'GET /trees?colour=red',
};

export const writes = {
  'an item is created': [post('/trees', tree), 'GET /trees/6'],
  'an id of its own is ignored': post('/people', { id: 40, name: 'Noor' }),
  'a field that is not known is ignored': post('/people', { name: 'Noor', age: 40 }),
  'an item is replaced': [put('/people/2', { name: 'Andrea' }), 'GET /people/2'],
  'an optional field that is not sent goes back to its default': put('/trees/2', { ...tree, label: 'NS-2' }),
  'an item is changed': [patch('/trees/2', { height: 8 }), 'GET /trees/2'],
  'a change of nothing': patch('/trees/2', {}),
  'an object is replaced as a whole': patch('/orchards/2', { soil: { kind: 'clay', depth: 95 } }),
  'a part of an object': patch('/orchards/2', { soil: { depth: 95 } }),
  'a field is emptied': patch('/trees/2', { note: null }),
  'PUT of an item that is not there': put('/people/77', { name: 'Noor' }),
  'a bad PUT of an item that is not there': put('/people/77', {}),
  'an item is deleted': ['DELETE /harvests/4', 'GET /harvests/4', 'DELETE /harvests/4'],
  'the id of a deleted item is not used again': ['DELETE /people/2', post('/people', { name: 'Noor' })],
  'a delete takes the children along': ['DELETE /orchards/1', 'GET /trees', 'GET /harvests'],
  'a delete empties the keys of the children': ['DELETE /people/1', 'GET /harvests'],
  'dates and times are settled': post('/harvests', {
    ...harvest,
    weighed: '2026-10-01T12:30:00+02:00',
    contact: 'bo@example.org',
  }),
};

export const rules = {
  'nothing is sent': post('/trees', {}),
  'nothing is sent of an object': post('/orchards', { name: 'Dell', soil: {} }),
  'an object is a text': post('/orchards', { name: 'Dell', soil: 'clay' }),
  'rules of fields in an object': post('/orchards', { name: 'Dell', soil: { kind: 'peat', depth: 0 } }),
  'null where it may not be': post('/trees', {
    ...tree,
    kind: null,
    planted: null,
    grafted: null,
    tags: null,
  }),
  'texts that are too long': post('/trees', { ...tree, kind: 'k'.repeat(21), note: 'n'.repeat(41) }),
  'an empty text': post('/people', { name: '' }),
  'a text is kept as it is': post('/people', { name: '  Noor ' }),
  'a text is a number': post('/people', { name: 7 }),
  'a text is a list': post('/people', { name: ['Noor'] }),
  'a text is a boolean': post('/people', { name: true }),
  'a pattern': post('/trees', { ...tree, label: 'ow1' }),
  'a value that is taken': post('/trees', { ...tree, label: 'NS-1' }),
  'a value of its own is not taken': patch('/trees/1', { label: 'NS-1' }),
  'numbers out of bounds': post('/trees', { ...tree, planted: 1899, height: -1 }),
  'a number above its bound': post('/trees', { ...tree, planted: 2101 }),
  'an integer with a fraction': post('/trees', { ...tree, planted: 2009.5 }),
  'numbers as texts': post('/trees', { ...tree, planted: '2009', height: '1.5' }),
  'numbers that are none': post('/trees', { ...tree, planted: 'old', height: 'tall' }),
  'numbers that are lists': post('/trees', { ...tree, planted: [2009], height: {} }),
  'a boolean as a text': post('/trees', { ...tree, grafted: 'yes' }),
  'a boolean that is none': post('/trees', { ...tree, grafted: 'maybe' }),
  'too many in a list': post('/trees', { ...tree, tags: ['a', 'b', 'c', 'd'] }),
  'a list with bad items': post('/trees', { ...tree, tags: ['fine', null, {}] }),
  'a list is a text': post('/trees', { ...tree, tags: 'late' }),
  'a date that is none': post('/harvests', { ...harvest, day: '1 October' }),
  'a date that there is not': post('/harvests', { ...harvest, day: '2026-02-30' }),
  'a time that is none': post('/harvests', { ...harvest, weighed: 'noon' }),
  'a time without a zone': post('/harvests', { ...harvest, weighed: '2026-10-01T12:30' }),
  'an address that is none': post('/harvests', { ...harvest, contact: 'bo' }),
  'rules of a PATCH': patch('/trees/1', { planted: 1, label: '' }),
};

const json = { 'content-type': 'application/json' };

export const bodies = {
  'no body': { ask: 'POST /people', headers: json },
  'no body for a PATCH': { ask: 'PATCH /people/1', headers: json },
  'a text': { ask: 'POST /people', headers: { 'content-type': 'text/plain' }, text: 'Bo' },
  'JSON as a text': { ask: 'POST /people', headers: { 'content-type': 'text/plain' }, text: '{"name":"Bo"}' },
  'JSON without a type': { ask: 'POST /people', text: '{"name":"Bo"}' },
  'JSON of another type of its family': {
    ask: 'POST /people',
    headers: { 'content-type': 'application/vnd.api+json' },
    text: '{"name":"Bo"}',
  },
  'a form': {
    ask: 'POST /people',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    text: 'name=Bo',
  },
  'a list': post('/people', [1]),
  null: post('/people', null),
  'a number': post('/people', 7),
  'JSON that is cut off': { ask: 'POST /people', headers: json, text: '{"name":' },
  'JSON with a comma too many': { ask: 'POST /people', headers: json, text: '{"name": "Bo" "age"}' },
  'JSON with single quotes': { ask: 'POST /people', headers: json, text: "{'name': 'Bo'}" },
};

export const http = {
  'a path that is not there': 'GET /leaves',
  'an item that is not there': 'GET /trees/77',
  'an id that is no number': 'GET /trees/seven',
  'a bad id and a bad body': put('/trees/seven', { ...tree, planted: 'old' }),
  'a last slash': 'GET /trees/?kind=pear',
  'POST with a last slash': post('/people/', { name: 'Bo' }),
  'HEAD of a list': 'HEAD /orchards',
  'OPTIONS of a list': 'OPTIONS /orchards',
  'a verb that a list does not have': put('/orchards', {}),
  'a verb that an item does not have': post('/orchards/1', {}),
};
