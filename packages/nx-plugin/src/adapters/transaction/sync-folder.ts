import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Has the system put the names in a folder on the disk, where it can be asked to: Windows cannot, and needs it less. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // What was renamed is renamed; only a loss of power within the next seconds could undo it.
  }
}
