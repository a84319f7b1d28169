import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export type LockTaking = { readonly kind: 'taken' } | { readonly kind: 'busy'; readonly holder: LockHolder | undefined };

/** How long a lock may be without words: its holder writes them right after it has made the file. */
const wordlessMilliseconds = 10_000;

/** Makes the file, which no other process can then make. What a process that is gone has left is taken over. */
export function takeRunLock(file: string): LockTaking {
  const own: LockHolder = { pid: process.pid, host: hostname(), since: Date.now() };
  for (let tries = 0; tries < 3; tries += 1) {
    if (createFile(file, JSON.stringify(own))) return { kind: 'taken' };
    const found = readText(file);
    if (found === undefined) continue;
    if (!isLeftBehind(file, found)) return { kind: 'busy', holder: parseHolder(found) };
    removeLeftBehind(file, found);
  }
  return { kind: 'busy', holder: parseHolder(readText(file) ?? '') };
}

export function freeRunLock(file: string): void {
  rmSync(file, { force: true });
}

function createFile(file: string, text: string): boolean {
  let handle: number;
  try {
    mkdirSync(dirname(file), { recursive: true });
    handle = openSync(file, 'wx');
  } catch (error) {
    // ENOENT: the run before has just removed the folder.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  try {
    writeSync(handle, text);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  return true;
}

/** A process of another machine cannot be asked, so its lock stays until somebody deletes it. */
function isLeftBehind(file: string, text: string): boolean {
  const holder = parseHolder(text);
  if (holder === undefined) return ageOf(file) > wordlessMilliseconds;
  if (holder.host !== hostname()) return false;
  // No process asks for a lock that it holds, so one with its own number is of an earlier process.
  return holder.pid === process.pid || !isAlive(holder.pid);
}

/** Two processes may find the same lock left behind: the one that moves it away looks whether it is still that one. */
function removeLeftBehind(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readText(aside);
  if (moved !== undefined && moved !== text) createFile(file, moved);
  rmSync(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid, host, since } = JSON.parse(text) as Partial<LockHolder>;
    return typeof pid === 'number' && typeof host === 'string' && typeof since === 'number' ? { pid, host, since } : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ageOf(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
