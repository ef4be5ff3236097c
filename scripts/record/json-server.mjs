// The two json-servers, as their command serves a file.

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as asked0 from './asked/json-server.mjs';
import * as asked1 from './asked/json-server-1.mjs';
import { orchard, orchardOfTexts } from './orchard.mjs';
import { run } from './run.mjs';

const LOOPBACK = fileURLToPath(new URL('loopback.cjs', import.meta.url));

const headers = [
  'content-type',
  'location',
  'link',
  'x-total-count',
  'etag',
  'allow',
  'access-control-allow-origin',
];

const volatile = [
  { what: 'the address', pattern: 'http://[\\w.]+:\\d+', as: 'http://host' },
  { what: 'a page of HTML', pattern: '^\\s*<(!doctype )?html.*', as: '(a page)' },
  { what: 'where an error was thrown', pattern: '\\n +at .*', as: '' },
  { what: 'the letters of a charset', pattern: 'charset=utf-8', as: 'charset=utf-8' },
];

/** The package at this version, installed into the folder. */
const fromNpm = (version) => async (folder) => {
  const prefix = ['--prefix', folder, '--no-audit', '--no-fund', '--no-save'];
  await run('npm', ['install', ...prefix, `json-server@${version}`]);
  const manifest = createRequire(join(folder, 'index.js'))('json-server/package.json');
  return `json-server ${manifest.version} (npm)`;
};

const serve = (bin) => (folder, data, port) => {
  const file = join(folder, 'db.json');
  writeFileSync(file, JSON.stringify(data, null, 2));
  const program = join(folder, 'node_modules/json-server/lib', bin);
  return ['node', ['--require', LOOPBACK, program, '--port', String(port), file]];
};

export const jsonServers = [
  {
    name: 'json-server',
    install: fromNpm('0.17.4'),
    serve: serve('cli/bin.js'),
    setup: { config: { dialect: 'json-server' }, headers, volatile, data: orchard },
    asked: asked0,
  },
  {
    name: 'json-server-1',
    install: fromNpm('1.0.0-beta.15'),
    serve: serve('bin.js'),
    setup: {
      config: { dialect: 'json-server-1' },
      headers,
      volatile: [...volatile, { what: 'a random id', pattern: '"id": ?"[\\w-]{11}"', as: '"id":"{id}"' }],
      data: orchardOfTexts,
    },
    asked: asked1,
  },
];
