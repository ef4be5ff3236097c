// Records what the real backends answer to requests of ours, into test/recorded/. The tests replay the recordings, so this
// runs only when a request is added or a backend has a new version:
//
//   npm run record                    all backends
//   npm run record -- json-server     those that are named
//
// Backends come from npm and, as Debian packages, from apt-get; nothing of them is kept.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debian } from './debian.mjs';
import { exchange } from './exchange.mjs';
import { jsonServers } from './json-server.mjs';
import { layout } from './layout.mjs';
import { withServer } from './run.mjs';

const OUT = fileURLToPath(new URL('../../test/recorded/', import.meta.url));

const backends = [...jsonServers, ...debian];

/** Every exchange has a server of its own, with the data as it is written. */
async function record({ name, install, serve, setup, asked }) {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  try {
    const backend = await install(folder);
    const out = join(OUT, name);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const write = (file, content) => writeFileSync(join(out, file), `${layout(content)}\n`);
    write('setup.json', { backend, ...setup });
    for (const [topic, exchanges] of Object.entries(asked)) {
      const kept = [];
      for (const [title, steps] of Object.entries(exchanges)) {
        const command = (port) => serve(folder, setup.data, port);
        const recorded = await withServer(command, (url) => exchange(url, steps, setup));
        kept.push({ name: title, steps: recorded });
      }
      write(`${topic}.json`, kept);
      console.log(`${backend}: ${topic}, ${kept.length} exchanges`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !backends.some((backend) => backend.name === name));
if (unknown.length > 0) {
  console.error(
    `No backend ${unknown.join(', ')}. There are: ${backends.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
for (const backend of backends) if (names.length === 0 || names.includes(backend.name)) await record(backend);
