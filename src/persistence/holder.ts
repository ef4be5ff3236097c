import { randomUUID } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { hostname } from 'node:os';
import { isObject } from '../json/json.ts';
import { readTextNow } from '../sources/read.ts';

/** A lock is touched so often by its holder, and untouched for so long it is nobody's. */
export const TOUCH_MS = 1000;
const STALE_MS = 10_000;

/** Nothing that holds a lock says more than this. */
const MAX_SIZE = 1000;

/** Two readings of one process's start differ by what a clock is set by, not by more. */
const SLACK_MS = 1000;

const started = (): number => Date.now() - process.uptime() * 1000;

export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When its process started: ids of processes are used again. */
  readonly started: string;
}

/** What this process writes into a lock: no two are the same. */
export function holderText(): string {
  const holder: Holder = { host: hostname(), pid: process.pid, started: new Date(started()).toISOString() };
  return `${JSON.stringify({ ...holder, lock: randomUUID() })}\n`;
}

/** The text of a lock; undefined where there is none, or it is something else. */
export function lockText(path: string): string | undefined {
  try {
    const info = lstatSync(path);
    return info.isFile() && info.size <= MAX_SIZE ? readTextNow(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Who holds a lock, as far as it can be read. */
export function holderOf(path: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(lockText(path) ?? '');
    const isHolder = isObject(holder) && typeof holder.host === 'string' && Number.isInteger(holder.pid);
    return isHolder ? (holder as unknown as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether nobody holds a lock any more: its process on this host is gone, or nobody touched it for a while. A time so
 * far in the future says the same, for a clock that was set back.
 */
export function isStale(path: string): boolean {
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (!info) return false;
  const holder = holderOf(path);
  if (holder?.host === hostname() && isGone(holder)) return true;
  return Math.abs(Date.now() - info.mtimeMs) > STALE_MS;
}

const isGone = (holder: Holder): boolean =>
  holder.pid === process.pid
    ? Math.abs(Date.parse(holder.started) - started()) > SLACK_MS
    : !isRunning(holder.pid);

export function isRunning(pid: number): boolean {
  // Other numbers stand for groups of processes.
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
