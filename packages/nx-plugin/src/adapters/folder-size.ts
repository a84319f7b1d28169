import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Size {
  readonly files: number;
  readonly bytes: number;
}

/** What a folder, with those below it, or a file takes. */
export function folderSize(place: string): Size {
  if (!existsSync(place)) return { files: 0, bytes: 0 };
  if (!statSync(place).isDirectory()) return { files: 1, bytes: statSync(place).size };
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { files: files.length, bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) };
}
