// What an application of the Django REST framework is asked.

import { patch, post, put } from './steps.mjs';

const tree = { orchard: 3, label: 'OW-1', kind: 'fig', planted: 2024, height: 0.5 };
const harvest = { tree: 3, kilos: 5, day: '2026-10-01' };
const without = (field) => {
  const { [field]: _, ...rest } = tree;
  return rest;
};

export const lists = {
  'a list without pages': 'GET /orchards/',
  'a list in pages': 'GET /trees/',
  'a list by limit and offset': 'GET /harvests/',
  'an item': 'GET /trees/3/',
  'an item with an accent': 'GET /people/2/',
  'the root': 'GET /',
  'a nested list': 'GET /orchards/2/trees/',
  'an item of a nested list': 'GET /orchards/2/trees/4/',
  'an item of another parent': 'GET /orchards/1/trees/4/',
  'a nested list below a parent that is not there': 'GET /orchards/77/trees/',
};

export const pages = {
  'the second page': 'GET /trees/?page=2',
  'the last page': 'GET /trees/?page=last',
  'beyond the last page': 'GET /trees/?page=9',
  'page 0': 'GET /trees/?page=0',
  'a page that is no number': 'GET /trees/?page=two',
  'a size': 'GET /trees/?page_size=3',
  'a size above the largest': 'GET /trees/?page_size=100',
  'a size that is none': 'GET /trees/?page_size=0',
  'a page keeps the other parameters in its links':
    'GET /trees/?search=e&page=1&page_size=1&ordering=-planted',
  'a limit and an offset': 'GET /harvests/?limit=2&offset=1',
  'an offset that is no number': 'GET /harvests/?offset=x',
  'a limit above the largest': 'GET /harvests/?limit=100&offset=1',
  'an offset beyond the end': 'GET /harvests/?offset=50',
};

export const filters = {
  'a field equals': 'GET /trees/?kind=pear',
  'the case of letters counts': 'GET /trees/?kind=medlar',
  'a part, in any case': 'GET /trees/?kind__icontains=ME',
  'a number': 'GET /trees/?planted=2009',
  'at least': 'GET /trees/?planted__gte=2015',
  'less than': 'GET /trees/?planted__lt=2009',
  'a range': 'GET /trees/?planted__range=2000,2016',
  'a range of one': 'GET /trees/?planted__range=2000',
  'a number that is none': 'GET /trees/?planted=old&planted__gte=older',
  'a boolean': 'GET /trees/?grafted=false',
  'a boolean that is none': 'GET /trees/?grafted=maybe',
  'a foreign key': 'GET /trees/?orchard=1',
  'a foreign key that leads nowhere': 'GET /trees/?orchard=77',
  'is null': 'GET /trees/?note__isnull=true',
  'one of': 'GET /trees/?label__in=NS-2,BS-1',
  'a field of the parent': 'GET /trees/?orchard__name=North%20Slope',
  'an empty value': 'GET /trees/?kind=',
  'the last of several values': 'GET /trees/?kind=plum&kind=quince',
  'a field that is not listed': 'GET /trees/?height=10.5',
  'a lookup that is not listed': 'GET /trees/?kind__startswith=p',
  'a date': 'GET /harvests/?day=2025-09-20',
  'a date that is none': 'GET /harvests/?day=soon',
  'a filter of an item': 'GET /trees/1/?kind=pear',
  'a search at the beginning': 'GET /trees/?search=P',
  'a search in the parent': 'GET /trees/?search=slope',
  'a search for two words': 'GET /trees/?search=p%20brook',
  'an ordering': 'GET /trees/?ordering=height',
  'an ordering downwards, by two fields': 'GET /trees/?ordering=-planted,kind',
  'an ordering that is not listed': 'GET /trees/?ordering=label',
  'texts by their code units': 'GET /trees/?ordering=kind&page_size=4',
};

export const writes = {
  'an item is created': [post('/trees/', tree), 'GET /trees/6/'],
  'an id of its own is ignored': post('/people/', { id: 40, name: 'Noor' }),
  'a field that is not known is ignored': post('/people/', { name: 'Noor', age: 40 }),
  'an item is replaced': [put('/people/2/', { name: 'Andrea' }), 'GET /people/2/'],
  'an optional field that is not sent is kept': put('/trees/2/', { ...tree, label: 'NS-2' }),
  'an item is changed': [patch('/trees/2/', { height: 8 }), 'GET /trees/2/'],
  'a change of nothing': patch('/trees/2/', {}),
  'an object is changed in part': patch('/orchards/2/', { soil: { depth: 95 } }),
  'a field is emptied': patch('/trees/2/', { note: null }),
  'PUT of an item that is not there': put('/people/77/', { name: 'Noor' }),
  'an item is deleted': ['DELETE /harvests/4/', 'GET /harvests/4/', 'DELETE /harvests/4/'],
  'the id of a deleted item is not used again': ['DELETE /people/2/', post('/people/', { name: 'Noor' })],
  'a delete takes the children along': ['DELETE /orchards/1/', 'GET /trees/', 'GET /harvests/'],
  'a delete empties the keys of the children': ['DELETE /people/1/', 'GET /harvests/'],
  'a child is created below its parent': [
    post('/orchards/3/trees/', without('orchard')),
    'GET /orchards/3/trees/',
  ],
  'a child is created below a parent that is not there': post('/orchards/77/trees/', without('orchard')),
  'a child that breaks the rules, below a parent that is not there': post('/orchards/77/trees/', {}),
  'dates and times are settled': post('/harvests/', {
    ...harvest,
    weighed: '2026-10-01T12:30:00+02:00',
    contact: 'bo@example.org',
  }),
};

export const rules = {
  'nothing is sent': post('/trees/', {}),
  'nothing is sent of an object': post('/orchards/', { name: 'Dell', soil: {} }),
  'an object is a text': post('/orchards/', { name: 'Dell', soil: 'clay' }),
  'rules of fields in an object': post('/orchards/', { name: 'Dell', soil: { kind: 'peat', depth: 0 } }),
  'null where it may not be': post('/trees/', { ...tree, kind: null, planted: null, grafted: null }),
  'texts that are too long': post('/trees/', { ...tree, kind: 'k'.repeat(21), note: 'n'.repeat(41) }),
  'a blank text': post('/people/', { name: '   ' }),
  'a text is trimmed': post('/people/', { name: '  Noor ' }),
  'a text is a number': post('/people/', { name: 7 }),
  'a text is a list': post('/people/', { name: ['Noor'] }),
  'a text is a boolean': post('/people/', { name: true }),
  'a pattern': post('/trees/', { ...tree, label: 'ow1' }),
  'a pattern, and too long': post('/trees/', { ...tree, label: 'old-wall-1' }),
  'a value that is taken': post('/trees/', { ...tree, label: 'NS-1' }),
  'a value of its own is not taken': patch('/trees/1/', { label: 'NS-1' }),
  'numbers out of bounds': post('/trees/', { ...tree, planted: 1899, height: -1 }),
  'a number above its bound': post('/trees/', { ...tree, planted: 2101 }),
  'an integer with a fraction': post('/trees/', { ...tree, planted: 2009.5 }),
  'numbers as texts': post('/trees/', { ...tree, planted: '2009', height: '1.5' }),
  'numbers that are none': post('/trees/', { ...tree, planted: 'old', height: 'tall' }),
  'a boolean as a text': post('/trees/', { ...tree, grafted: 'yes' }),
  'a boolean that is none': post('/trees/', { ...tree, grafted: 'maybe' }),
  'too many in a list': post('/trees/', { ...tree, tags: ['a', 'b', 'c', 'd'] }),
  'a list with bad items': post('/trees/', { ...tree, tags: ['fine', 'much too long', ''] }),
  'a list is a text': post('/trees/', { ...tree, tags: 'late' }),
  'a foreign key that leads nowhere': post('/trees/', { ...tree, orchard: 77 }),
  'a foreign key that is no id': post('/trees/', { ...tree, orchard: 'wall' }),
  'a date that is none': post('/harvests/', { ...harvest, day: '1 October' }),
  'a date that there is not': post('/harvests/', { ...harvest, day: '2026-02-30' }),
  'a time that is none': post('/harvests/', { ...harvest, weighed: 'noon' }),
  'an address that is none': post('/harvests/', { ...harvest, contact: 'bo' }),
  'rules of a PATCH': patch('/trees/1/', { planted: 1, label: '' }),
};

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const multipart = { 'content-type': 'multipart/form-data; boundary=edge' };

export const bodies = {
  'a form': { ask: 'POST /people/', headers: form, text: 'name=Bo+Lind' },
  'a form that breaks the rules': { ask: 'POST /people/', headers: form, text: 'nam=Bo' },
  'a form in parts': {
    ask: 'POST /people/',
    headers: multipart,
    text: '--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\nBo\r\n--edge--\r\n',
  },
  'no body': { ask: 'POST /people/', headers: json },
  'no body for a PATCH': { ask: 'PATCH /people/1/', headers: json },
  'a text': { ask: 'POST /people/', headers: { 'content-type': 'text/plain' }, text: 'Bo' },
  'a list': post('/people/', [{ name: 'Bo' }]),
  null: post('/people/', null),
  'a number': post('/people/', 7),
  'JSON that is cut off': { ask: 'POST /people/', headers: json, text: '{"name":' },
  'JSON with a comma too many': { ask: 'POST /people/', headers: json, text: '{"name": "Bo" "age"}' },
  'JSON with single quotes': { ask: 'POST /people/', headers: json, text: "{'name': 'Bo'}" },
  'a bad body for an item that is not there': { ask: 'PUT /people/77/', headers: json, text: '{' },
};

export const http = {
  'a path that is not there': 'GET /leaves/',
  'an item that is not there': 'GET /trees/77/',
  'an id that is no number': 'GET /trees/seven/',
  'a path without its last slash': 'GET /trees?kind=pear',
  'an item without its last slash': 'GET /trees/1',
  'POST without the last slash': post('/people', { name: 'Bo' }),
  'HEAD of a list': 'HEAD /trees/',
  'HEAD of an item that is not there': 'HEAD /trees/77/',
  'a verb that a list does not have': put('/trees/', {}),
  'a verb that an item does not have': post('/trees/1/', {}),
  'OPTIONS of a list': 'OPTIONS /trees/',
  'OPTIONS of a list with an object': 'OPTIONS /orchards/',
  'OPTIONS of an item': 'OPTIONS /harvests/1/',
  'OPTIONS of an item that is not there': 'OPTIONS /harvests/77/',
  'a format as a suffix': 'GET /people.json',
  'the format of an item': 'GET /people/1.json',
  'a format as a parameter': 'GET /people/?format=json',
  'a format that is not known': 'GET /people/?format=xml',
  'a type that is accepted': { ask: 'GET /people/', headers: { accept: 'application/json' } },
  'a type that is laid out': { ask: 'GET /people/1/', headers: { accept: 'application/json; indent=4' } },
  'a type that there is not': { ask: 'GET /people/', headers: { accept: 'application/xml' } },
};
