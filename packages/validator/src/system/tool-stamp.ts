import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

let stamp: string | undefined;

/**
 * Stands for the code that makes facts and verdicts, in the keys of caches: the digest of our own files.
 * A version number would do for releases, and lie to whoever changes a rule.
 */
export function toolStamp(): string {
  stamp ??= digestFolder(dirname(__dirname), extname(__filename));
  return stamp;
}

function digestFolder(top: string, extension: string): string {
  const hash = createHash('sha256').update(process.version);
  const pending = [top];
  while (pending.length > 0) {
    const folder = pending.pop()!;
    const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.isDirectory()) pending.push(join(folder, entry.name));
      else if (entry.name.endsWith(extension)) hash.update(`${entry.name}\0`).update(readFileSync(join(folder, entry.name)));
    }
  }
  return hash.digest('base64');
}
