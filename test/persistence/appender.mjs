// Another program that appends lines to a file: it opens it for each, or once for all.
import { appendFileSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [file, count, opens, line] = process.argv.slice(2);
const handle = opens === 'once' ? openSync(file, 'a') : undefined;
for (let i = 0; i < Number(count); i++) {
  const text = `${line.replace('#', String(i))}\n`;
  if (handle === undefined) appendFileSync(file, text);
  else writeSync(handle, text);
  await sleep(Math.random() * 10);
}
