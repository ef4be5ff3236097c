import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openConnection, requestBytes } from './load.mjs';
import { start, tempFolder } from './servers.mjs';
import { median, printTable } from './table.mjs';

const bin = fileURLToPath(new URL('../../bin/standin.js', import.meta.url));
const modules = fileURLToPath(new URL('loaded.mjs', import.meta.url));
const PACKAGES = [
  'yargs',
  'chokidar',
  'ajv',
  'koa-bodyparser',
  'yaml',
  'json5',
  'csv-parse',
  'jsonc-parser',
  'pluralize',
];

async function startOnce(...args) {
  const begin = performance.now();
  const { port, stop } = await start([bin, ...args, '--port', '0', '--quiet'], /http:\/\/localhost:(\d+)/);
  const listening = performance.now() - begin;
  const connection = await openConnection(port);
  await connection.one(requestBytes(port, 'GET', '/items/1'));
  const answered = performance.now() - begin;
  connection.close();
  await stop();
  return { listening, answered };
}

/** From the command to the URL, and to the first answer; and what was loaded on the way. */
export async function benchStart({ rounds = 5 } = {}) {
  const folder = tempFolder();
  const rows = [];
  for (const count of [1000, 100_000]) {
    const file = join(folder, `${count}.json`);
    const items = Array.from({ length: count }, (_, i) => ({
      id: i + 1,
      name: `Item ${i}`,
      body: 'x'.repeat(200),
    }));
    writeFileSync(file, JSON.stringify({ items }));
    const all = [];
    for (let round = 0; round < rounds; round++) all.push(await startOnce(file));
    const of = (name) => Math.round(median(all.map((one) => one[name])));
    rows.push([`${count} items`, of('listening'), of('answered')]);
  }
  printTable(['ms', 'listening', 'first answer'], rows);
  const { stop, text } = await start(
    ['--import', modules, bin, join(folder, '1000.json'), '--port', '0'],
    /http:\/\/localhost:(\d+)/,
  );
  await stop();
  const loaded = new Set([...text().matchAll(/^loaded (.+)$/gm)].map(([, name]) => name));
  printTable(
    ['package', 'loaded at start'],
    PACKAGES.map((name) => [name, loaded.has(name) ? 'yes' : 'no']),
  );
}
