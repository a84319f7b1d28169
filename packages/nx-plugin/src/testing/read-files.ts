import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Text by path of all files below a folder, sorted; a folder with nothing in it has `null`. */
export function readFiles(folder: string): Readonly<Record<string, string | null>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const rows = entries.map((entry): [string, string | null] => {
    const place = join(entry.parentPath, entry.name);
    const path = place
      .slice(folder.length + 1)
      .split(sep)
      .join('/');
    return [path, entry.isDirectory() ? null : readFileSync(place, 'utf8')];
  });
  const isFilled = (path: string) => rows.some(([other]) => other.startsWith(`${path}/`));
  return Object.fromEntries(rows.filter(([path, text]) => text !== null || !isFilled(path)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
