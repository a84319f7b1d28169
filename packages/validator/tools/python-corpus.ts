import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

/** Folder names that are left out of a corpus. */
export const NO_TESTS: ReadonlySet<string> = new Set(['test', 'tests', 'site-packages', '__pycache__']);

/** The standard library of the `python3` on the path. */
export function standardLibrary(): string {
  return execFileSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' }).trim();
}

/** The Python files below a folder that are valid UTF-8, sorted by path. */
export function readCorpus(folder: string, leftOut: ReadonlySet<string> = new Set()): readonly CorpusFile[] {
  const files: CorpusFile[] = [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !leftOut.has(entry.name)) files.push(...readCorpus(path, leftOut));
    if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
    const text = readText(path);
    if (text !== undefined) files.push({ path, text });
  }
  return files;
}

function readText(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
