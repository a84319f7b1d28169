import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findProjectRoot } from './node-file-system';

const OWN_FOLDER = '.fastapi_validate_cache';
/** https://bford.info/cachedir: backups leave folders with this file out. */
const CACHE_TAG =
  'Signature: 8a477f597d28d172789f06886806bc55\n# This folder was made by fastapi-validate; it may be deleted at any time.\n';
/** What is kept besides the newest file, however old. */
const MOST_FILES = 64;
const MOST_BYTES = 512 * 1024 * 1024;

/** Where caches of a run in this folder go: with the other tools' of the Node package around it, else beside pyproject.toml. */
export function findCacheFolder(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, 'package.json')) && existsSync(join(above, 'node_modules')))
      return join(above, 'node_modules', '.cache', 'fastapi-validate');
    if (above === dirname(above)) return join(findProjectRoot(folder) ?? folder, OWN_FOLDER);
  }
}

/** Undefined when there is none, or none that can be read. */
export function readCacheFile(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}

/**
 * Replaces a file of the cache whole: a reader sees the old or the new one, and of two writers the last one stays.
 * Returns whether it could; a cache that cannot be written is none.
 */
export function writeCacheFile(folder: string, name: string, parts: readonly Uint8Array[]): boolean {
  const draft = join(folder, `${name}.${process.pid}.${Date.now().toString(36)}.tmp`);
  try {
    makeFolder(folder);
    writeParts(draft, parts);
    renameSync(draft, join(folder, name));
    dropOldFiles(folder, name);
    return true;
  } catch {
    removeQuietly(draft);
    return false;
  }
}

function makeFolder(folder: string): void {
  if (existsSync(join(folder, 'CACHEDIR.TAG'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  writeFileSync(join(folder, 'CACHEDIR.TAG'), CACHE_TAG);
}

function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const descriptor = openSync(file, 'wx');
  try {
    for (const part of parts) if (writeSync(descriptor, part) !== part.length) throw new Error('The disk is full.');
  } finally {
    closeSync(descriptor);
  }
}

/** Drafts of processes that died go, too, once they are old enough to be nobody's. */
function dropOldFiles(folder: string, kept: string): void {
  const others = readdirSync(folder)
    .filter((name) => name !== kept && /\.(facts|verdict)(\.|$)/.test(name))
    .map((name) => ({ name, ...ageAndSize(join(folder, name)) }))
    .sort((left, right) => right.mtimeMs - left.mtimeMs);
  let bytes = 0;
  for (const [index, { name, size, mtimeMs }] of others.entries()) {
    bytes += size;
    const isLeftover = name.endsWith('.tmp') && mtimeMs < Date.now() - 600_000;
    if (isLeftover || index >= MOST_FILES || bytes > MOST_BYTES) removeQuietly(join(folder, name));
  }
}

function ageAndSize(file: string): { readonly mtimeMs: number; readonly size: number } {
  return statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next run tries again.
  }
}
