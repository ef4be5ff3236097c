// What json-server 1 is asked.

import { patch, post, put } from './steps.mjs';

const where = (condition) => `GET /trees?_where=${encodeURIComponent(JSON.stringify(condition))}`;

export const lists = {
  'a list is in the order of the file': 'GET /trees',
  'a collection of another name': 'GET /people',
  'a singleton': 'GET /season',
  'an item': 'GET /trees/3',
  'the page at the root': 'GET /',
};

export const filters = {
  'a field equals': 'GET /trees?kind=pear',
  'a field equals, by its operator': 'GET /trees?kind:eq=pear',
  'the case of letters counts': 'GET /trees?kind=medlar',
  'the last of several values': 'GET /trees?kind=plum&kind=quince',
  'two fields': 'GET /trees?planted=2009&grafted=true',
  'a boolean': 'GET /trees?grafted=false',
  'a number, written otherwise': 'GET /trees?planted=2009.0',
  null: 'GET /trees?note:eq=null',
  'a field of an object': 'GET /orchards?soil.kind=loam',
  'a number in an object': 'GET /orchards?soil.ph:gt=6.8',
  'a field that no item has': 'GET /trees?colour=red',
  'a field that some items have': 'GET /trees?note=frost%20bite',
  'less than': 'GET /trees?planted:lt=2009',
  'at most': 'GET /trees?planted:lte=2009',
  'more than': 'GET /trees?planted:gt=2009',
  'at least': 'GET /trees?planted:gte=2009',
  between: 'GET /trees?planted:gte=2000&planted:lte=2015',
  'other than': 'GET /trees?kind:ne=pear',
  'one of': 'GET /trees?kind:in=plum,quince',
  'one of, with numbers and spaces': 'GET /trees?planted:in=2009,%202020',
  contains: 'GET /trees?kind:contains=E',
  'starts with': 'GET /trees?kind:startsWith=M',
  'ends with': 'GET /trees?kind:endsWith=AR',
  'a part of a number': 'GET /trees?planted:contains=20',
  'a list contains': 'GET /trees?tags:contains=jam',
  'operators as 0.17 writes them': 'GET /trees?planted_gt=2009&kind_ne=plum',
  'an operator that is not known': 'GET /trees?planted:near=2009',
  'a key of another item': 'GET /trees?orchardId:startsWith=2',
  'a text where the field is a number': 'GET /trees?planted=old',
  'a where': where({ planted: { gt: 2009 }, kind: { ne: 'pear' } }),
  'a where with or': where({ or: [{ kind: { eq: 'plum' } }, { height: { lt: 2 } }] }),
  'a where with an empty or': where({ or: [] }),
  'a where beside other filters': `${where({ kind: { eq: 'plum' } })}&kind=pear`,
  'a where that is cut off': 'GET /trees?_where={"kind":&kind=plum',
};

export const order = {
  'by a number': 'GET /trees?_sort=height',
  downwards: 'GET /trees?_sort=-height',
  'by a text': 'GET /trees?_sort=kind',
  'by two fields': 'GET /trees?_sort=-planted,height',
  'by a field of an object': 'GET /orchards?_sort=-soil.ph',
  'by a field that some items lack': 'GET /trees?_sort=note',
  'by a field that no item has': 'GET /trees?_sort=colour',
  'by a list of fields with a space': 'GET /trees?_sort=kind,%20height',
};

export const pages = {
  'the first page': 'GET /trees?_page=1&_per_page=2',
  'a page in the middle': 'GET /trees?_page=2&_per_page=2',
  'the last page': 'GET /trees?_page=3&_per_page=2',
  'beyond the last page': 'GET /trees?_page=9&_per_page=2',
  'page 0': 'GET /trees?_page=0&_per_page=2',
  'a page that is no number': 'GET /trees?_page=two&_per_page=2',
  'a page of the default size': 'GET /trees?_page=1',
  'a page of no items': 'GET /trees?_page=1&_per_page=0',
  'a size without a page': 'GET /trees?_per_page=2',
  'a page of what is found': 'GET /trees?kind=pear&_page=1&_per_page=1&_sort=-height',
  'a page where nothing is found': 'GET /trees?kind=fig&_page=1',
};

export const relations = {
  'children embedded in a list': 'GET /trees?_embed=harvests',
  'children embedded in an item': 'GET /trees/2?_embed=harvests',
  'a parent embedded in a list': 'GET /harvests?_embed=tree',
  'a parent embedded in an item': 'GET /harvests/2?_embed=tree',
  'two parents embedded': 'GET /harvests/3?_embed=tree&_embed=person',
  'children of a name that is not there': 'GET /trees/2?_embed=leaves',
  'a parent of a name that is not there': 'GET /harvests/1?_embed=leaf',
  'no nested list': 'GET /orchards/2/trees',
  'a delete empties the keys of the children': ['DELETE /trees/2', 'GET /harvests'],
  'a delete with its dependents': ['DELETE /trees/2?_dependent=harvests', 'GET /harvests'],
  'a delete takes no grandchildren along': [
    'DELETE /orchards/1?_dependent=trees',
    'GET /trees',
    'GET /harvests',
  ],
};

export const writes = {
  'an item is created': [
    post('/trees', { kind: 'fig', orchardId: '3' }),
    'GET /trees/{id}',
    'GET /trees?kind=fig',
  ],
  'an id of its own is not taken': post('/trees', { id: '40', kind: 'fig' }),
  'an item without any field': post('/trees', {}),
  'values of every kind': [
    post('/trees', {
      kind: 'é ☃ 🌳',
      note: null,
      tags: [1, 'a', { b: [] }],
      height: -0.5,
      deep: { a: { b: 1 } },
    }),
    'GET /trees/{id}',
  ],
  'an item is replaced': [put('/trees/2', { kind: 'perry pear' }), 'GET /trees/2'],
  'a replacement keeps the id': put('/trees/2', { id: '9', kind: 'perry pear' }),
  'an item is changed': [patch('/trees/2', { height: 8, note: 'tall' }), 'GET /trees/2'],
  'a change keeps the id': patch('/trees/2', { id: '9' }),
  'an object in an item is replaced': patch('/orchards/2', { soil: { kind: 'sand' } }),
  'a change of nothing': patch('/trees/2', {}),
  'an item is deleted': ['DELETE /harvests/4', 'GET /harvests/4', 'DELETE /harvests/4'],
  'PUT of an item that is not there': put('/trees/77', { kind: 'fig' }),
  'PATCH of an item that is not there': patch('/trees/77', { kind: 'fig' }),
  'a singleton is replaced': [put('/season', { year: 2027 }), 'GET /season'],
  'a singleton is changed': [patch('/season', { open: false }), 'GET /season'],
  'POST to a singleton': post('/season', { year: 2028 }),
  'DELETE of a singleton': 'DELETE /season',
};

const json = { 'content-type': 'application/json' };

export const bodies = {
  'no body': 'POST /people',
  'JSON that is cut off': { ask: 'POST /people', headers: json, text: '{"name":' },
  'a list': post('/people', [{ name: 'Bo' }]),
  'a list for an item': put('/people/1', [{ name: 'Bo' }]),
  null: post('/people', null),
  'JSON without a type': { ask: 'POST /people', text: '{"name":"Bo"}' },
  'JSON as a text': { ask: 'POST /people', headers: { 'content-type': 'text/plain' }, text: '{"name":"Bo"}' },
  'a form': {
    ask: 'POST /people',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    text: 'name=Bo',
  },
};

const origin = 'http://app.example';

export const http = {
  'a path that is not there': 'GET /leaves',
  'an item that is not there': 'GET /trees/77',
  'a path below an item': 'GET /trees/1/leaves/2',
  'HEAD of a list': 'HEAD /trees',
  'HEAD of an item that is not there': 'HEAD /trees/77',
  'a last slash': 'GET /trees/',
  'two slashes at the beginning': 'GET //trees/1',
  'a verb that a collection does not have': 'DELETE /trees',
  'a verb that an item does not have': post('/trees/1', { kind: 'fig' }),
  OPTIONS: 'OPTIONS /trees',
  'a preflight': {
    ask: 'OPTIONS /trees',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    },
  },
  'a foreign origin': { ask: 'GET /trees/1', headers: { origin } },
};
