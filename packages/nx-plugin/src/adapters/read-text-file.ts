import { readFileSync } from 'node:fs';

/** Text of a file of the disk; throws when it cannot be read. */
export function readTextFile(path: string): string {
  return readFileSync(path, 'utf8');
}
