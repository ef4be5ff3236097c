import {
  type BigIntStats,
  fstatSync,
  linkSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { versionOf } from '../sources/layout.ts';
import { openRegular } from '../sources/read.ts';
import type { OldFile } from './late.ts';
import { removeTemp, tempFor } from './temp.ts';

/** The path that a source names, and the file that links on it lead to. */
export interface Target {
  readonly path: string;
  readonly file: string;
}

/** A file as it was when the text that is to replace it was made. */
interface Old {
  readonly handle: FileHandle;
  readonly bytes: Buffer;
  readonly info: BigIntStats;
}

interface Written {
  readonly temp: string;
  readonly info: BigIntStats;
}

/** A new text that lies beside a file, ready to take its place. Its lock is held all the while. */
export class Replacement {
  readonly file: string;
  /** The hash of the new text. */
  readonly version: string;
  readonly #path: string;
  #old: Old | undefined;
  readonly #text: string;
  readonly #new: Written;
  /** The old file under another name, so that it can be put back itself: its writer may not be done with it. */
  #backup: string | undefined;
  #isDone = false;

  private constructor({ path, file }: Target, text: string, old: Old | undefined, written: Written) {
    this.file = file;
    this.version = versionOf(text);
    this.#text = text;
    this.#path = path;
    this.#old = old;
    this.#new = written;
  }

  /** Writes the text down to the disk. Resolves with undefined where the file is not of the version expected. */
  static async prepare(
    target: Target,
    expected: string | undefined,
    compose: () => string,
  ): Promise<Replacement | undefined> {
    const old = await openOld(target.file);
    let made: Replacement | undefined;
    try {
      if ((old && versionOf(old.bytes)) !== expected) return undefined;
      const text = compose();
      const written = await writeDown(tempFor(target.file), text, old?.info.mode);
      made = new Replacement(target, text, old, written);
      return made;
    } finally {
      if (!made) await old?.handle.close();
    }
  }

  /**
   * Takes the place of the file; false, and nothing done, where that is no longer as it was read. There is no await in
   * here: between the look and the rename nobody else has a turn in this process, and hardly anybody in another.
   */
  swap(isLocked: (file: string) => boolean): boolean {
    if (!isLocked(this.file)) return false;
    this.#backup = this.#old && linked(this.file);
    if (!this.#isAsRead()) return false;
    try {
      renameSync(this.#new.temp, this.file);
    } catch (error) {
      // Whoever took the lock over took the text away: see Lock.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
    this.#isDone = true;
    return true;
  }

  #isAsRead(): boolean {
    if (!this.#old) return look(this.#path) === undefined;
    const { handle, bytes } = this.#old;
    const read = fstatSync(handle.fd, { bigint: true });
    if (Number(read.size) !== bytes.length || !beginsWith(handle.fd, bytes)) return false;
    const now = look(this.#path);
    return now !== undefined && isSame(now, read) && now.size === read.size && now.mtimeNs === read.mtimeNs;
  }

  /** Whether its first line is that of the old text: of a table, the names of its columns. */
  get hasSameHead(): boolean {
    return this.#old !== undefined && headOf(this.#old.bytes.toString()) === headOf(this.#text);
  }

  /** Whether nobody wrote into the old file in the moment before it was replaced; lines may have been added to it. */
  isClean(mayGrow: boolean): boolean {
    if (!this.#old) return true;
    const { handle, bytes } = this.#old;
    const { size } = fstatSync(handle.fd);
    return (mayGrow ? size >= bytes.length : size === bytes.length) && beginsWith(handle.fd, bytes);
  }

  /** The old file, for the caller to look at and close. */
  handOver(): OldFile | undefined {
    if (!this.#old) return undefined;
    const { handle, bytes } = this.#old;
    this.#old = undefined;
    return { handle, size: bytes.length, file: this.file };
  }

  /** Back to the file there was, unless others have saved since. */
  undo(): void {
    const now = this.#isDone ? look(this.file) : undefined;
    if (!now || !isSame(now, this.#new.info)) return;
    try {
      if (this.#old) renameSync(this.#backup ?? copyOf(this.file, this.#old), this.file);
      else removeTemp(this.file);
    } catch {
      // Then it stays, and is read as what others wrote.
    }
  }

  async close(): Promise<void> {
    removeTemp(this.#new.temp);
    if (this.#backup !== undefined) removeTemp(this.#backup);
    await this.#old?.handle.close();
  }
}

const look = (file: string): BigIntStats | undefined =>
  statSync(file, { bigint: true, throwIfNoEntry: false });

const isSame = (a: BigIntStats, b: BigIntStats): boolean => a.ino === b.ino && a.dev === b.dev;

/** The first line. */
const headOf = (text: string): string => /^[^\r\n]*/.exec(text)?.[0] ?? '';

function beginsWith(handle: number, bytes: Buffer): boolean {
  const now = Buffer.allocUnsafe(bytes.length);
  let read = 0;
  while (read < now.length) {
    const more = readSync(handle, now, read, now.length - read, read);
    if (more === 0) return false;
    read += more;
  }
  return now.equals(bytes);
}

async function openOld(file: string): Promise<Old | undefined> {
  let handle: FileHandle;
  try {
    handle = await openRegular(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return { handle, info: await handle.stat({ bigint: true }), bytes: await handle.readFile() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Not every file system has links, and not every file may have one. */
function linked(file: string): string | undefined {
  const backup = tempFor(file);
  try {
    linkSync(file, backup);
    return backup;
  } catch {
    return undefined;
  }
}

function copyOf(file: string, { bytes, info }: Old): string {
  const copy = tempFor(file);
  writeFileSync(copy, bytes, { mode: Number(info.mode) & 0o7777 });
  return copy;
}

/** Writes a new file down to the disk, or leaves none. */
async function writeDown(temp: string, text: string, mode = 0o644n): Promise<Written> {
  try {
    const handle = await open(temp, 'wx');
    try {
      // Not at the opening, which a umask would narrow.
      await handle.chmod(Number(mode) & 0o7777);
      await handle.writeFile(text);
      await handle.sync();
      return { temp, info: await handle.stat({ bigint: true }) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    removeTemp(temp);
    throw error;
  }
}

/** Only a folder that is on the disk itself holds a file after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Not every system can open a folder, nor every file system sync one.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!/^(EACCES|EPERM|EISDIR|EINVAL|ENOTSUP|ENOSYS|EBADF)$/.test(code)) throw error;
  }
}
