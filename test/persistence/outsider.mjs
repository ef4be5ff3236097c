// Another program that saves a file: it reads it, compares just before its rename, and takes no lock.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [file, count] = process.argv.slice(2);
let torn = 0;
for (let saved = 0; saved < Number(count); ) {
  const before = readFileSync(file, 'utf8');
  let data;
  try {
    data = JSON.parse(before);
  } catch {
    torn++;
    continue;
  }
  data.marks.push({ id: `mark ${saved}` });
  writeFileSync(`${file}.new`, JSON.stringify(data));
  if (readFileSync(file, 'utf8') === before) {
    renameSync(`${file}.new`, file);
    saved++;
    // A moment that nobody chose, long enough for writes in between.
    await sleep(Math.random() * 20);
  }
}
console.log(JSON.stringify({ torn }));
