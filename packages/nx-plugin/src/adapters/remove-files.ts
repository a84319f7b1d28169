import { rmSync } from 'node:fs';

/** Removes files, those that are there. */
export function removeFiles(files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
