import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes the text, and makes the folders above it where they are missing. */
export function writeFile(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Texts by path. */
export function writeFiles(folder: string, texts: Iterable<readonly [path: string, text: string]>): void {
  for (const [path, text] of texts) writeFile(folder, path, text);
}
