// Loaded before the command: says what is renamed and what is brought down to the disk, in order. Linux only.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const say = (...words) => console.error('traced', ...words);
const { renameSync } = fs;
fs.renameSync = (from, to) => {
  renameSync(from, to);
  say('rename', basename(to));
};
syncBuiltinESMExports();
const handle = await open('.');
const FileHandle = Object.getPrototypeOf(handle);
await handle.close();
const { sync } = FileHandle;
FileHandle.sync = async function traced() {
  await sync.call(this);
  say('sync', basename(fs.readlinkSync(`/proc/self/fd/${this.fd}`)));
};
