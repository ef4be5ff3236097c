import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sizeOf } from '../sources/layout.ts';

const PAUSE_MS = 50;
const LOOK_MS = 10;
const MOST_LOOKS = 20;

/**
 * Waits for a file that is empty, or smaller than it was, and was written to in this moment: an editor empties a file
 * and then fills it, and a part of some formats passes for all of it.
 */
export async function settled(file: string, version: string | undefined): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const info = statSync(file, { throwIfNoEntry: false });
    if (!info || info.size >= Math.max(1, sizeOf(version))) return;
    if (Math.abs(Date.now() - info.mtimeMs) > PAUSE_MS) return;
    await sleep(LOOK_MS);
  }
}
