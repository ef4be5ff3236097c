import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, removed when the test ends. What is neither text nor bytes is written as JSON. */
export function folder(files: Readonly<Record<string, unknown>> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'standin-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const file = (name: string) => join(path, name);
  const write = (name: string, content: unknown): string => {
    mkdirSync(dirname(file(name)), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(file(name), isRaw ? content : JSON.stringify(content, null, 2));
    return file(name);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { path, file, write };
}
