import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A reader sees the old file or the new one: the daemon and a command may write at the same time.
 * A folder that cannot be written to costs time at the next command, and nothing else.
 */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch {
    tryRemove(draft);
  }
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It lies in the folder of Nx's own caches, which `nx reset` empties.
  }
}
