import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Text of a file that the user has named, from the folder they are in; undefined when it is not there. */
export function readUserFile(folder: string, path: string): string | undefined {
  const file = resolve(folder, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
