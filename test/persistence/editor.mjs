// Another program that saves a file in place: it empties it, and then fills it.
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const [file, count] = process.argv.slice(2);
for (let i = 1; i <= Number(count); i++) {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/edit \d+/, `edit ${i}`));
  await sleep(Math.random() * 15);
}
