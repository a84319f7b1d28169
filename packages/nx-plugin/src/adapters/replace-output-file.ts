import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a file hold this text. It is left alone when it does so already, and replaced whole when not:
 * whoever reads meanwhile, such as Nx when it hashes, sees the old text or the new one.
 */
export function replaceOutputFile(file: string, text: string): void {
  if (holds(file, text)) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function holds(file: string, text: string): boolean {
  try {
    return readFileSync(file).equals(Buffer.from(text, 'utf8'));
  } catch {
    return false;
  }
}
