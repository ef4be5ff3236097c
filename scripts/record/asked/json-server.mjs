// What json-server 0.17 is asked.

import { patch, post, put } from './steps.mjs';

export const lists = {
  'a list is in the order of the file': 'GET /trees',
  'a collection of another name': 'GET /people',
  'a singleton': 'GET /season',
  'an item': 'GET /trees/3',
  'all data': 'GET /db',
  'the page at the root': 'GET /',
};

export const filters = {
  'a field equals': 'GET /trees?kind=pear',
  'the case of letters counts': 'GET /trees?kind=medlar',
  'one of several values': 'GET /trees?kind=plum&kind=quince',
  'two fields': 'GET /trees?planted=2009&grafted=true',
  'a boolean': 'GET /trees?grafted=false',
  'a number, written otherwise': 'GET /trees?planted=2009.0',
  'a field of an object': 'GET /orchards?soil.kind=loam',
  'a number in an object': 'GET /orchards?soil.ph=7.8',
  ids: 'GET /trees?id=2&id=5',
  'a field that no item has': 'GET /trees?colour=red',
  'a field that some items have': 'GET /trees?note=frost%20bite',
  'at least': 'GET /trees?planted_gte=2015',
  'at most': 'GET /trees?height_lte=2',
  between: 'GET /trees?planted_gte=2000&planted_lte=2015',
  'other than': 'GET /trees?kind_ne=pear',
  'other than two values': 'GET /trees?kind_ne=pear&kind_ne=plum',
  like: 'GET /trees?kind_like=E',
  'like a pattern': 'GET /trees?kind_like=^p.%2B',
  'like one of two': 'GET /trees?kind_like=med&kind_like=plu',
  'a search in every field': 'GET /trees?q=LATE',
  'a search in objects': 'GET /orchards?q=chalk',
  'a search for a number': 'GET /trees?q=2009',
  'a search that finds nothing': 'GET /trees?q=nowhere',
  'a search and a filter': 'GET /trees?q=pear&grafted=true',
  'an element of a list': 'GET /trees?tags=young',
  'a value with an accent': 'GET /people?name=Andr%C3%A9',
};

export const order = {
  'by a number': 'GET /trees?_sort=height',
  downwards: 'GET /trees?_sort=height&_order=desc',
  'texts by their code units': 'GET /trees?_sort=kind',
  'by two fields': 'GET /trees?_sort=planted,height&_order=desc,asc',
  'by a field of an object': 'GET /orchards?_sort=soil.ph&_order=desc',
  'by a field that some items lack': 'GET /trees?_sort=note',
  'by a field that no item has': 'GET /trees?_sort=colour',
  'an order in capitals': 'GET /trees?_sort=planted&_order=DESC',
};

export const pages = {
  'the first page': 'GET /trees?_page=1&_limit=2',
  'a page in the middle': 'GET /trees?_page=2&_limit=2',
  'the last page': 'GET /trees?_page=3&_limit=2',
  'beyond the last page': 'GET /trees?_page=9&_limit=2',
  'page 0': 'GET /trees?_page=0&_limit=2',
  'a page that is no number': 'GET /trees?_page=two&_limit=2',
  'a page of the default size': 'GET /trees?_page=1',
  'a page keeps the other parameters in its links': 'GET /trees?grafted=true&_page=1&_limit=2&_sort=kind',
  'a limit alone': 'GET /trees?_limit=2',
  'a slice': 'GET /trees?_start=1&_end=3',
  'a slice with a limit': 'GET /trees?_start=2&_limit=2',
  'a slice to the end': 'GET /trees?_start=3',
  'a slice up to': 'GET /trees?_end=2',
};

export const relations = {
  'children embedded in a list': 'GET /trees?_embed=harvests',
  'children embedded in an item': 'GET /trees/2?_embed=harvests',
  'two kinds of children': 'GET /orchards/1?_embed=trees&_embed=harvests',
  'children of a name that is not there': 'GET /trees/2?_embed=leaves',
  'a parent expanded in a list': 'GET /harvests?_expand=tree',
  'a parent expanded in an item': 'GET /harvests/2?_expand=tree',
  'two parents expanded': 'GET /harvests/3?_expand=tree&_expand=person',
  'a parent of a name that is not there': 'GET /harvests/1?_expand=leaf',
  'a nested list': 'GET /orchards/2/trees',
  'a nested list, filtered and sorted': 'GET /orchards/2/trees?grafted=true&_sort=planted',
  'a nested list below a parent that is not there': 'GET /orchards/77/trees',
  'a child created below its parent': [post('/trees/3/harvests', { kilos: 5 }), 'GET /harvests/5'],
  'a delete takes the children along': ['DELETE /orchards/1', 'GET /trees', 'GET /harvests'],
  'a delete of what nothing points at': ['DELETE /harvests/1', 'GET /trees/1', 'GET /harvests'],
};

export const writes = {
  'an item is created': [post('/trees', { kind: 'fig', orchardId: 3 }), 'GET /trees/6', 'GET /trees?id=6'],
  'an item with an id of its own': [post('/trees', { id: 40, kind: 'fig' }), post('/trees', { kind: 'fig' })],
  'an item with a text for an id': [post('/people', { id: 'noor', name: 'Noor' }), 'GET /people/noor'],
  'an item whose id is taken': post('/trees', { id: 2, kind: 'fig' }),
  'an item without any field': post('/trees', {}),
  'values of every kind': [
    post('/trees', {
      kind: 'é ☃ 🌳',
      note: null,
      tags: [1, 'a', { b: [] }],
      height: -0.5,
      deep: { a: { b: 1 } },
    }),
    'GET /trees/6',
  ],
  'an item is replaced': [put('/trees/2', { kind: 'perry pear' }), 'GET /trees/2'],
  'an item is replaced under another id': [put('/trees/2', { id: 9, kind: 'perry pear' }), 'GET /trees/9'],
  'an item is changed': [patch('/trees/2', { height: 8, note: 'tall' }), 'GET /trees/2'],
  'a change keeps the id': patch('/trees/2', { id: 9 }),
  'an object in an item is replaced': patch('/orchards/2', { soil: { kind: 'sand' } }),
  'a change of nothing': patch('/trees/2', {}),
  'an item is deleted': ['DELETE /harvests/4', 'GET /harvests/4', 'DELETE /harvests/4'],
  'the id of a deleted item is used again': ['DELETE /harvests/4', post('/harvests', { kilos: 1 })],
  'PUT of an item that is not there': put('/trees/77', { kind: 'fig' }),
  'PATCH of an item that is not there': patch('/trees/77', { kind: 'fig' }),
  'a singleton is replaced': [put('/season', { year: 2027 }), 'GET /season'],
  'a singleton is changed': [patch('/season', { open: false }), 'GET /season'],
  'POST to a singleton': post('/season', { year: 2028 }),
};

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const bodies = {
  'a form': { ask: 'POST /people', headers: form, text: 'name=Bo+Lind&age=40' },
  'a form with brackets': { ask: 'POST /orchards', headers: form, text: 'name=Dell&soil[kind]=peat' },
  'no body': { ask: 'POST /people' },
  'a text': { ask: 'POST /people', headers: { 'content-type': 'text/plain' }, text: 'name' },
  'JSON without a type': { ask: 'POST /people', text: '{"name":"Bo"}' },
  'JSON that is cut off': {
    ask: 'POST /people',
    headers: { 'content-type': 'application/json' },
    text: '{"name":',
  },
  'a list': post('/people', [{ name: 'Bo' }]),
  'JSON of another type of its family': {
    ask: 'POST /people',
    headers: { 'content-type': 'application/vnd.api+json' },
    text: '{"name":"Bo"}',
  },
};

export const http = {
  'a path that is not there': 'GET /leaves',
  'an item that is not there': 'GET /trees/77',
  'a path below an item': 'GET /trees/1/leaves/2',
  'HEAD of a list': 'HEAD /trees',
  'HEAD of an item that is not there': 'HEAD /trees/77',
  'a last slash': 'GET /trees/',
  'a verb that a collection does not have': 'DELETE /trees',
  'a verb that an item does not have': post('/trees/1', { kind: 'fig' }),
  OPTIONS: 'OPTIONS /trees',
  'a preflight': {
    ask: 'OPTIONS /trees',
    headers: {
      origin: 'http://app.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    },
  },
  'a foreign origin': { ask: 'GET /trees/1', headers: { origin: 'http://app.example' } },
  'a client that has it': ['GET /trees', { ask: 'GET /trees', headers: { 'if-none-match': '{etag}' } }],
  'a client that has another': { ask: 'GET /trees/1', headers: { 'if-none-match': 'W/"1-other"' } },
  'a write changes the ETag': ['GET /trees/2', patch('/trees/2', { height: 8 }), 'GET /trees/2'],
  'a verb in a header': [
    { ask: 'POST /trees/2', headers: { 'x-http-method-override': 'PATCH' }, json: { height: 8 } },
    'GET /trees/2',
  ],
};
