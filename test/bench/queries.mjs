import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStandin } from '../../dist/index.js';
import { openConnection, requestBytes } from './load.mjs';
import { tempFolder } from './servers.mjs';
import { median, printTable } from './table.mjs';

const SIZES = [1000, 100_000];
const TEXT = 'All work and no play leaves the garden to the birds. '.repeat(4);

/** Items of 250 bytes, ten to a parent, in no particular order. */
const makeItems = (count) =>
  Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    ownerId: (i % (count / 10)) + 1,
    name: `Item ${(i * 7919) % count}`,
    rank: (i * 104_729) % count,
    isOpen: i % 2 === 0,
    body: TEXT,
  }));

const makeOwners = (count) =>
  Array.from({ length: count / 10 }, (_, i) => ({ id: i + 1, name: `Owner ${i + 1}` }));

/** A question asked over and over of one size: its path for a number that differs each time. */
const questions = {
  'read by key': { path: (n, count) => `/items/${(n % count) + 1}` },
  'equality, few': { path: (n, count) => `/items?name=Item%20${n % count}` },
  'equality, half of them': { path: () => '/items?isOpen=true&_limit=10' },
  'equality, half, sorted': { path: () => '/items?isOpen=true&_sort=rank&_limit=10', times: 40 },
  "a parent's children": { path: (n, count) => `/owners/${(n % (count / 10)) + 1}/items` },
  'children by key': { path: (n, count) => `/items?ownerId=${(n % (count / 10)) + 1}` },
  'sorted page, first': { path: () => '/items?_sort=rank&_limit=10' },
  'sorted page, middle': { path: (_, count) => `/items?_sort=rank&_start=${count / 2}&_limit=10` },
  'sorted page, last': { path: (_, count) => `/items?_sort=rank&_start=${count - 10}&_limit=10` },
  'embedded children': { path: (n, count) => `/owners?_embed=items&_start=${n % (count / 20)}&_limit=10` },
  insert: { method: 'POST', path: () => '/items', body: (n) => ({ name: `New ${n}`, ownerId: 1 }) },
  update: { method: 'PATCH', path: (n, count) => `/items/${(n % count) + 1}`, body: (n) => ({ rank: n }) },
  delete: { method: 'DELETE', path: (n) => `/items/${(n % 900) + 1}`, times: 400 },
  'sorted page after the writes': {
    path: (n, count) => `/items?_sort=rank&_start=${count / 2 + (n % 50)}&_limit=10`,
  },
  'equality after the writes': { path: (n, count) => `/items?name=Item%20${n % count}` },
  'half of them after the writes': { path: () => '/items?isOpen=true&_limit=10', times: 40 },
  'a write, then a sorted page': {
    path: () => '/items?_sort=rank&_limit=10',
    before: (n) => requestParts('PATCH', `/items/${(n % 1000) + 1}`, { rank: n }),
  },
};

const requestParts = (method, path, body) => [method, path, body && JSON.stringify(body)];

async function openServer(folder, count) {
  const file = join(folder, `${count}.json`);
  writeFileSync(file, JSON.stringify({ items: makeItems(count), owners: makeOwners(count) }));
  const standin = await createStandin({ sources: [file], port: 0, watch: false });
  const { port } = await standin.listen();
  return { count, standin, port };
}

/** Milliseconds of one question, the median of many. The first one, which builds the index, is told apart. */
async function time({ port, count }, { method = 'GET', path, body, before, times = 300 }) {
  // A connection that was idle for long would be closed by the server.
  const connection = await openConnection(port);
  const ask = (...parts) => connection.one(requestBytes(port, ...parts));
  const took = [];
  for (let n = 1; n <= times; n++) {
    if (before) await ask(...before(n));
    const parts = requestParts(method, path(n, count), body?.(n));
    const start = performance.now();
    const { status } = await ask(...parts);
    took.push(performance.now() - start);
    assert.ok(status < 300, `${parts}: ${status}`);
  }
  connection.close();
  return { first: took[0], rest: median(took.slice(1)) };
}

/** What a query without any index would do once. */
function scanAndSort(count) {
  const items = makeItems(count);
  const start = performance.now();
  const found = items.filter(({ name }) => name !== 'x').sort((a, b) => a.rank - b.rank);
  assert.equal(found.length, count);
  return performance.now() - start;
}

const ms = (number) => number.toFixed(3);

export async function benchQueries() {
  const folder = tempFolder();
  const servers = [];
  for (const count of SIZES) servers.push(await openServer(folder, count));
  const rows = [];
  for (const [name, question] of Object.entries(questions)) {
    const [small, large] = [await time(servers[0], question), await time(servers[1], question)];
    rows.push([name, ms(small.rest), ms(large.rest), (large.rest / small.rest).toFixed(1), ms(large.first)]);
  }
  const reset = [];
  for (const { standin } of servers) {
    const start = performance.now();
    await standin.reset();
    reset.push(performance.now() - start);
  }
  rows.push(['reset', ...reset.map(ms), (reset[1] / reset[0]).toFixed(1), '']);
  rows.push(['(one scan and one sort)', ...SIZES.map((count) => ms(scanAndSort(count))), '', '']);
  printTable(['ms', '1,000', '100,000', 'ratio', 'first of 100,000'], rows);
  for (const { standin } of servers) await standin.close();
}
