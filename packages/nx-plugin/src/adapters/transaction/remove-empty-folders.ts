import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Removes a folder and those around it that are empty then, below `root`. */
export function removeEmptyFolders(folder: string, root: string): void {
  for (let current = folder; current !== root && current.startsWith(root); current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
  }
}
