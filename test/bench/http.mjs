import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, openConnection, requestBytes } from './load.mjs';
import { startJsonServer, startKoa, startStandin, tempFolder } from './servers.mjs';
import { median, printTable } from './table.mjs';

const NEW_POST = { title: 'A new post', body: 'It has a few words.', userId: 1 };

const questions = [
  { name: 'GET one item', method: 'GET', path: '/posts/50', status: 200 },
  { name: 'GET 100 posts', method: 'GET', path: '/posts', status: 200 },
  { name: 'POST', method: 'POST', path: '/posts', status: 201, body: JSON.stringify(NEW_POST) },
];

async function ask(port, { method, path, body }) {
  const connection = await openConnection(port);
  const answer = await connection.one(requestBytes(port, method, path, body));
  connection.close();
  return answer;
}

/** Every server answers with the same data, or nothing is measured. */
async function check(servers, posts) {
  const expected = [posts[49], posts, { id: 101, ...NEW_POST }];
  for (const [name, { port }] of Object.entries(servers)) {
    for (const [i, question] of questions.entries()) {
      const { status, body } = await ask(port, question);
      assert.equal(status, question.status, `${name}: ${question.name}`);
      assert.deepEqual(JSON.parse(body), expected[i], `${name}: ${question.name}`);
    }
  }
}

/** Servers take turns, so that whatever else the machine does hits all of them. */
async function measure(servers, question, rounds, ms) {
  const rates = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, { port }] of Object.entries(servers)) {
      const { method, path, body, status } = question;
      const rate = await load(port, requestBytes(port, method, path, body), status, { ms });
      // The first round warms up.
      if (round > 0) rates[name].push(rate);
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
}

const stopAll = (servers) => Promise.all(Object.values(servers).map((server) => server.stop()));

async function besideOthers(folder, rounds, ms) {
  const fixture = (name) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url)));
  const posts = fixture('posts');
  const data = JSON.stringify({ posts, comments: fixture('comments'), users: fixture('users') });
  const [db, jsonServerDb, answers] = ['db.json', 'json-server.json', 'answers.json'].map((name) =>
    join(folder, name),
  );
  // json-server writes its file.
  for (const file of [db, jsonServerDb]) writeFileSync(file, data);
  const standin = await startStandin(db);
  const same = {};
  const made = JSON.stringify({ id: 101, ...NEW_POST });
  for (const question of questions) {
    const body = question.method === 'POST' ? made : (await ask(standin.port, question)).body;
    same[`${question.method} ${question.path}`] = { status: question.status, body };
  }
  writeFileSync(answers, JSON.stringify(same));
  const servers = { standin, koa: await startKoa(answers), jsonServer: await startJsonServer(jsonServerDb) };
  await check(servers, posts);
  const rows = [];
  for (const question of questions) {
    const rate = await measure(servers, question, rounds, ms);
    rows.push([
      question.name,
      ...[rate.standin, rate.koa, rate.jsonServer].map(Math.round),
      (rate.standin / rate.koa).toFixed(2),
      (rate.standin / rate.jsonServer).toFixed(1),
    ]);
  }
  await stopAll(servers);
  printTable(['requests/s', 'standin', 'bare Koa', 'json-server', 'x Koa', 'x json-server'], rows);
}

/** Finding a route must not depend on how many there are. */
async function manyResources(folder, rounds, ms) {
  const servers = {};
  for (const count of [1, 200]) {
    const names = Array.from({ length: count }, (_, i) => `resource${i + 1}`);
    const db = Object.fromEntries(names.map((name) => [name, [{ id: 1, name }]]));
    const file = join(folder, `${count}.json`);
    writeFileSync(file, JSON.stringify(db));
    servers[count] = await startStandin(file);
  }
  const path = (count) => `/resource${count}/1`;
  const rates = { 1: [], 200: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [count, { port }] of Object.entries(servers)) {
      const rate = await load(port, requestBytes(port, 'GET', path(count)), 200, { ms });
      if (round > 0) rates[count].push(rate);
    }
  }
  await stopAll(servers);
  const [one, many] = [median(rates[1]), median(rates[200])];
  printTable(
    ['requests/s', '1 resource', '200 resources', 'ratio'],
    [['GET one item', Math.round(one), Math.round(many), (many / one).toFixed(2)]],
  );
}

export async function benchHttp({ rounds = 7, ms = 1000 } = {}) {
  const folder = tempFolder();
  await besideOthers(folder, rounds, ms);
  await manyResources(folder, rounds, ms);
}
